import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';

type NewEntry = { id: string; turn: number; kind: string; occurredAt: Date };

/** Writes a gesture down under its own id; false when it is already there. A twin sent at once waits for the first to end. */
export async function insertEntry(ctx: Ctx, entry: NewEntry, hash: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('field_entry')
    .values({
      id: entry.id,
      person_id: ctx.actor.personId!,
      device_id: ctx.actor.deviceId,
      turn: entry.turn,
      kind: entry.kind,
      occurred_at: entry.occurredAt,
      recorded_at: ctx.now,
      request_hash: hash,
      outcome: 'done',
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return Boolean(numInsertedOrUpdatedRows);
}

/** What became of a gesture. */
export async function entryOutcome(ctx: Ctx, id: string, outcome: 'done' | 'conflict' | 'refused', answer: object) {
  const set = { outcome, answer: JSON.stringify(answer) };
  await ctx.db.updateTable('field_entry').set(set).where('id', '=', id).execute();
}

/** A gesture as it was received. */
export const readEntry = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom('field_entry').selectAll().where('id', '=', id).executeTakeFirst();

/** A gesture under its lock, to be settled once. */
export const lockEntry = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom('field_entry').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Says who settled it; what was written is dropped, the gesture and its reason stay. */
export async function settleEntry(ctx: Ctx, id: string): Promise<void> {
  await sql`update field_entry set settled_at = ${ctx.now}, settled_by = ${ctx.actor.personId}, answer = answer - 'payload'
    where id = ${id}`.execute(ctx.db);
}

/** The site of what a gesture is about: a booking's, an attendee's session's, a visit's. */
export async function siteOf(ctx: Ctx, what: 'booking' | 'attendee' | 'visit', id: string): Promise<string | null> {
  const of = {
    booking: sql`select r.site_id as site from booking b join resource r on r.id = b.resource_id where b.id = ${id}`,
    attendee: sql`select s.site_id as site from attendee a join session s on s.id = a.session_id where a.id = ${id}`,
    visit: sql`select site_id as site from visit where id = ${id}`,
  };
  const { rows } = await sql<{ site: string }>`${of[what]}`.execute(ctx.db);
  return rows[0]?.site ?? null;
}

/** The mark that stands for somebody and a half-day, under the attendee's lock. */
export async function standingMark(ctx: Ctx, attendeeId: string, halfDay: string | undefined) {
  await sql`select from attendee where id = ${attendeeId} for update`.execute(ctx.db);
  const { rows } = await sql<{ id: string; state: string; by: string | null; halfDay: string }>`
    select m.id, m.state, m.recorded_by as by, m.half_day as "halfDay" from attendance m
    where m.attendee_id = ${attendeeId} and m.replaced_at is null
      and (${halfDay ?? null}::text is null or m.half_day = ${halfDay ?? null})
    order by m.recorded_at desc limit 1`.execute(ctx.db);
  return rows[0];
}

export type OpenEntry = {
  id: string;
  kind: string;
  outcome: 'conflict' | 'refused';
  occurredAt: Date;
  recordedAt: Date;
  author: string;
  answer: { reasons?: { code: string; params: object }[]; payload?: Record<string, unknown> };
  site: I18nText | null;
  timeZone: string | null;
  /** Whom or what it is about. */
  about: string | null;
  title: I18nText | null;
};

/**
 * What waits for a person, at these sites (null: all of them) or among one's own gestures. What a gesture was refused for being
 * about is only named to those of its team.
 */
export async function openEntries(ctx: Ctx, siteIds: readonly string[] | null, id?: string): Promise<OpenEntry[]> {
  const theirs = sql<boolean>`(${siteIds === null} or y.id = any(${[...(siteIds ?? [])]}::uuid[]))`;
  const { rows } = await sql<OpenEntry>`
    select e.id, e.kind, e.outcome, e.occurred_at as "occurredAt", e.recorded_at as "recordedAt", p.name as author, e.answer,
      y.name as site, y.time_zone as "timeZone", coalesce(a.name, ap.name, rp.name, bp.name) as about,
      coalesce(s.title, r.name) as title
    from field_entry e join person p on p.id = e.person_id
      left join site y on y.id = (e.answer ->> 'siteId')::uuid
      left join attendee a on a.id = (e.answer -> 'payload' ->> 'attendeeId')::uuid and ${theirs}
      left join person ap on ap.id = a.person_id
      left join registration g on g.id = a.registration_id
      left join person rp on rp.id = g.person_id and a.person_id is null
      left join session s on s.id = a.session_id
      left join booking b on b.id = (e.answer -> 'payload' ->> 'booking')::uuid and ${theirs}
      left join person bp on bp.id = b.person_id
      left join resource r on r.id = b.resource_id
    where e.outcome <> 'done' and e.settled_at is null
      and (${theirs} or e.person_id = ${ctx.actor.personId})
      and (${id ?? null}::uuid is null or e.id = ${id ?? null}::uuid)
    order by e.recorded_at, e.turn, e.id limit 200`.execute(ctx.db);
  return rows;
}
