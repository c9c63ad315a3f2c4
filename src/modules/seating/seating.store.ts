import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { isUuid } from '../../core/ids.ts';
import type { Database } from '../../core/schema.ts';
import type { RegistrationState, RegistrationView } from './seating.types.ts';

export type RegistrationRow = Selectable<Database['registration']>;

/** What is counted as there or on its way: everything that is neither given back nor only an invitation. */
export const active = ['held', 'registered', 'waiting', 'offered'] as const;

/** The dates that are registered for together with these: all the dates of a course. */
export async function withCourse(ctx: Ctx, sessionIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from session s where s.id = any(${[...sessionIds]}::uuid[])
    union
    select o.id from session s join session_series e on e.id = s.series_id and e.enrolment = 'course'
      join session o on o.series_id = e.id
    where s.id = any(${[...sessionIds]}::uuid[])`.execute(ctx.db);
  return rows.map((row) => row.id);
}

/** How the seats of a session stand, read under its lock. */
export type Standing = {
  sessionId: string;
  /** Of the session: what was read of it before its lock may be another by now. */
  version: number;
  /** As many of the lowest free numbers as were asked for. */
  free: number[];
  /** Places asked for by those who wait. */
  waiting: number;
  lastWaiting: Date | null;
  /** How many requests stand in line. */
  line: number;
  /** Some hold or offer has run out: it must be let go of before anything is decided. */
  stale: boolean;
  ofOrganisation: number;
  /** This person's registration here, an invitation included. */
  own: Pick<RegistrationRow, 'id' | 'reference' | 'status' | 'created_at' | 'version'> | null;
  inGroup: boolean;
};

/** How the seats of these sessions stand, and what this person and organisation have there. Call it under their locks. */
export async function standingsOf(
  ctx: Ctx,
  sessionIds: readonly string[],
  who: { personId: string; organisationId: string | null; places: number; except?: readonly string[] },
): Promise<Map<string, Standing>> {
  const except = [...(who.except ?? [])];
  const { rows } = await sql<Standing>`
    select s.id as "sessionId", s.version,
      array(select n.number from seat n where n.session_id = s.id
        and not exists (select from attendee a where a.session_id = n.session_id and a.seat = n.number)
        order by n.number limit ${who.places}) as free,
      w.places as waiting, w.last as "lastWaiting", w.line, w.stale,
      coalesce((select sum(r.places)::int from registration r where r.session_id = s.id
        and r.organisation_id = ${who.organisationId}::uuid and r.status = any(${[...active]}::text[])
        and r.id <> all(${except}::uuid[])), 0) as "ofOrganisation",
      (select json_build_object('id', r.id, 'reference', r.reference, 'status', r.status, 'created_at', r.created_at,
          'version', r.version)
        from registration r where r.session_id = s.id and r.person_id = ${who.personId}::uuid and r.status <> 'cancelled'
        and r.id <> all(${except}::uuid[]) order by r.id limit 1) as own,
      exists (select from person_group_member m where m.group_id = s.group_id
        and m.person_id = ${who.personId}::uuid) as "inGroup"
    from session s cross join lateral (
      select coalesce(sum(r.places) filter (where r.status = 'waiting'), 0)::int as places,
        max(r.waiting_since) filter (where r.status <> 'offered') as last,
        count(r.waiting_since) filter (where r.status <> 'offered')::int as line,
        coalesce(bool_or((r.status = 'held' and r.hold_expires_at <= ${ctx.now})
          or (r.status = 'offered' and r.offer_expires_at <= ${ctx.now})), false) as stale
      from registration r where r.session_id = s.id and r.status in ('waiting', 'held', 'offered')
        and r.id <> all(${except}::uuid[])) w
    where s.id = any(${[...sessionIds]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map((row) => [row.sessionId, row]));
}

/** Makes room where as many come as like: each seat is still a row that somebody names. */
export async function growSeats(ctx: Ctx, sessionId: string, count: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    insert into seat (session_id, number)
    select ${sessionId}::uuid, coalesce((select max(n.number) from seat n where n.session_id = ${sessionId}::uuid), 0) + k
    from generate_series(1, ${count}::int) k returning number`.execute(ctx.db);
  return rows.map((row) => row.number).sort((a, b) => a - b);
}

/**
 * Seats all of a registration's people who have none yet, on the lowest free numbers, or nobody: in one statement, so that
 * the constraint alone would keep two people from one seat. Returns whether they sit.
 */
export async function seatAll(ctx: Ctx, registrationId: string): Promise<boolean> {
  const { rows } = await sql<{ asked: number; seated: number }>`
    with asked as (
      select a.id, a.session_id, row_number() over (order by a.rank, a.id) as turn
      from attendee a where a.registration_id = ${registrationId} and a.seat is null),
    free as (
      select n.number, row_number() over (order by n.number) as turn
      from seat n where n.session_id = (select session_id from asked limit 1)
        and not exists (select from attendee b where b.session_id = n.session_id and b.seat = n.number)
      order by n.number limit (select count(*) from asked)),
    seated as (
      update attendee a set seat = f.number from asked k join free f on f.turn = k.turn
      where a.id = k.id and (select count(*) from free) = (select count(*) from asked) returning 1)
    select (select count(*)::int from asked) as asked, (select count(*)::int from seated) as seated`.execute(ctx.db);
  return rows[0]!.asked === rows[0]!.seated;
}

/** Gives the seats of registrations back; their people stay known. */
export async function standUp(ctx: Ctx, registrationIds: readonly string[]): Promise<void> {
  await sql`update attendee set seat = null where registration_id = any(${[...registrationIds]}::uuid[])
    and seat is not null`.execute(ctx.db);
}

export async function countFree(ctx: Ctx, sessionId: string): Promise<number> {
  const { rows } = await sql<{ free: number }>`
    select count(*)::int as free from seat n where n.session_id = ${sessionId}
      and not exists (select from attendee a where a.session_id = n.session_id and a.seat = n.number)`.execute(ctx.db);
  return rows[0]!.free;
}

/** A registration by its id or public reference, with its session's site and its person; nothing is locked. */
export async function findRegistration(ctx: Ctx, idOrReference: string) {
  const id = isUuid(idOrReference);
  const reference = idOrReference.toUpperCase();
  if (!id && !/^[2-9A-Z]{10}$/.test(reference)) return undefined;
  return ctx.db
    .selectFrom('registration as r')
    .innerJoin('session as s', 's.id', 'r.session_id')
    .innerJoin('person as p', 'p.id', 'r.person_id')
    .select(['r.id', 'r.reference', 'r.session_id', 'r.request_id', 'r.person_id', 'r.organisation_id', 's.site_id'])
    .select(['p.email as person_email', 'p.telephone as person_telephone'])
    .where(id ? 'r.id' : 'r.reference', '=', id ? idOrReference : reference)
    .executeTakeFirst();
}

/** Rows of registrations, locked against any other change until the transaction ends. */
export const lockRegistrations = (ctx: Ctx, ids: readonly string[]): Promise<RegistrationRow[]> =>
  ctx.db
    .selectFrom('registration')
    .selectAll()
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();

type Changes = Partial<
  Pick<
    RegistrationRow,
    | 'status'
    | 'person_id'
    | 'organisation_id'
    | 'places'
    | 'waiting_since'
    | 'hold_expires_at'
    | 'offer_expires_at'
    | 'registered_at'
    | 'cancelled_at'
    | 'cancelled_late'
    | 'cancel_cause'
    | 'consent_at'
    | 'note'
  >
>;

/** Writes a change of a registration read under its session's lock; its version grows by one. */
export async function update(ctx: Ctx, row: RegistrationRow, changes: Changes): Promise<RegistrationRow> {
  const set = { ...changes, version: row.version + 1 };
  await ctx.db.updateTable('registration').set(set).where('id', '=', row.id).execute();
  return { ...row, ...set };
}

/** Which one waits, said so that it only ever comes nearer: those still confirming their e-mail count as before one. */
const rank = sql`case when r.status = 'waiting' then (select count(*)::int + 1 from registration b
  where b.session_id = r.session_id and b.status in ('waiting', 'held') and b.waiting_since is not null
    and (b.waiting_since, b.id) < (r.waiting_since, r.id)) end`;

/** How registrations stand, in the order of their ids given. */
export async function statesOf(ctx: Ctx, ids: readonly string[]): Promise<RegistrationState[]> {
  const { rows } = await sql<RegistrationState>`
    select r.id, r.reference, r.session_id as "sessionId", r.status, ${rank} as rank,
      case when r.status = 'held' then r.hold_expires_at end as "holdExpiresAt",
      case when r.status = 'offered' then r.offer_expires_at end as "offerExpiresAt", r.version
    from registration r where r.id = any(${[...ids]}::uuid[])`.execute(ctx.db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const view = sql`
  select r.id, r.reference, r.session_id as "sessionId", r.request_id as "requestId", r.kind, r.status, ${rank} as rank,
    r.places, json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'telephone', p.telephone) as person,
    o.name as organisation, coalesce((
      select json_agg(json_build_object('id', a.id, 'name', coalesce(a.name, q.name), 'birthYear', a.birth_year,
        'minor', a.minor, 'seat', a.seat, 'tariff', a.tariff, 'personId', q.id) order by a.rank, a.id)
      from attendee a left join person w on w.id = a.person_id
        left join person q on q.id = coalesce(w.merged_into, w.id)
      where a.registration_id = r.id), '[]') as attendees,
    r.answers, r.consent_at as "consentAt", r.mandate, r.note, r.commune_code as "communeCode", r.channel, r.language,
    r.created_at as "createdAt", r.registered_at as "registeredAt", r.cancelled_at as "cancelledAt",
    r.cancelled_late as "cancelledLate", r.cancel_cause as "cancelCause", r.hold_expires_at as "holdExpiresAt",
    r.offer_expires_at as "offerExpiresAt", r.waiting_since as "waitingSince", r.version
  from registration r join person w on w.id = r.person_id join person p on p.id = coalesce(w.merged_into, w.id)
    left join organisation o on o.id = r.organisation_id`;

/** Registrations as they are read, by any condition and order. */
export async function readViews(ctx: Ctx, which: RawBuilder<unknown>): Promise<RegistrationView[]> {
  const { rows } = await sql<RegistrationView>`${view} ${which}`.execute(ctx.db);
  return rows;
}

/** All the registrations of a session: those who sit in the order they came, then those who wait in theirs, then the rest. */
export const registrationsOf = (ctx: Ctx, sessionId: string): Promise<RegistrationView[]> =>
  readViews(
    ctx,
    sql`where r.session_id = ${sessionId} order by array_position(array['registered', 'offered', 'held', 'waiting',
      'invited', 'cancelled'], r.status), r.waiting_since nulls first, r.created_at, r.id`,
  );

/** One registration by its reference; who may see it is for the caller to say. */
export async function registrationByReference(ctx: Ctx, reference: string): Promise<RegistrationView | undefined> {
  const plain = reference.toUpperCase();
  if (!/^[2-9A-Z]{10}$/.test(plain)) return undefined;
  return (await readViews(ctx, sql`where r.reference = ${plain}`))[0];
}

/** Registrations by id. */
export const registrationsByIds = (ctx: Ctx, ids: readonly string[]): Promise<RegistrationView[]> =>
  readViews(ctx, sql`where r.id = any(${[...ids]}::uuid[]) order by r.id`);

/** What was asked for in one go: the dates of a course, the parts of an event; one alone is alone. */
export const requestOf = (ctx: Ctx, one: Pick<RegistrationView, 'id' | 'requestId'>): Promise<RegistrationView[]> =>
  one.requestId
    ? readViews(
        ctx,
        sql`join session s on s.id = r.session_id where r.request_id = ${one.requestId} order by s.starts_at, r.id`,
      )
    : registrationsByIds(ctx, [one.id]);

/** A person and those whose records were made one with theirs. */
const same = (personId: string) => sql`(select id from person where id = ${personId} or merged_into = ${personId})`;

/** What a person has registered for and is still to come, the nearest first. */
export const upcomingRegistrations = (ctx: Ctx, personId: string, limit = 200): Promise<RegistrationView[]> =>
  readViews(
    ctx,
    sql`join session s on s.id = r.session_id where r.person_id in ${same(personId)} and (s.ends_at > ${ctx.now} or s.status = 'postponed')
      and r.status <> 'cancelled' and (r.status <> 'held' or r.hold_expires_at > ${ctx.now})
      order by s.starts_at, r.id limit ${limit}`,
  );

/** All that a person has not given back and is still to come, however much it is. */
export async function comingOf(ctx: Ctx, personId: string): Promise<{ id: string; sessionId: string }[]> {
  const { rows } = await sql<{ id: string; sessionId: string }>`
    select r.id, r.session_id as "sessionId" from registration r join session s on s.id = r.session_id
    where r.person_id in ${same(personId)} and (s.ends_at > ${ctx.now} or s.status = 'postponed')
      and r.status <> 'cancelled'
    order by s.starts_at, r.id`.execute(ctx.db);
  return rows;
}

/** What a person came to, and what was given back, the latest first. */
export const pastRegistrations = (ctx: Ctx, personId: string, limit = 50): Promise<RegistrationView[]> =>
  readViews(
    ctx,
    sql`join session s on s.id = r.session_id where r.person_id in ${same(personId)}
      and ((s.ends_at <= ${ctx.now} and s.status <> 'postponed') or r.status = 'cancelled') order by s.starts_at desc, r.id limit ${limit}`,
  );

/** All that a person has ever registered for, oldest first. */
export const registrationsOfPerson = (ctx: Ctx, personId: string): Promise<RegistrationView[]> =>
  readViews(ctx, sql`where r.person_id in ${same(personId)} order by r.id`);

/** Blanks what a person wrote and every name they gave; the seats stay counted, and one that had no name is not said to be erased. */
export async function blankRegistrations(ctx: Ctx, personId: string): Promise<void> {
  await sql`update attendee a set name = null, birth_year = null, erased_at = ${ctx.now} from registration r
    where r.id = a.registration_id and r.person_id in ${same(personId)} and a.name is not null`.execute(ctx.db);
  await sql`update attendee set name = null, birth_year = null, erased_at = ${ctx.now}
    where person_id in ${same(personId)} and erased_at is null`.execute(ctx.db);
  await sql`update registration set note = null, mandate = null, answers = '{}'
    where person_id in ${same(personId)}`.execute(ctx.db);
}
