import { type RawBuilder, sql } from 'kysely';
import { addDays } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import { isUuid } from '../../core/ids.ts';
import type { Sheet, SheetHead, Subject } from './evidence.types.ts';
import { monthSpan } from './paper.ts';

const columns = sql`s.id, s.site_id as "siteId", s.session_id as "sessionId", s.period_start as "periodStart", s.number,
  s.edition, s.file_hash as "fileHash", s.countersigned_name as "countersignedName", s.locked_at as "lockedAt",
  s.keep_until as "keepUntil", s.reason`;

const isAbout = (subject: Subject): RawBuilder<unknown> =>
  'sessionId' in subject
    ? sql`s.session_id = ${subject.sessionId}`
    : sql`s.site_id = ${subject.siteId} and s.period_start = ${monthSpan(subject.month).first}::date`;

/** The editions of a sheet, the last one first. */
export async function editionsOf(ctx: Ctx, subject: Subject): Promise<SheetHead[]> {
  const { rows } = await sql<SheetHead>`
    select ${columns}, s.totals->'figures' as figures from attendance_sheet s
    where ${isAbout(subject)} order by s.edition desc`.execute(ctx.db);
  return rows;
}

/** A locked sheet whole. */
export async function sheetById(ctx: Ctx, id: string): Promise<Sheet | undefined> {
  if (!isUuid(id)) return undefined;
  const { rows } = await sql<Sheet>`
    select ${columns}, s.operation, s.rows, s.totals, s.countersignature from attendance_sheet s
    where s.id = ${id}`.execute(ctx.db);
  return rows[0];
}

/** The last edition of each of these sessions' sheets, by session. */
export async function lastSheets(ctx: Ctx, sessionIds: readonly string[]): Promise<Map<string, Sheet>> {
  const { rows } = await sql<Sheet & { sessionId: string }>`
    select distinct on (s.session_id) ${columns}, s.operation, s.rows, s.totals, s.countersignature
    from attendance_sheet s where s.session_id = any(${[...sessionIds]}::uuid[])
    order by s.session_id, s.edition desc`.execute(ctx.db);
  return new Map(rows.map((row) => [row.sessionId, row]));
}

export async function insertSheet(ctx: Ctx, sheet: Omit<Sheet, 'fileHash'>, periodEnd: string | null): Promise<void> {
  await ctx.db
    .insertInto('attendance_sheet')
    .values({
      id: sheet.id,
      site_id: sheet.siteId,
      session_id: sheet.sessionId,
      period_start: sheet.periodStart,
      period_end: periodEnd,
      number: sheet.number,
      edition: sheet.edition,
      operation: JSON.stringify(sheet.operation),
      rows: JSON.stringify(sheet.rows),
      totals: JSON.stringify(sheet.totals),
      countersigned_by: ctx.actor.personId,
      countersigned_name: sheet.countersignedName,
      countersignature: sheet.countersignature,
      countersigned_at: sheet.lockedAt,
      locked_at: sheet.lockedAt,
      keep_until: sheet.keepUntil,
      reason: sheet.reason,
      created_by: ctx.actor.personId,
      created_at: sheet.lockedAt,
    })
    .execute();
}

export async function writeHash(ctx: Ctx, id: string, fileHash: string): Promise<void> {
  await ctx.db.updateTable('attendance_sheet').set({ file_hash: fileHash }).where('id', '=', id).execute();
}

/** Locked sheets whose names have been kept long enough. */
export async function sheetsToForget(ctx: Ctx, today: string): Promise<Sheet[]> {
  const { rows } = await sql<Sheet>`
    select ${columns}, s.operation, s.rows, s.totals, s.countersignature from attendance_sheet s
    where s.keep_until < ${today}::date and s.file_hash is not null order by s.id limit 200`.execute(ctx.db);
  return rows;
}

/** Writes a sheet without its names; its file can no longer be the one that was signed. */
export async function forgetNames(ctx: Ctx, id: string, rows: Sheet['rows']): Promise<void> {
  await ctx.db
    .updateTable('attendance_sheet')
    .set({ rows: JSON.stringify(rows), countersignature: null, file_hash: null })
    .where('id', '=', id)
    .execute();
}

/** A locked sheet that names somebody: the session and day it is about, or the site and month. */
export type Naming = { periodStart: string | null; site: I18nText; title: string; day: string; until: string };

/** The locked sheets that name a person or those they registered, and until when each keeps its names. */
export async function sheetsNaming(ctx: Ctx, personId: string): Promise<Naming[]> {
  const { rows } = await sql<Naming>`
    select s.period_start as "periodStart", t.name as site, s.rows->0->>'title' as title, s.rows->0->>'day' as day,
      max(s.keep_until) as until
    from attendance_sheet s join site t on t.id = s.site_id
    where s.file_hash is not null and exists (
      select from jsonb_array_elements(s.rows) d, jsonb_array_elements(d->'people') q
        join attendee a on a.id = (q->>'attendeeId')::uuid join registration r on r.id = a.registration_id
      where q->>'name' is not null
        and (a.person_id in (select id from person where id = ${personId} or merged_into = ${personId})
          or (a.person_id is null
            and r.person_id in (select id from person where id = ${personId} or merged_into = ${personId}))))
    group by s.number, s.period_start, t.name, s.rows->0->>'title', s.rows->0->>'day'
    order by day, s.number`.execute(ctx.db);
  return rows;
}

export type EvidenceSite = { id: string; slug: string; name: I18nText; timeZone: string };

/** The sites of these ids, or all of them; archived ones too: their past is still asked for. */
export const sitesOf = (ctx: Ctx, ids: readonly string[] | null): Promise<EvidenceSite[]> =>
  ctx.db
    .selectFrom('site')
    .select(['id', 'slug', 'name', 'time_zone as timeZone'])
    .$if(ids !== null, (query) => query.where(sql<boolean>`id = any(${[...(ids ?? [])]}::uuid[])`))
    .orderBy('rank')
    .execute();

/** The day before: the last one of a period whose end is told by the day after it. */
export const dayBefore = (day: string): string => addDays(day, -1);
