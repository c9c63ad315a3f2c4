import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { AttendanceMode, AttendanceState } from '../../core/schema.ts';

type AttendeeRow = {
  id: string;
  registrationId: string;
  sessionId: string;
  siteId: string;
  /** Who registered them. */
  bookerId: string;
  start: Date;
  end: Date;
  timeZone: string;
  /** Registered, and not given back since. */
  comes: boolean;
  leaderIds: string[];
};

/** An attendee with their session, held back from any other mark until the transaction ends. */
export async function lockAttendee(ctx: Ctx, id: string): Promise<AttendeeRow | undefined> {
  const { rows } = await sql<AttendeeRow>`
    select a.id, a.registration_id as "registrationId", a.session_id as "sessionId", s.site_id as "siteId",
      coalesce(p.merged_into, p.id) as "bookerId", s.starts_at as start, s.ends_at as "end", s.time_zone as "timeZone",
      r.status = 'registered' and s.status = 'published' as comes,
      array(select d.person_id::text from session_leader d where d.session_id = s.id) as "leaderIds"
    from attendee a join registration r on r.id = a.registration_id join person p on p.id = r.person_id
    join session s on s.id = a.session_id
    where a.id = ${id} for update of a`.execute(ctx.db);
  return rows[0];
}

export async function markById(ctx: Ctx, id: string) {
  return ctx.db
    .selectFrom('attendance')
    .select(['id', 'attendee_id as attendeeId', 'half_day as halfDay'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** What is held of somebody's presence for a half-day, as it stands. */
export async function currentMark(ctx: Ctx, attendeeId: string, halfDay: string) {
  return ctx.db
    .selectFrom('attendance as m')
    .leftJoin('signature as g', 'g.id', 'm.signature_id')
    .select(['m.id', 'm.state', 'm.mode', 'm.signature_id as signatureId', 'm.occurred_at as occurredAt', 'g.strokes'])
    .select(['m.minutes', 'm.arrived_at as arrivedAt', 'm.left_at as leftAt'])
    .where('m.attendee_id', '=', attendeeId)
    .where('m.half_day', '=', halfDay)
    .where('m.replaced_at', 'is', null)
    .executeTakeFirst();
}

export async function replaceMark(ctx: Ctx, id: string): Promise<void> {
  const set = { replaced_at: ctx.now, replaced_by: ctx.actor.personId };
  await ctx.db.updateTable('attendance').set(set).where('id', '=', id).execute();
}

export async function insertSignature(ctx: Ctx, id: string, attendeeId: string, strokes: string, at: Date) {
  await ctx.db.insertInto('signature').values({ id, attendee_id: attendeeId, strokes, signed_at: at }).execute();
}

type MarkRow = {
  id: string;
  session_id: string;
  attendee_id: string;
  half_day: string;
  state: AttendanceState;
  mode: AttendanceMode;
  minutes: number;
  arrived_at: Date | null;
  left_at: Date | null;
  signature_id: string | null;
  occurred_at: Date;
};

export async function insertMark(ctx: Ctx, row: MarkRow): Promise<void> {
  const { now, actor } = ctx;
  const recorded = { recorded_at: now, recorded_by: actor.personId, device_id: actor.deviceId };
  await ctx.db
    .insertInto('attendance')
    .values({ ...row, ...recorded })
    .execute();
}
