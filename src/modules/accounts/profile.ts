import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { locales } from '../../core/i18n.ts';
import { hashSecret, newId, newToken } from '../../core/ids.ts';
import { optionalTelephone, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { tokenScopes } from './accounts.rules.ts';

export const profileInput = z.object({
  name: text(120),
  language: z.enum(locales),
  telephone: optionalTelephone,
});

/** Who is signed in, on their own browser: what follows is never done from a shared tablet nor with an API token. */
export function self(ctx: Ctx): { personId: string; accountId: string; sessionId: string } {
  const { personId, accountId, sessionId, deviceId } = ctx.actor;
  if (!personId || !accountId || !sessionId || deviceId) throw notFound();
  return { personId, accountId, sessionId };
}

/** Changes one's name, language and telephone. */
export async function updateProfile(ctx: Ctx, input: z.output<typeof profileInput>): Promise<void> {
  const { personId } = self(ctx);
  await atomically(ctx, async (inside) => {
    await inside.db
      .updateTable('person')
      .set((eb) => ({
        name: input.name,
        language: input.language,
        telephone: input.telephone ?? null,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', personId)
      .execute();
    await record(inside, { kind: 'person.updated', subjectKind: 'person', subjectId: personId });
  });
}

/** Ends one of one's own sessions. */
export async function revokeSession(ctx: Ctx, sessionId: string): Promise<void> {
  const { accountId } = self(ctx);
  const ended = await ctx.db
    .updateTable('account_session')
    .set({ revoked_at: ctx.now })
    .where('id', '=', sessionId)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!ended) throw notFound();
}

/** Ends all of one's sessions but this one. */
export async function revokeOtherSessions(ctx: Ctx): Promise<void> {
  const { accountId, sessionId } = self(ctx);
  await ctx.db
    .updateTable('account_session')
    .set({ revoked_at: ctx.now })
    .where('account_id', '=', accountId)
    .where('id', '<>', sessionId)
    .where('revoked_at', 'is', null)
    .execute();
}

export const tokenInput = z.object({ name: text(80), scopes: z.array(z.enum(tokenScopes)).min(1) });
const tokensAtMost = 20;

/** Makes an API token for oneself; it is returned once and stored nowhere. */
export async function createToken(ctx: Ctx, input: z.output<typeof tokenInput>): Promise<string> {
  const { personId, accountId } = self(ctx);
  return atomically(ctx, async (inside) => {
    const { count } = await inside.db
      .selectFrom('api_token')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(count) >= tokensAtMost) throw new Refusal('token.too_many', 'conflict', { max: tokensAtMost });
    return insertToken(inside, accountId, personId, input);
  });
}

/** Writes a token for an account and returns its secret: for the command line, which has the right to. */
export async function insertToken(
  ctx: Ctx,
  accountId: string,
  personId: string,
  input: z.output<typeof tokenInput>,
): Promise<string> {
  const id = newId();
  // A name in front, so that a token found in the wrong place is known for what it is.
  const token = `quai_${newToken()}`;
  await ctx.db
    .insertInto('api_token')
    .values({
      id,
      account_id: accountId,
      name: input.name,
      token_hash: hashSecret(token),
      scopes: [...new Set(input.scopes)],
      created_at: ctx.now,
    })
    .execute();
  await record(ctx, { kind: 'token.created', subjectKind: 'person', subjectId: personId, data: { tokenId: id } });
  return token;
}

/** Ends one of one's own API tokens. */
export async function revokeToken(ctx: Ctx, tokenId: string): Promise<void> {
  const { personId, accountId } = self(ctx);
  await atomically(ctx, async (inside) => {
    const ended = await inside.db
      .updateTable('api_token')
      .set({ revoked_at: ctx.now })
      .where('id', '=', tokenId)
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!ended) throw notFound();
    await record(inside, { kind: 'token.revoked', subjectKind: 'person', subjectId: personId, data: { tokenId } });
  });
}

/** Makes the secret address of one's calendar; the one before stops working. Returned once, stored nowhere. */
export async function createFeed(ctx: Ctx): Promise<string> {
  const { personId } = self(ctx);
  return atomically(ctx, async (inside) => {
    await revokeFeeds(inside);
    const token = newToken();
    await inside.db
      .insertInto('calendar_feed')
      .values({ id: newId(), person_id: personId, token_hash: hashSecret(token), created_at: ctx.now })
      .execute();
    return token;
  });
}

/** Ends the secret address of one's calendar. */
export async function revokeFeeds(ctx: Ctx): Promise<void> {
  const { personId } = self(ctx);
  await ctx.db
    .updateTable('calendar_feed')
    .set({ revoked_at: ctx.now })
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .execute();
}
