import { z } from 'zod';
import { openSession } from '../../core/auth.ts';
import { addMinutes } from '../../core/clock.ts';
import { codeFor, codeHash, linkTokenFor, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { hashSecret, isUuid, newId } from '../../core/ids.ts';
import { email } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { limit } from '../../core/limits.ts';
import { later } from '../../core/outbox.ts';
import { accountOf, confirmPerson } from './accounts.store.ts';

export const signInInput = z.object({ email });

export const codeMinutes = 15;
const attemptsPerCode = 5;
const perEmail = { name: 'sign_in.email', hits: 5, minutes: 15 };
const perAddress = { name: 'sign_in.address', hits: 20, minutes: 15 };
const triesPerAddress = { name: 'sign_in.tries', hits: 60, minutes: 15 };
/** Codes are short: past this, only the mail's link opens, so that nobody can go on guessing for days. */
const triesPerEmail = { name: 'sign_in.tries_email', hits: 100, minutes: 24 * 60 };

const newCode = { code: 'next.sign_in', href: '/connexion' };

/** Where a request comes from and what it is called: for limits and for the list of one's sessions. */
export type Visitor = { address: string; agent: string };

/**
 * Sends a code and a link to an e-mail, known or not: the answer is the same, so that nobody learns who has an account.
 * Returns the code's id, kept by the browser that asked.
 */
export async function askForCode(
  ctx: Ctx,
  input: z.output<typeof signInInput>,
  visitor: Visitor,
  returnTo?: string,
): Promise<string> {
  await limit(ctx, perAddress, visitor.address);
  await limit(ctx, perEmail, input.email);
  return atomically(ctx, async (inside) => {
    const id = newId();
    await inside.db
      .insertInto('email_code')
      .values({
        id,
        email: input.email,
        purpose: 'sign_in',
        code_hash: codeHash(ctx.secret, id, codeFor(ctx.secret, id)),
        token_hash: hashSecret(linkTokenFor(ctx.secret, id)),
        created_at: ctx.now,
        expires_at: addMinutes(ctx.now, codeMinutes),
      })
      .execute();
    await later(inside, {
      topic: 'accounts.sign_in_code',
      payload: { codeId: id, locale: ctx.locale, ...(returnTo ? { returnTo } : {}) },
    });
    return id;
  });
}

export type SignedIn = { token: string; personId: string; nameMissing: boolean };

/** Opens a session with the six digits of the mail, in the browser that asked for them. Five tries a code. */
export async function signInWithCode(
  ctx: Ctx,
  codeId: string | undefined,
  typed: string,
  visitor: Visitor,
): Promise<SignedIn> {
  await limit(ctx, triesPerAddress, visitor.address);
  const gone = new Refusal('sign_in.code_gone', 'unprocessable', {}, newCode);
  if (!codeId || !isUuid(codeId)) throw gone;
  // Counted before it is compared, and on its own, so that a refusal does not undo the count.
  const row = await ctx.db
    .updateTable('email_code')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', codeId)
    .where('purpose', '=', 'sign_in')
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .where('attempts', '<', attemptsPerCode)
    .returning(['id', 'email', 'code_hash', 'attempts'])
    .executeTakeFirst();
  if (!row) throw gone;
  await limit(ctx, triesPerEmail, row.email);
  const digits = typed.replace(/\D/g, '');
  if (!sameSecret(codeHash(ctx.secret, row.id, digits), row.code_hash)) {
    const left = attemptsPerCode - row.attempts;
    throw left > 0 ? new Refusal('sign_in.wrong_code', 'unprocessable', { left }) : gone;
  }
  return useCode(ctx, row.id, visitor.agent);
}

/** The e-mail a sign-in link was sent to, without using the link: mail scanners open links, only a person presses a button. */
export async function emailOfLink(ctx: Ctx, linkToken: string): Promise<string | undefined> {
  const row = await liveLink(ctx, linkToken);
  return row?.email;
}

/** Opens a session with the link of the mail, in any browser. */
export async function signInWithLink(ctx: Ctx, linkToken: string, visitor: Visitor): Promise<SignedIn> {
  await limit(ctx, triesPerAddress, visitor.address);
  const row = await liveLink(ctx, linkToken);
  if (!row) throw new Refusal('sign_in.link_gone', 'unprocessable', {}, newCode);
  return useCode(ctx, row.id, visitor.agent);
}

const liveLink = (ctx: Ctx, linkToken: string) =>
  ctx.db
    .selectFrom('email_code')
    .select(['id', 'email'])
    .where('token_hash', '=', hashSecret(linkToken))
    .where('purpose', '=', 'sign_in')
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .executeTakeFirst();

async function useCode(ctx: Ctx, codeId: string, agent: string): Promise<SignedIn> {
  return atomically(ctx, async (inside) => {
    const used = await inside.db
      .updateTable('email_code')
      .set({ used_at: ctx.now })
      .where('id', '=', codeId)
      .where('used_at', 'is', null)
      .returning('email')
      .executeTakeFirst();
    // The same code sent twice at once opens one session.
    if (!used) throw new Refusal('sign_in.code_gone', 'unprocessable', {}, newCode);
    return enter(inside, used.email, agent);
  });
}

/** Opens a session for the person who just proved to hold an e-mail, closing the one this browser had. */
export async function enter(ctx: Ctx, email: string, agent: string): Promise<SignedIn> {
  const person = await confirmPerson(ctx, email);
  const account = await accountOf(ctx, person.id);
  if (account.disabled_at) throw new Refusal('sign_in.disabled', 'forbidden');
  const self = { ...ctx, actor: { ...ctx.actor, personId: person.id } };
  if (account.isNew) await record(self, { kind: 'account.opened', subjectKind: 'person', subjectId: person.id });
  await closeSession(ctx);
  const token = await openSession(ctx.db, ctx.now, account.id, agent);
  return { token, personId: person.id, nameMissing: person.name === '' };
}

/** Ends the session of this request, if it has one. */
export async function closeSession(ctx: Ctx): Promise<void> {
  if (!ctx.actor.sessionId) return;
  await ctx.db
    .updateTable('account_session')
    .set({ revoked_at: ctx.now })
    .where('id', '=', ctx.actor.sessionId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** What the mail of a code needs, found again from its id; undefined once it was used or is over. */
export async function codeToSend(ctx: Ctx, codeId: string) {
  const row = await ctx.db
    .selectFrom('email_code')
    .select(['id', 'email'])
    .where('id', '=', codeId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .executeTakeFirst();
  return row && { ...row, code: codeFor(ctx.secret, row.id), linkToken: linkTokenFor(ctx.secret, row.id) };
}
