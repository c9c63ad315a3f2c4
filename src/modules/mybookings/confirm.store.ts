import type { Ctx } from '../../core/context.ts';
import { hashSecret } from '../../core/ids.ts';

export type Asked = { bookingId: string; email: string; used: boolean };

/** The confirmation that a mail's link stands for; the link is not used by reading it. */
export async function askedByLink(ctx: Ctx, token: string): Promise<Asked | undefined> {
  const row = await ctx.db
    .selectFrom('email_code')
    .select(['subject_id', 'email', 'used_at'])
    .where('token_hash', '=', hashSecret(token))
    .where('purpose', '=', 'booking')
    .executeTakeFirst();
  return row?.subject_id ? { bookingId: row.subject_id, email: row.email, used: row.used_at !== null } : undefined;
}

/** Where the code of a booking was sent; undefined when none was. */
export async function mailAskedAt(ctx: Ctx, bookingIds: readonly string[]): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('email_code')
    .select('email')
    .where('subject_id', 'in', [...bookingIds])
    .where('purpose', '=', 'booking')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.email;
}
