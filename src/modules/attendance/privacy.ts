import { sql } from 'kysely';
import type { EraseHook, PersonalDataPart } from '../privacy/index.ts';

/** Where one was and where one's people were, half-day by half-day. */
export const attendanceData: PersonalDataPart = {
  name: 'attendance',
  collect: async (ctx, personId) => {
    const { rows } = await sql`
      select m.session_id as "sessionId", m.half_day as "halfDay", m.state, m.mode, m.minutes, m.arrived_at as "arrivedAt",
        m.left_at as "leftAt", g.strokes as signature,
        m.occurred_at as "occurredAt", m.replaced_at as "replacedAt"
      from attendee a join registration r on r.id = a.registration_id join attendance m on m.attendee_id = a.id
        left join signature g on g.id = m.signature_id
      where r.person_id in (select id from person where id = ${personId} or merged_into = ${personId})
        or a.person_id in (select id from person where id = ${personId} or merged_into = ${personId})
      order by m.occurred_at, m.id`.execute(ctx.db);
    return rows;
  },
};

/**
 * Names and signatures go, those of the people one registered too; the rows stay, so that no total moves. Only a first name that
 * was written is said to be erased: a seat that never had one stays without.
 */
export const eraseAttendance: EraseHook = {
  name: 'attendance',
  erase: async (ctx, personId) => {
    const all = sql`(select id from person where id = ${personId} or merged_into = ${personId})`;
    const theirs = sql`(a.person_id in ${all} or (a.person_id is null
      and a.registration_id in (select r.id from registration r where r.person_id in ${all})))`;
    await sql`update signature g set strokes = '' from attendee a where a.id = g.attendee_id and ${theirs}`.execute(
      ctx.db,
    );
    await sql`update attendee a set name = null, birth_year = null, erased_at = ${ctx.now}
      where ${theirs} and a.name is not null`.execute(ctx.db);
  },
};
