import type { Ctx } from '../../core/context.ts';
import { organisationsOf, self } from '../accounts/index.ts';
import { personalData } from './hooks.ts';

/** All that is kept about oneself, from every module (GDPR, articles 15 and 20). No secret is in it, nor anyone else. */
export async function exportMyData(ctx: Ctx): Promise<Record<string, unknown>> {
  const { personId, accountId } = self(ctx);
  const { db } = ctx;
  const person = await db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'telephone', 'language', 'confirmed_at', 'created_at', 'last_seen_at'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const account = await db
    .selectFrom('account')
    .select(['id', 'created_at'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  const sessions = await db
    .selectFrom('account_session')
    .select(['id', 'agent', 'created_at', 'last_used_at', 'expires_at', 'revoked_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute();
  const tokens = await db
    .selectFrom('api_token')
    .select(['id', 'name', 'scopes', 'created_at', 'last_used_at', 'revoked_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute();
  const calendarFeeds = await db
    .selectFrom('calendar_feed')
    .select(['id', 'created_at', 'last_used_at', 'revoked_at'])
    .where('person_id', '=', personId)
    .execute();
  const journal = await db
    .selectFrom('journal')
    .select(['occurred_at', 'kind', 'subject_kind', 'subject_id'])
    .where((eb) => eb.or([eb('subject_id', '=', personId), eb('actor_id', '=', personId)]))
    .orderBy('occurred_at')
    .execute();
  const organisations = await organisationsOf(ctx, personId);
  const parts: Record<string, unknown> = {};
  for (const part of personalData) parts[part.name] = await part.collect(ctx, personId);
  return { exportedAt: ctx.now, person, account, sessions, tokens, calendarFeeds, organisations, ...parts, journal };
}
