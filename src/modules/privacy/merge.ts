import { sql } from 'kysely';
import { z } from 'zod';
import { isTerritoryAdministrator } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { text, uuid } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { among } from '../accounts/index.ts';
import { lockSessions } from '../booking/index.ts';
import { onMerge } from './hooks.ts';

export const mergeInput = z.object({ keepId: uuid, mergedId: uuid, reason: text(500) });

/** What went from one person to the other, by id, so that it can go back. */
type Moved = {
  bookings: string[];
  registrations: string[];
  attendees: string[];
  grants: string[];
  feeds: string[];
  organisations: string[];
  groups: string[];
  helpers: string[];
  /** The sessions one leads. */
  leads: string[];
  relays: string[];
  account: string | null;
  /** What the kept record lacked and took: without an address, the mails of what came with it would reach nobody. */
  contact: ('email' | 'telephone')[];
};

const nothing: Moved = {
  bookings: [],
  registrations: [],
  attendees: [],
  grants: [],
  feeds: [],
  organisations: [],
  groups: [],
  helpers: [],
  leads: [],
  relays: [],
  account: null,
  contact: [],
};

/** Makes of two persons one: what belongs to the second goes to the first, and the journal keeps the list. Undone by `unmerge`. */
export async function mergePersons(ctx: Ctx, input: z.output<typeof mergeInput>): Promise<void> {
  if (!isTerritoryAdministrator(ctx.actor)) throw notFound();
  const { keepId, mergedId, reason } = input;
  if (keepId === mergedId) throw new Refusal('person.merge_same', 'unprocessable');
  await atomically(ctx, async (inside) => {
    const sessions = await Promise.all(onMerge.map((hook) => hook.sessions(inside, keepId, mergedId)));
    await lockSessions(inside, sessions.flat(), { persons: [keepId, mergedId] });
    await bothLiving(inside, keepId, mergedId);
    await mustHoldNobody(inside, mergedId);
    const joined: Record<string, unknown> = {};
    for (const hook of onMerge) joined[hook.name] = await hook.merge(inside, keepId, mergedId);
    const moved = await move(inside, mergedId, keepId);
    await inside.db
      .updateTable('person')
      .set((eb) => ({ merged_into: keepId, version: eb('version', '+', 1) }))
      .where('id', '=', mergedId)
      .execute();
    const contact = await takeContact(inside, mergedId, keepId);
    await record(inside, {
      kind: 'person.merged',
      subjectKind: 'person',
      subjectId: mergedId,
      reason,
      data: { into: keepId, moved: { ...moved, contact }, joined },
    });
  });
}

/** What making one of these two does beyond what the page says of any two, in the reader's words. */
export async function whatMergingDoes(ctx: Ctx, keepId: string, mergedId: string): Promise<string[]> {
  const said: string[] = [];
  for (const hook of onMerge) said.push(...(await hook.said(ctx, keepId, mergedId)));
  return said;
}

async function bothLiving(ctx: Ctx, ...ids: string[]): Promise<void> {
  const rows = await ctx.db
    .selectFrom('person')
    .select('id')
    .where(among('id', ids))
    .where('erased_at', 'is', null)
    .where('merged_into', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (rows.length !== 2) throw notFound();
}

/** One level only: a record others were merged into would take them out of sight with it. */
async function mustHoldNobody(ctx: Ctx, personId: string): Promise<void> {
  const held = await ctx.db.selectFrom('person').select('id').where('merged_into', '=', personId).executeTakeFirst();
  if (held) throw new Refusal('person.merge_chain', 'conflict');
}

/** Gives the kept record the e-mail and the telephone it has not; says which. Once merged, the other's e-mail is free to take. */
async function takeContact({ db }: Ctx, from: string, to: string): Promise<Moved['contact']> {
  const { rows } = await sql<{ email: boolean; telephone: boolean }>`
    update person k set email = coalesce(k.email, o.email), telephone = coalesce(k.telephone, o.telephone),
      confirmed_at = case when k.email is null then o.confirmed_at else k.confirmed_at end, version = k.version + 1
    from person o, person was
    where k.id = ${to} and o.id = ${from} and was.id = k.id
      and ((k.email is null and o.email is not null) or (k.telephone is null and o.telephone is not null))
    returning was.email is null and o.email is not null as email,
      was.telephone is null and o.telephone is not null as telephone`.execute(db);
  return (['email', 'telephone'] as const).filter((column) => rows[0]?.[column]);
}

/** Takes back what `takeContact` gave, where it still is what it was. */
async function giveContactBack({ db }: Ctx, personId: string, from: string, contact: Moved['contact']): Promise<void> {
  for (const column of contact) {
    await db
      .updateTable('person')
      .set({ [column]: null })
      .where('id', '=', from)
      .where(column, '=', (eb) => eb.selectFrom('person as o').select(`o.${column}`).where('o.id', '=', personId))
      .execute();
  }
}

async function move({ db }: Ctx, from: string, to: string): Promise<Omit<Moved, 'contact'>> {
  const ids = (rows: { id: string }[]) => rows.map((row) => row.id);
  const owner = { person_id: to };
  const bookings = await db.updateTable('booking').set(owner).where('person_id', '=', from).returning('id').execute();
  const registrations = await db
    .updateTable('registration')
    .set(owner)
    .where('person_id', '=', from)
    .returning('id')
    .execute();
  const attendees = await db.updateTable('attendee').set(owner).where('person_id', '=', from).returning('id').execute();
  const grants = await db.updateTable('role_grant').set(owner).where('person_id', '=', from).returning('id').execute();
  const feeds = await db
    .updateTable('calendar_feed')
    .set(owner)
    .where('person_id', '=', from)
    .returning('id')
    .execute();
  const organisations = await db
    .updateTable('organisation_member as m')
    .set(owner)
    .where('m.person_id', '=', from)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('organisation_member as other')
            .select('other.person_id')
            .where('other.person_id', '=', to)
            .whereRef('other.organisation_id', '=', 'm.organisation_id'),
        ),
      ),
    )
    .returning('m.organisation_id as id')
    .execute();
  const groups = await db
    .updateTable('person_group_member as m')
    .set(owner)
    .where('m.person_id', '=', from)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('person_group_member as other')
            .select('other.person_id')
            .where('other.person_id', '=', to)
            .whereRef('other.group_id', '=', 'm.group_id'),
        ),
      ),
    )
    .returning('m.group_id as id')
    .execute();
  const received = await moveReceiving(db, from, to);
  const kept = await db.selectFrom('account').select('id').where('person_id', '=', to).executeTakeFirst();
  // Two accounts cannot be one: where the first has none it takes the other's, else the other's waits, its sessions unusable.
  const account = kept
    ? undefined
    : await db.updateTable('account').set(owner).where('person_id', '=', from).returning('id').executeTakeFirst();
  return {
    bookings: ids(bookings),
    registrations: ids(registrations),
    attendees: ids(attendees),
    grants: ids(grants),
    feeds: ids(feeds),
    organisations: ids(organisations),
    groups: ids(groups),
    ...received,
    account: account?.id ?? null,
  };
}

/** Who receives, what they lead and for which commune they act; two who both receive stay two, each with what they lead. */
async function moveReceiving(db: Ctx['db'], from: string, to: string) {
  const two =
    await sql`select from helper where person_id = ${to} and exists (select from helper where person_id = ${from})`.execute(
      db,
    );
  const owner = { person_id: to };
  const relays = await db.updateTable('relay').set(owner).where('person_id', '=', from).returning('id').execute();
  if (two.rows.length > 0) return { helpers: [], leads: [], relays: relays.map((row) => row.id) };
  const helpers = await db.updateTable('helper').set(owner).where('person_id', '=', from).returning('id').execute();
  const { rows: leads } = await sql<{ id: string }>`
    update session_leader l set person_id = ${to} where l.person_id = ${from} and not exists (
      select from session_leader o where o.session_id = l.session_id and o.person_id = ${to}
    ) returning l.session_id as id`.execute(db);
  return {
    helpers: helpers.map((row) => row.id),
    leads: leads.map((row) => row.id),
    relays: relays.map((row) => row.id),
  };
}

/** Undoes a merge: what came with the merged person goes back; what was done since, or by making them one, stays. */
export async function unmerge(ctx: Ctx, mergedId: string, reason: string): Promise<void> {
  if (!isTerritoryAdministrator(ctx.actor)) throw notFound();
  await atomically(ctx, async (inside) => {
    const person = await inside.db
      .selectFrom('person')
      .select(['id', 'merged_into', 'email'])
      .where('id', '=', mergedId)
      .where('erased_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!person?.merged_into) throw notFound();
    const entry = await inside.db
      .selectFrom('journal')
      .select('data')
      .where('subject_id', '=', mergedId)
      .where('kind', '=', 'person.merged')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const moved = { ...nothing, ...(entry.data as { moved?: Partial<Moved> }).moved };
    await moveBack(inside, mergedId, person.merged_into, moved);
    await giveContactBack(inside, mergedId, person.merged_into, moved.contact);
    const taken = person.email
      ? await inside.db
          .selectFrom('person')
          .select('id')
          .where('email', '=', person.email)
          .where('merged_into', 'is', null)
          .executeTakeFirst()
      : undefined;
    await inside.db
      .updateTable('person')
      .set((eb) => ({ merged_into: null, version: eb('version', '+', 1), ...(taken ? { email: null } : {}) }))
      .where('id', '=', mergedId)
      .execute();
    await record(inside, {
      kind: 'person.unmerged',
      subjectKind: 'person',
      subjectId: mergedId,
      reason,
      data: { from: person.merged_into },
    });
  });
}

async function moveBack({ db }: Ctx, personId: string, from: string, moved: Moved): Promise<void> {
  const owner = { person_id: personId };
  for (const [table, ids] of [
    ['booking', moved.bookings],
    ['registration', moved.registrations],
    ['attendee', moved.attendees],
    ['role_grant', moved.grants],
    ['calendar_feed', moved.feeds],
    ['helper', moved.helpers],
    ['relay', moved.relays],
    ['account', moved.account ? [moved.account] : []],
  ] as const) {
    if (ids.length === 0) continue;
    await db
      .updateTable(table)
      .set(owner)
      .where(among('id', [...ids]))
      .where('person_id', '=', from)
      .execute();
  }
  if (moved.leads.length > 0) {
    await db
      .updateTable('session_leader')
      .set(owner)
      .where(among('session_id', moved.leads))
      .where('person_id', '=', from)
      .execute();
  }
  if (moved.organisations.length > 0) {
    await db
      .updateTable('organisation_member')
      .set(owner)
      .where(among('organisation_id', moved.organisations))
      .where('person_id', '=', from)
      .execute();
  }
  if (moved.groups.length > 0) {
    await db
      .updateTable('person_group_member')
      .set(owner)
      .where(among('group_id', moved.groups))
      .where('person_id', '=', from)
      .execute();
  }
}
