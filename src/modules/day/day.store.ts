import { sql } from 'kysely';
import { addDays, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Arrival, Call, DaySite, Note, Outage, Request, VisitCount } from './day.types.ts';

/** A booking lasts a few days at most: bounding its start lets the index on (resource, start) answer. */
const longest = 15 * 86_400_000;
/** A note left undone follows the team for a week; a call for two. */
const noteDays = 7;
const callDays = 14;

const siteColumns = ['id', 'slug', 'name', 'kind', 'time_zone', 'telephone'] as const;

/** A site by its slug. */
export const findSite = (ctx: Ctx, slug: string): Promise<DaySite | undefined> =>
  ctx.db
    .selectFrom('site')
    .select([...siteColumns])
    .where('slug', '=', slug)
    .where('archived_at', 'is', null)
    .executeTakeFirst();

/** The sites of these ids, or all of them. */
export const sitesOf = (ctx: Ctx, ids: readonly string[] | null): Promise<DaySite[]> =>
  ctx.db
    .selectFrom('site')
    .select([...siteColumns])
    .where('archived_at', 'is', null)
    .$if(ids !== null, (query) => query.where(sql<boolean>`id = any(${[...(ids ?? [])]}::uuid[])`))
    .orderBy('rank')
    .execute();

const what = sql`r.id as resource_id, r.slug as resource_slug, r.name as resource, s.name as space,
  l.letter, l.colour, l.name as line`;
const whatFrom = sql`left join space s on s.id = r.space_id left join line l on l.id = coalesce(r.line_id, s.line_id)`;

const arrivalColumns = sql`b.id, b.reference, b.status, b.version, b.starts_at as start, b.ends_at as "end", b.people,
  b.purpose, b.check_in_required, b.release_at, b.option_until, b.checked_in_at, b.pardoned_at, b.created_at,
  coalesce(kept.name, p.name) as person, coalesce(kept.telephone, p.telephone) as telephone, o.name as organisation,
  (select string_agg(u.label, ', ' order by u.rank) from allocation a join unit u on u.id = a.unit_id
    where a.cause_id = b.id and u.resource_id = b.resource_id
      and (select count(*) from unit v where v.resource_id = b.resource_id and v.archived_at is null) > 1) as places, ${what}`;
const arrivalFrom = sql`resource r join booking b on b.resource_id = r.id join person p on p.id = b.person_id
  left join person kept on kept.id = p.merged_into left join organisation o on o.id = b.organisation_id ${whatFrom}`;

/** Who is expected at a site during a span, came or did not; what was given back is left out. */
export async function arrivalsOf(ctx: Ctx, siteId: string, { start, end }: Span): Promise<Arrival[]> {
  const { rows } = await sql<Arrival>`
    select ${arrivalColumns} from ${arrivalFrom}
    where r.site_id = ${siteId} and b.starts_at < ${end} and b.ends_at > ${start}
      and b.starts_at > ${new Date(start.getTime() - longest)}
      and (b.status in ('confirmed', 'checked_in', 'no_show', 'displaced')
        or (b.status = 'held' and b.option_until > ${ctx.now}))
    order by b.starts_at, r.rank, b.id`.execute(ctx.db);
  return rows;
}

/** The requests of a site that wait for an answer, the nearest first. */
export async function requestsOf(ctx: Ctx, siteId: string): Promise<Request[]> {
  const { rows } = await sql<Request>`
    select ${arrivalColumns} from ${arrivalFrom}
    where r.site_id = ${siteId} and b.status = 'requested' and b.ends_at > ${ctx.now}
    order by b.starts_at, b.id limit 100`.execute(ctx.db);
  return rows;
}

/** Whom to telephone on a day; for today, also those left from the days before. */
export async function callsOf(ctx: Ctx, siteId: string, day: string, today: string): Promise<Call[]> {
  const since = day === today ? addDays(day, -callDays) : day;
  const { rows } = await sql<Call>`
    select c.id, c.kind, c.due_day, c.done_at, c.outcome,
      case when c.booking_id is null then 'registration' else 'booking' end as about,
      coalesce(b.reference, n.reference) as reference, coalesce(b.starts_at, s.starts_at) as start,
      coalesce(b.ends_at, s.ends_at) as "end", coalesce(kept.name, p.name) as person,
      coalesce(kept.telephone, p.telephone) as telephone, coalesce(b.language, n.language) as language,
      coalesce(r.name, s.title) as resource, coalesce(s.kind = 'appointment', false) as appointment,
      case when c.kind = 'cancelled' then s.status_reason end as why,
      coalesce((select json_agg(json_build_object('reference', i.reference, 'title', i.title, 'start', i.starts_at,
          'end', i.ends_at, 'timeZone', i.time_zone, 'siteId', i.site_id) order by i.starts_at)
        from session i where c.kind = 'cancelled' and i.status = 'published' and i.starts_at > ${ctx.now}
          and i.id = any(array(select x::uuid from journal j, jsonb_array_elements_text(j.data -> 'insteadIds') x
            where j.subject_id = s.id and j.kind = 'session.cancelled'))), '[]') as instead,
      -- One call is for all that one gesture of the team changed for them.
      (select count(*)::int from registration x join session z on z.id = x.session_id
        where c.kind in ('moved', 'cancelled') and x.person_id = n.person_id and x.id <> n.id
          and case c.kind when 'cancelled' then x.cancel_cause = 'session' and x.cancelled_at = n.cancelled_at
            else z.series_id = s.series_id and x.status = n.status and z.starts_at > ${ctx.now} end) as others
    from call c left join booking b on b.id = c.booking_id left join resource r on r.id = b.resource_id
      left join registration n on n.id = c.registration_id left join session s on s.id = n.session_id
      join person p on p.id = coalesce(b.person_id, n.person_id) left join person kept on kept.id = p.merged_into
    where (r.site_id = ${siteId} or s.site_id = ${siteId})
      and (c.due_day = ${day}::date or (c.due_day < ${day}::date and c.done_at is null and c.due_day > ${since}::date))
      -- Reminding of what is over serves nobody, nor does offering it.
      and (c.kind not in ('reminder', 'offered') or c.done_at is not null or coalesce(b.ends_at, s.ends_at) > ${ctx.now})
    order by c.done_at nulls first, c.due_day, coalesce(b.starts_at, s.starts_at), c.id`.execute(ctx.db);
  return rows;
}

/** Who comes to appointments, by session; a name once, however many it brings. */
export async function comersOf(ctx: Ctx, sessionIds: readonly string[]): Promise<Map<string, string>> {
  if (sessionIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; names: string }>`
    select n.session_id as id, string_agg(distinct coalesce(kept.name, p.name), ', ') as names
    from registration n join person p on p.id = n.person_id left join person kept on kept.id = p.merged_into
    where n.session_id = any(${[...sessionIds]}::uuid[]) and n.status = any(${['held', 'registered']}::text[])
    group by n.session_id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row.names]));
}

/** What is out of order at a site, or will be within the day. */
export async function outagesOf(ctx: Ctx, siteId: string, { end }: Span, from: Date): Promise<Outage[]> {
  const { rows } = await sql<Outage>`
    select c.id, c.starts_at as start, c.ends_at as "end", c.reason, c.version, ${what}
    from closure c join resource r on r.id = c.resource_id ${whatFrom}
    where r.site_id = ${siteId} and c.lifted_at is null and c.starts_at < ${end} and c.ends_at > ${from}
    order by c.starts_at, c.id`.execute(ctx.db);
  return rows;
}

/** The notes of a day, and those of the week before that nobody has seen to. */
export async function notesOf(ctx: Ctx, siteId: string, day: string): Promise<Note[]> {
  const { rows } = await sql<Note>`
    select n.id, n.day, n.body, p.name as author, n.done_at
    from day_note n left join person p on p.id = n.author_id
    where n.site_id = ${siteId} and (n.day = ${day}::date
      or (n.day < ${day}::date and n.day >= ${addDays(day, -noteDays)}::date and n.done_at is null))
    order by n.done_at is not null, n.day, n.created_at, n.id`.execute(ctx.db);
  return rows;
}

/** The services of a site with the visits counted in a span. */
export async function visitCounts(ctx: Ctx, siteId: string, { start, end }: Span): Promise<VisitCount[]> {
  const { rows } = await sql<VisitCount>`
    select l.id as line_id, l.letter, l.colour, l.name, coalesce(v.count, 0)::int as count, coalesce(v.taps, 0)::int as taps,
      coalesce(v.undoable, false) as undoable
    from line l left join (
      select line_id, count(*) filter (where withdrawn_at is null) as count, count(*) as taps,
        bool_or(withdrawn_at is null and session_id is null) as undoable
      from visit where site_id = ${siteId} and occurred_at >= ${start} and occurred_at < ${end} group by line_id
    ) v on v.line_id = l.id
    where v.count > 0
      or exists (select from space s where s.site_id = ${siteId} and s.line_id = l.id and s.archived_at is null)
      or exists (select from resource r where r.site_id = ${siteId} and r.line_id = l.id and r.archived_at is null)
    order by l.rank, l.letter`.execute(ctx.db);
  return rows;
}

/** The site whose resource a closure closes. */
export async function closureSite(ctx: Ctx, closureId: string): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('closure as c')
    .innerJoin('resource as r', 'r.id', 'c.resource_id')
    .select('r.site_id')
    .where('c.id', '=', closureId)
    .executeTakeFirst();
  return row?.site_id;
}
