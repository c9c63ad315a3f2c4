import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { newId } from '../../core/ids.ts';

/** A column among values, as one array: one statement whatever the length of the list. */
export const among = (column: string, values: readonly string[]) =>
  sql<boolean>`${sql.ref(column)} = any(${[...values]})`;

export type PersonRow = { id: string; name: string; email: string | null; language: 'fr' | 'nl' | 'en' };

/** The living person behind an e-mail; one merged into another leads to that other. */
export async function personByEmail(ctx: Pick<Ctx, 'db'>, email: string): Promise<PersonRow | undefined> {
  const found = await ctx.db
    .selectFrom('person as p')
    .leftJoin('person as kept', 'kept.id', 'p.merged_into')
    .select((eb) => [
      eb.fn.coalesce('kept.id', 'p.id').as('id'),
      eb.fn.coalesce('kept.name', 'p.name').as('name'),
      'p.email',
      eb.fn.coalesce('kept.language', 'p.language').as('language'),
    ])
    .where('p.email', '=', email)
    .where('p.erased_at', 'is', null)
    .where('kept.erased_at', 'is', null)
    // The person who holds the e-mail now comes before those who were merged.
    .orderBy('p.merged_into', (order) => order.asc().nullsFirst())
    .limit(1)
    .executeTakeFirst();
  return found as PersonRow | undefined;
}

/** The person who proved to hold an e-mail, made at the first time; their e-mail is confirmed from then on. */
export async function confirmPerson(ctx: Ctx, email: string): Promise<PersonRow> {
  let person = await personByEmail(ctx, email);
  if (!person) {
    await ctx.db
      .insertInto('person')
      .values({ id: newId(), name: '', email, language: ctx.locale, created_at: ctx.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    person = (await personByEmail(ctx, email))!;
  }
  await ctx.db
    .updateTable('person')
    .set((eb) => ({
      confirmed_at: eb.fn.coalesce('confirmed_at', sql<Date>`${ctx.now}::timestamptz`),
      last_seen_at: ctx.now,
    }))
    .where('id', '=', person.id)
    .execute();
  return person;
}

/** The account of a person, opened at the first sign-in. */
export async function accountOf(
  ctx: Ctx,
  personId: string,
): Promise<{ id: string; disabled_at: Date | null; isNew: boolean }> {
  const id = newId();
  const made = await ctx.db
    .insertInto('account')
    .values({ id, person_id: personId, created_at: ctx.now })
    .onConflict((conflict) => conflict.column('person_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return { id, disabled_at: null, isNew: true };
  const known = await ctx.db
    .selectFrom('account')
    .select(['id', 'disabled_at'])
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  return { ...known, isNew: false };
}

/** What the account page shows of oneself. */
export function readProfile(ctx: Ctx, personId: string) {
  return ctx.db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'telephone', 'language', 'created_at', 'version'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
}

/** One's open sessions, the last used first. */
export function openSessions(ctx: Ctx, accountId: string) {
  return ctx.db
    .selectFrom('account_session')
    .select(['id', 'agent', 'created_at', 'last_used_at', 'device_id'])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .orderBy('last_used_at', 'desc')
    .limit(50)
    .execute();
}

/** One's API tokens that still work. */
export function liveTokens(ctx: Ctx, accountId: string) {
  return ctx.db
    .selectFrom('api_token')
    .select(['id', 'name', 'scopes', 'created_at', 'last_used_at'])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute();
}

/** One's calendar addresses that still work. */
export function liveFeeds(ctx: Ctx, personId: string) {
  return ctx.db
    .selectFrom('calendar_feed')
    .select(['id', 'created_at', 'last_used_at'])
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute();
}

/** The organisations one belongs to, which are the only ones one may see. */
export function organisationsOf(ctx: Pick<Ctx, 'db'>, personId: string) {
  return ctx.db
    .selectFrom('organisation_member as m')
    .innerJoin('organisation as o', 'o.id', 'm.organisation_id')
    .select(['o.id', 'o.name', 'o.country', 'o.registration'])
    .where('m.person_id', '=', personId)
    .orderBy('o.name')
    .execute();
}
