import { codeFor, codeHash, linkTokenFor, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { hashSecret, newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';

/** What a visitor without an account asks for: the purpose of the code that confirms it. */
export type Purpose = 'booking' | 'registration';

/** A code may be tried this often; then only the link of the mail is left. */
const mostAttempts = 5;

/** The row of a code that confirms what an e-mail asked for, ready to be written with it. */
export function codeRow(
  ctx: Ctx,
  code: { purpose: Purpose; email: string; subjectId: string; expiresAt: Date },
): { id: string } & Record<string, unknown> {
  const id = newId();
  return {
    id,
    email: code.email,
    purpose: code.purpose,
    subject_id: code.subjectId,
    code_hash: codeHash(ctx.secret, id, codeFor(ctx.secret, id)),
    token_hash: hashSecret(linkTokenFor(ctx.secret, id)),
    created_at: ctx.now,
    expires_at: code.expiresAt,
  };
}

/** Counts one try of a code, then compares: a statement of its own, so that failures stay counted. */
export async function tryCode(ctx: Ctx, row: { id: string; hash: string }, given: string): Promise<void> {
  const counted = await ctx.db
    .updateTable('email_code')
    .set((set) => ({ attempts: set('attempts', '+', 1) }))
    .where('id', '=', row.id)
    .where('attempts', '<', mostAttempts)
    .executeTakeFirst();
  if (counted.numUpdatedRows === 0n) throw new Refusal('booking.code_attempts', 'too_many');
  if (!sameSecret(codeHash(ctx.secret, row.id, given), row.hash))
    throw new Refusal('booking.code_wrong', 'unprocessable');
}

/** Whether a code has served; call it under the locks of what it confirms. */
export async function isUsed(ctx: Ctx, codeId: string): Promise<boolean> {
  const code = ctx.db.selectFrom('email_code').select('used_at').where('id', '=', codeId);
  return (await code.executeTakeFirstOrThrow()).used_at !== null;
}

/** The person who has an e-mail, if anybody has. */
export async function personWith(ctx: Ctx, email: string): Promise<string | undefined> {
  const person = ctx.db.selectFrom('person').select('id').where('email', '=', email).where('merged_into', 'is', null);
  return (await person.executeTakeFirst())?.id;
}

/**
 * Gives what a visitor asked for to whoever has the e-mail; where nobody does, the visitor becomes somebody with an e-mail.
 * `moved` is what goes with them, by id: it is noted as any merge notes it, so that it can be undone.
 */
export async function attach(
  ctx: Ctx,
  visitor: string,
  owner: string | undefined,
  email: string,
  moved: Record<string, readonly string[]>,
): Promise<string> {
  if (!owner || owner === visitor) {
    const set = { email, confirmed_at: ctx.now };
    await ctx.db.updateTable('person').set(set).where('id', '=', visitor).execute();
    return visitor;
  }
  await ctx.db
    .updateTable('person')
    .set({ confirmed_at: ctx.now })
    .where('id', '=', owner)
    .where('confirmed_at', 'is', null)
    .execute();
  await ctx.db.updateTable('person').set({ merged_into: owner }).where('id', '=', visitor).execute();
  await record(ctx, { kind: 'person.merged', subjectKind: 'person', subjectId: visitor, data: { into: owner, moved } });
  return owner;
}
