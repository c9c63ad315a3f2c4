import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { hashSecret } from '../../core/ids.ts';
import type { Purpose } from '../booking/index.ts';

/** What a mail's link would confirm; the link is not used by reading it. */
export async function askedByLink(
  ctx: Ctx,
  purpose: Purpose,
  token: string,
): Promise<{ id: string; used: boolean } | undefined> {
  const row = await ctx.db
    .selectFrom('email_code')
    .select(['subject_id', 'used_at'])
    .where('token_hash', '=', hashSecret(token))
    .where('purpose', '=', purpose)
    .executeTakeFirst();
  return row?.subject_id ? { id: row.subject_id, used: row.used_at !== null } : undefined;
}

/** Where the code of what was asked for was sent; undefined when none was. */
export async function mailAskedAt(ctx: Ctx, purpose: Purpose, ids: readonly string[]): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('email_code')
    .select('email')
    .where(sql<boolean>`subject_id = any(${[...ids]}::uuid[])`)
    .where('purpose', '=', purpose)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.email;
}
