import { addMinutes } from '../../core/clock.ts';
import { codeFor, codeHash, linkTokenFor } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { hashSecret, newId } from '../../core/ids.ts';
import { readWish, type Wish } from './waiting.store.ts';

/** How long the link that confirms a wish works. */
export const linkMinutes = 24 * 60;

/** A link to send to an e-mail, which confirms a wish; returns the id of its row. */
export async function insertLink(ctx: Ctx, email: string, wishId: string): Promise<string> {
  const id = newId();
  await ctx.db
    .insertInto('email_code')
    .values({
      id,
      email,
      purpose: 'wish',
      subject_id: wishId,
      code_hash: codeHash(ctx.secret, id, codeFor(ctx.secret, id)),
      token_hash: hashSecret(linkTokenFor(ctx.secret, id)),
      created_at: ctx.now,
      expires_at: addMinutes(ctx.now, linkMinutes),
    })
    .execute();
  return id;
}

const links = (ctx: Ctx) =>
  ctx.db
    .selectFrom('email_code')
    .select(['id', 'email', 'subject_id'])
    .where('purpose', '=', 'wish')
    .where('expires_at', '>', ctx.now);

/** The wish a link stands for, without using the link: mail scanners open links, only a person presses a button. */
export async function wishByLink(ctx: Ctx, token: string): Promise<Wish | undefined> {
  const link = await links(ctx).where('token_hash', '=', hashSecret(token)).executeTakeFirst();
  return link?.subject_id ? readWish(ctx, link.subject_id) : undefined;
}

/** The wish a link is to be sent for, as long as nobody confirmed it. */
export async function wishToConfirm(ctx: Ctx, linkId: string): Promise<Wish | undefined> {
  const link = await links(ctx).where('id', '=', linkId).executeTakeFirst();
  const wish = link?.subject_id ? await readWish(ctx, link.subject_id) : undefined;
  return wish?.status === 'asked' ? wish : undefined;
}
