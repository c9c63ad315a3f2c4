import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { belongTo } from './membership.ts';
import { checkRegistration } from './organisation.rules.ts';

export type OrganisationInput = { name: string; country: string; registration?: string | null | undefined };

/**
 * The organisation someone acts for: one of theirs by number or name, else a new one they belong to.
 * An organisation of other people is never reached by typing its name or number: a number already taken is left to the team,
 * in the journal, and the new organisation goes without it.
 */
export async function findOrCreateOrganisation(
  ctx: Ctx,
  input: OrganisationInput,
  personId: string | null = ctx.actor.personId,
): Promise<string> {
  if (!personId) throw notFound();
  const check = checkRegistration(input.country, input.registration);
  if (!check.ok) throw new Refusal(`organisation.registration_${check.fault}`, 'unprocessable');
  const { registration } = check;
  return atomically(ctx, async (inside) => {
    const own = await ownOrganisation(inside, personId, input, registration);
    if (own) return own;
    const id = newId();
    const values = { id, name: input.name, country: input.country, created_at: ctx.now };
    const made = await inside.db
      .insertInto('organisation')
      .values({ ...values, registration })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) await inside.db.insertInto('organisation').values(values).execute();
    await belongTo(inside, id, personId);
    const data = made ? {} : { claimed: await holderOf(inside, input.country, registration!) };
    await record(inside, { kind: 'organisation.created', subjectKind: 'organisation', subjectId: id, data });
    return id;
  });
}

async function ownOrganisation(
  ctx: Ctx,
  personId: string,
  input: OrganisationInput,
  registration: string | null,
): Promise<string | undefined> {
  const mine = await ctx.db
    .selectFrom('organisation_member as m')
    .innerJoin('organisation as o', 'o.id', 'm.organisation_id')
    .select(['o.id', 'o.name', 'o.registration'])
    .where('m.person_id', '=', personId)
    .where('o.country', '=', input.country)
    .execute();
  const plain = (name: string) => name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
  const byNumber = registration ? mine.find((one) => one.registration === registration) : undefined;
  // The same name under another number is another organisation.
  const byName = mine.find((one) => plain(one.name) === plain(input.name) && (!registration || !one.registration));
  const found = byNumber ?? byName;
  if (found && registration && !found.registration) await giveNumber(ctx, found.id, input.country, registration);
  return found?.id;
}

/** Adds to one's own organisation the number it lacked, unless another one holds it. */
async function giveNumber(ctx: Ctx, id: string, country: string, registration: string): Promise<void> {
  if (await holderOf(ctx, country, registration)) return;
  await ctx.db.updateTable('organisation').set({ registration }).where('id', '=', id).execute();
}

async function holderOf(ctx: Ctx, country: string, registration: string): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('organisation')
    .select('id')
    .where('country', '=', country)
    .where('registration', '=', registration)
    .executeTakeFirst();
  return row?.id;
}
