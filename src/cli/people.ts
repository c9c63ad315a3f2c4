import type { Ctx } from '../core/context.ts';
import { newId } from '../core/ids.ts';
import { email as emailSchema } from '../core/input.ts';
import { record } from '../core/journal.ts';
import type { Role } from '../core/schema.ts';
import { CommandError } from './command.ts';

/** An e-mail address as it is kept: trimmed, small letters. */
export function readEmail(text: string): string {
  const read = emailSchema.safeParse(text);
  if (!read.success) throw new CommandError(`"${text}" is not an e-mail address.`);
  return read.data;
}

export type Known = { id: string; name: string; email: string | null };

/** The person who holds an e-mail now. */
export function findPerson(ctx: Pick<Ctx, 'db'>, email: string): Promise<Known | undefined> {
  return ctx.db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('email', '=', email)
    .where('merged_into', 'is', null)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
}

/** The person with this e-mail, made when there is none; the e-mail is confirmed by them, at their first sign-in. */
export async function ensurePerson(ctx: Ctx, email: string, name: string | undefined): Promise<Known> {
  const known = await findPerson(ctx, email);
  if (known) return known;
  const person = { id: newId(), name: name ?? '', email };
  const language = ctx.territory.mainLanguage;
  await ctx.db
    .insertInto('person')
    .values({ ...person, language, created_at: ctx.now })
    .execute();
  return person;
}

/** The account of a person, opened when there is none. */
export async function ensureAccount(ctx: Ctx, personId: string): Promise<{ id: string; disabled: boolean }> {
  const known = await ctx.db
    .selectFrom('account')
    .select(['id', 'disabled_at'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (known) return { id: known.id, disabled: known.disabled_at !== null };
  const id = newId();
  await ctx.db.insertInto('account').values({ id, person_id: personId, created_at: ctx.now }).execute();
  await record(ctx, { kind: 'account.opened', subjectKind: 'person', subjectId: personId });
  return { id, disabled: false };
}

/** Gives a role, everywhere or at one site; false when the person has it already. */
export async function ensureRole(ctx: Ctx, personId: string, role: Role, siteId: string | null): Promise<boolean> {
  const known = await ctx.db
    .selectFrom('role_grant')
    .select('id')
    .where('person_id', '=', personId)
    .where('role', '=', role)
    .where('site_id', siteId === null ? 'is' : '=', siteId)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', ctx.now)]))
    .executeTakeFirst();
  if (known) return false;
  await ctx.db
    .insertInto('role_grant')
    .values({ id: newId(), person_id: personId, site_id: siteId, role, created_at: ctx.now })
    .execute();
  await record(ctx, { kind: 'role.granted', subjectKind: 'person', subjectId: personId, data: { role, siteId } });
  return true;
}

/** Makes someone an administrator of the whole territory, with all they need to sign in. */
export async function makeAdministrator(ctx: Ctx, email: string, name: string | undefined): Promise<boolean> {
  const person = await ensurePerson(ctx, email, name);
  const account = await ensureAccount(ctx, person.id);
  if (account.disabled) throw new CommandError(`The account of ${email} is disabled: enable it first.`);
  return ensureRole(ctx, person.id, 'administrator', null);
}
