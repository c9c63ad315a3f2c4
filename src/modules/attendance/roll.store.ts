import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { AgeBand } from '../../core/schema.ts';
import { type SessionView, sessionByReference, sessionsByIds } from '../timetable/index.ts';
import { sittingAt, sittingsOf } from './attendance.rules.ts';
import type { Correction, Roll, RollMark, RollPerson } from './roll.types.ts';

type PersonRow = Omit<RollPerson, 'marks'> & { sessionId: string; marks: StoredMark[] };
/** JSON has instants as text. */
type StoredMark = Omit<RollMark, 'occurredAt' | 'arrivedAt' | 'leftAt'> & {
  occurredAt: string;
  arrivedAt: string | null;
  leftAt: string | null;
};
const instantOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

type VisitRow = { id: string; sessionId: string; ageBand: AgeBand | null; occurredAt: Date; counts: boolean };

/** Who has a seat, or had one and was written down; erased people keep their row, without their name. */
async function peopleOf(ctx: Ctx, sessionIds: readonly string[], drawn: boolean): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select a.id as "attendeeId", a.session_id as "sessionId", r.id as "registrationId", r.reference, r.kind,
      nullif(coalesce(a.name, q.name), '') as name, nullif(b.name, '') as "bookedBy", q.id as "personId",
      o.name as organisation, a.birth_year as "birthYear", a.minor, a.tariff, r.status = 'registered' as comes,
      a.erased_at is not null as erased,
      coalesce((select json_agg(json_build_object('id', m.id, 'halfDay', m.half_day, 'state', m.state, 'mode', m.mode,
          'minutes', coalesce(m.minutes, 0), 'arrivedAt', m.arrived_at, 'leftAt', m.left_at,
          'occurredAt', m.occurred_at, 'recordedBy', nullif(w.name, ''),
          'strokes', case when ${drawn} then nullif(g.strokes, '') end) order by m.half_day)
        from attendance m left join signature g on g.id = m.signature_id left join person w on w.id = m.recorded_by
        where m.attendee_id = a.id and m.replaced_at is null), '[]') as marks
    from attendee a join registration r on r.id = a.registration_id
      join person p on p.id = r.person_id join person b on b.id = coalesce(p.merged_into, p.id)
      left join person s on s.id = a.person_id left join person q on q.id = coalesce(s.merged_into, s.id)
      left join organisation o on o.id = r.organisation_id
    where a.session_id = any(${[...sessionIds]}::uuid[]) and (r.status = 'registered'
      or exists (select from attendance m where m.attendee_id = a.id and m.replaced_at is null))
    order by lower(nullif(coalesce(a.name, q.name), '')) nulls last, r.created_at, a.rank, a.id`.execute(ctx.db);
  return rows;
}

async function visitsOf(ctx: Ctx, sessionIds: readonly string[]): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select id, session_id as "sessionId", age_band as "ageBand", occurred_at as "occurredAt",
      withdrawn_at is null as counts
    from visit where session_id = any(${[...sessionIds]}::uuid[])
    order by occurred_at, recorded_at, id`.execute(ctx.db);
  return rows;
}

/**
 * The rolls of sessions, in their order: who is expected, who is there, and who was counted without a name. Where only figures
 * are wanted, the strokes of signatures are left out (`drawn` false): they weigh more than all the rest.
 */
export async function rollsOf(ctx: Ctx, sessions: readonly SessionView[], drawn = true): Promise<Roll[]> {
  if (sessions.length === 0) return [];
  const ids = sessions.map(({ id }) => id);
  const [people, visits] = await Promise.all([peopleOf(ctx, ids, drawn), visitsOf(ctx, ids)]);
  const peopleIn = Map.groupBy(people, ({ sessionId }) => sessionId);
  const visitsIn = Map.groupBy(visits, ({ sessionId }) => sessionId);
  return sessions.map((session) => {
    const sittings = sittingsOf(session, session.timeZone);
    return {
      session,
      sittings,
      people: (peopleIn.get(session.id) ?? [])
        .map(({ sessionId: _, marks, ...one }) => ({
          ...one,
          // What was written of a half-day that the session no longer has (it was moved since) is on no row: nothing counts it.
          marks: marks
            .filter((mark) => sittings.some(({ halfDay }) => halfDay === mark.halfDay))
            .map((mark) => ({
              ...mark,
              occurredAt: new Date(mark.occurredAt),
              arrivedAt: instantOf(mark.arrivedAt),
              leftAt: instantOf(mark.leftAt),
            })),
        }))
        .filter((one) => one.comes || one.marks.length > 0),
      walkIns: (visitsIn.get(session.id) ?? [])
        .filter(({ counts }) => counts)
        .map(({ id, ageBand, occurredAt }) => ({
          id,
          ageBand: ageBand ?? 'unsaid',
          occurredAt,
          halfDay: sittingAt(sittings, occurredAt)!.halfDay,
        })),
      taps: visitsIn.get(session.id)?.length ?? 0,
    };
  });
}

/** The roll of one session by its id, or by the reference of its address; who may read it is for the caller to say. */
export async function rollOf(ctx: Ctx, session: string): Promise<Roll | undefined> {
  const views = session.length === 36 ? await sessionsByIds(ctx, [session]) : [await sessionByReference(ctx, session)];
  return views[0] && (await rollsOf(ctx, [views[0]]))[0];
}

/** What was written of a session and put right since, the last first. */
export async function correctionsOf(ctx: Ctx, sessionId: string): Promise<Correction[]> {
  const { rows } = await sql<Correction>`
    select m.attendee_id as "attendeeId", nullif(coalesce(a.name, q.name), '') as name, m.half_day as "halfDay", m.state,
      m.mode, coalesce(m.minutes, 0) as minutes, m.arrived_at as "arrivedAt", m.left_at as "leftAt",
      m.occurred_at as "occurredAt", nullif(w.name, '') as "recordedBy", m.replaced_at as "replacedAt",
      nullif(x.name, '') as "replacedBy"
    from attendance m join attendee a on a.id = m.attendee_id
      left join person s on s.id = a.person_id left join person q on q.id = coalesce(s.merged_into, s.id)
      left join person w on w.id = m.recorded_by left join person x on x.id = m.replaced_by
    where m.session_id = ${sessionId} and m.replaced_at is not null
    order by m.replaced_at desc, m.id desc limit 200`.execute(ctx.db);
  return rows;
}

/** A registration's people and their session, to say who is there: by its id or public reference. */
export async function ownRoll(ctx: Ctx, reference: string) {
  const plain = reference.toUpperCase();
  if (!/^[2-9A-Z]{10}$/.test(plain)) return undefined;
  const row = await ctx.db
    .selectFrom('registration as r')
    .innerJoin('person as p', 'p.id', 'r.person_id')
    .select(['r.id', 'r.reference', 'r.session_id as sessionId', 'p.id as personId', 'p.merged_into as mergedInto'])
    .where('r.reference', '=', plain)
    .executeTakeFirst();
  const roll = row && (await rollOf(ctx, row.sessionId));
  if (!row || !roll) return undefined;
  const own = { ...roll, people: roll.people.filter((one) => one.registrationId === row.id), walkIns: [] };
  return { id: row.id, reference: row.reference, bookerId: row.mergedInto ?? row.personId, roll: own };
}

/** The registration of a person for a session: its reference, where there is one. */
export async function registrationIn(ctx: Ctx, sessionId: string, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ reference: string }>`
    select r.reference from registration r join person p on p.id = r.person_id
    where r.session_id = ${sessionId} and coalesce(p.merged_into, p.id) = ${personId} and r.status = 'registered'
    order by r.created_at limit 1`.execute(ctx.db);
  return rows[0]?.reference;
}
