import { sql } from 'kysely';
import { addDays, dayOf, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { holidaysBetween } from '../../core/holidays.ts';

/** When a resource is open, when it cannot be had though open or not, and what is left: all cut to the window asked. */
export type Freedom = { open: Span[]; full: Span[]; free: Span[] };

export type FreedomQuery = {
  resourceIds: readonly string[];
  from: Date;
  to: Date;
  /** A booking that moves does not stand in its own way. */
  ignoreCause?: string | undefined;
  /** A pool is full when fewer places than these are left; 1 unless said. */
  people?: number | undefined;
};

/** Starts and ends in seconds. */
type Bounds = [start: number, end: number][];
type Row = { id: string; country: string; open: Bounds; full: Bounds; free: Bounds };

/** No bus stands anywhere longer: stops are found by their start, so that those of past years are not read again. */
export const longestStop = '31 days';

/** Countries met by this process: the query needs their holidays before it knows where the sites are. */
const met = new Set<string>();

/** The freedom of many resources in one statement; a resource that does not exist is never open. */
export async function freedom(ctx: Ctx, query: FreedomQuery): Promise<Map<string, Freedom>> {
  const found = new Map<string, Freedom>();
  for (const id of query.resourceIds) found.set(id, { open: [], full: [], free: [] });
  if (found.size === 0 || query.from >= query.to) return found;
  met.add(ctx.territory.country);
  let rows = await readFreedom(ctx, query);
  const unknown = rows.filter((row) => !met.has(row.country));
  if (unknown.length > 0) {
    for (const row of unknown) met.add(row.country);
    rows = await readFreedom(ctx, query);
  }
  for (const row of rows)
    found.set(row.id, { open: toSpans(row.open), full: toSpans(row.full), free: toSpans(row.free) });
  return found;
}

const toSpans = (bounds: Bounds): Span[] =>
  bounds.map(([start, end]) => ({ start: new Date(start * 1000), end: new Date(end * 1000) }));

async function readFreedom(ctx: Ctx, { resourceIds, from, to, ignoreCause, people }: FreedomQuery): Promise<Row[]> {
  // A day wider on both sides than any zone can need.
  const holidays = holidaysBetween(met, addDays(dayOf(from, 'UTC'), -2), addDays(dayOf(to, 'UTC'), 2));
  const result = await sql<Row>`
    with recursive
    asked as (
      select tstzrange(${from}::timestamptz, ${to}::timestamptz) as during
    ),
    wanted as (
      select r.id, r.capacity, s.id as site_id, s.kind, s.time_zone, s.closed_on_holidays,
        coalesce(c.country, ${ctx.territory.country}::text) as country,
        -- Resources without hours of their own share their site's: those are computed once.
        case when exists (select from opening_rule o where o.space_id = r.space_id)
          or exists (select from opening_exception e where e.space_id = r.space_id) then r.space_id end as space_id,
        case when exists (select from opening_rule o where o.resource_id = r.id)
          or exists (select from opening_exception e where e.resource_id = r.id) then r.id end as resource_id
      from resource r
      join site s on s.id = r.site_id
      left join commune c on c.code = s.commune_code
      where r.id = any(${[...resourceIds]}::uuid[])
    ),
    schedule as (
      select row_number() over () as number, k.*
      from (select distinct site_id, space_id, resource_id, kind, time_zone, closed_on_holidays, country from wanted) k
    ),
    calendar as (
      select k.*, d.day::date as day,
        k.closed_on_holidays and exists (
          select from unnest(${holidays.countries}::text[], ${holidays.days}::date[]) h (country, day)
          where h.country = k.country and h.day = d.day::date
        ) as holiday
      from schedule k
      -- The day before too: it may stay open past midnight.
      cross join lateral generate_series(
        date_trunc('day', ${from}::timestamptz at time zone k.time_zone) - interval '1 day',
        ${to}::timestamptz at time zone k.time_zone, interval '1 day'
      ) d (day)
      where k.kind <> 'mobile'
    ),
    exception_found as (
      select k.number, k.day, k.time_zone, e.opens, e.closes,
        rank() over (
          partition by k.number, k.day
          order by case when e.resource_id is not null then 1 when e.space_id is not null then 2 else 3 end
        ) as level
      from calendar k
      join opening_exception e
        on (e.resource_id = k.resource_id or e.space_id = k.space_id or e.site_id = k.site_id) and e.day = k.day
    ),
    rule_found as (
      select k.number, k.day, k.time_zone, o.weekday, o.opens, o.closes,
        rank() over (
          partition by k.number, k.day
          order by case when o.resource_id is not null then 1 when o.space_id is not null then 2 else 3 end
        ) as level
      from calendar k
      join opening_rule o
        on (o.resource_id = k.resource_id or o.space_id = k.space_id or o.site_id = k.site_id)
        and (o.valid_from is null or o.valid_from <= k.day) and (o.valid_to is null or o.valid_to >= k.day)
      where not k.holiday
        and not exists (select from exception_found e where e.number = k.number and e.day = k.day)
    ),
    hours as (
      select number, time_zone, day + opens * interval '1 minute' as opens, day + closes * interval '1 minute' as closes
      from exception_found where level = 1 and opens is not null
      union all
      select number, time_zone, day + opens * interval '1 minute', day + closes * interval '1 minute'
      from rule_found where level = 1 and weekday = extract(isodow from day)
    ),
    opening as (
      select h.number, tstzrange(a.at, greatest(a.at, b.at)) as during
      from hours h
      -- In the hour that comes twice the first is meant, as in core/clock; PostgreSQL would take the second.
      cross join lateral (select h.opens at time zone h.time_zone as late, h.closes at time zone h.time_zone as late_end) z
      cross join lateral (select case
        when (z.late - interval '1 hour') at time zone h.time_zone = h.opens then z.late - interval '1 hour'
        else z.late end as at) a
      cross join lateral (select case
        when (z.late_end - interval '1 hour') at time zone h.time_zone = h.closes then z.late_end - interval '1 hour'
        else z.late_end end as at) b
      union all
      select k.number, tstzrange(t.starts_at, t.ends_at)
      from schedule k
      join stop t on t.site_id = k.site_id and t.starts_at < ${to} and t.ends_at > ${from}
        and t.cancelled_at is null and not t.draft
        and t.starts_at > ${from}::timestamptz - ${longestStop}::interval
      where k.kind = 'mobile'
    ),
    opened as (
      select o.number, range_agg(o.during * q.during) as open from opening o cross join asked q group by o.number
    ),
    inside as (
      select w.id as root, c.content_id as member from wanted w join resource_content c on c.container_id = w.id
      union
      select i.root, c.content_id from inside i join resource_content c on c.container_id = i.member
    ),
    place as (
      select w.id as root, u.id as unit_id, true as own
      from wanted w join unit u on u.resource_id = w.id and u.archived_at is null
      union all
      select i.root, u.id, false
      from inside i join unit u on u.resource_id = i.member and u.archived_at is null
    ),
    claim as materialized (
      select p.unit_id, a.during
      from (select distinct unit_id from place) p
      cross join lateral (
        select x.during * q.during as during
        from asked q join allocation x on x.unit_id = p.unit_id and x.during && q.during
        where (x.expires_at is null or x.expires_at > ${ctx.now})
          and (${ignoreCause ?? null}::uuid is null or x.cause_id <> ${ignoreCause ?? null}::uuid)
      ) a
    ),
    pool as (
      select w.id as root, count(p.unit_id) as units, ceil(${people ?? 1}::numeric / w.capacity) as needed
      from wanted w left join place p on p.root = w.id and p.own
      group by w.id, w.capacity
    ),
    -- How many of a pool's places are taken, from each change to the next.
    held as (
      select p.root, c.during from place p join claim c on c.unit_id = p.unit_id where p.own
    ),
    change as (
      select e.root, e.at, sum(sum(e.step)) over (partition by e.root order by e.at) as taken,
        lead(e.at) over (partition by e.root order by e.at) as until
      from (
        select root, lower(during) as at, 1 as step from held
        union all
        select root, upper(during), -1 from held
      ) e
      group by e.root, e.at
    ),
    lost as (
      select c.root, tstzrange(c.at, c.until) as during
      from change c join pool p on p.root = c.root
      where c.taken > p.units - p.needed and c.until is not null
      union all
      select p.root, q.during from pool p cross join asked q where p.units < p.needed
      union all
      select p.root, c.during from place p join claim c on c.unit_id = p.unit_id where not p.own
    ),
    filled as (
      select root, range_agg(during) as "full" from lost group by root
    ),
    answer as (
      select w.id, w.country, coalesce(o.open, '{}'::tstzmultirange) as open,
        coalesce(f."full", '{}'::tstzmultirange) as "full"
      from wanted w
      join schedule k on k.site_id = w.site_id
        and k.space_id is not distinct from w.space_id and k.resource_id is not distinct from w.resource_id
      left join opened o on o.number = k.number
      left join filled f on f.root = w.id
    )
    select a.id, a.country, ${bounds(sql`a.open`)} as open, ${bounds(sql`a."full"`)} as "full",
      ${bounds(sql`(a.open - a."full")`)} as free
    from answer a`.execute(ctx.db);
  return result.rows;
}

/** The ranges of a multirange in order, as pairs of seconds. */
const bounds = (range: ReturnType<typeof sql>) => sql<Bounds>`array_to_json(array(
  select array[extract(epoch from lower(s.span))::float8, extract(epoch from upper(s.span))::float8]
  from unnest(${range}) s (span)
))`;

/** What is missing before anything can be booked: a place, or something in one that opens; undefined when nothing is. */
export async function missingIn(ctx: Ctx): Promise<'sites' | 'things' | undefined> {
  const { rows } = await sql<{ site: boolean; thing: boolean }>`
    select exists (select from site where archived_at is null) as site,
      exists (select from resource r join site s on s.id = r.site_id
        where r.archived_at is null and s.archived_at is null)
      and (exists (select from opening_rule) or exists (select from stop)) as thing`.execute(ctx.db);
  const { site, thing } = rows[0]!;
  if (thing) return undefined;
  return site ? 'things' : 'sites';
}
