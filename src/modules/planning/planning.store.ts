import { sql } from 'kysely';
import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { asOf } from '../../core/db.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { BookingStatus, SiteKind } from '../../core/schema.ts';
import { type HoursRead, hoursSql, openingsFrom } from '../finding/index.ts';
import type { Claim } from './planning.rules.ts';

export type PlannedSite = {
  id: string;
  slug: string;
  name: I18nText;
  kind: SiteKind;
  time_zone: string;
};

export type PlannedResource = {
  id: string;
  slug: string;
  name: I18nText;
  space: I18nText | null;
  units: number;
  step_minutes: number;
  /** Minutes that stay free after a booking. */
  gap: number;
  /** What holds its units, or those of what it contains; null for a thing alone, held by what is laid on it only. */
  claims: Claim[] | null;
};

/** What lies on the planning: a booking, a closure (then without person and reference), or a session (its title is its note). */
export type PlannedTaken = {
  id: string;
  resource_id: string;
  kind: 'booking' | 'closure' | 'session';
  start: Date;
  end: Date;
  status: BookingStatus | null;
  reference: string | null;
  version: number | null;
  people: number | null;
  person: string | null;
  organisation: string | null;
  note: I18nText | string | null;
  /** The site whose team answers for a session. */
  of: string | null;
};

export type Planned = {
  site: PlannedSite;
  resources: PlannedResource[];
  taken: PlannedTaken[];
  /** When each resource is open, by its id. */
  open: Map<string, Span[]>;
  /** When the first of the holds that are drawn ends by itself: nothing is written then, and yet it goes. */
  lapses: Date | null;
};

/** A planning as it was read: the same `text` is the same planning. `as_of` is the point it was read at. */
export type PlannedRead = { as_of: string | null; time_zone: string; text: string };

const siteColumns = ['id', 'slug', 'name', 'kind', 'time_zone'] as const;

/** The site of a planning by its slug. */
export const findPlannedSite = (ctx: Ctx, slug: string): Promise<PlannedSite | undefined> =>
  ctx.db
    .selectFrom('site')
    .select(siteColumns)
    .where('slug', '=', slug)
    .where('archived_at', 'is', null)
    .executeTakeFirst();

/** What can be booked at a site, by its slug. */
export const findPlannedResource = (ctx: Ctx, siteId: string, slug: string) =>
  ctx.db
    .selectFrom('resource')
    .select(['id', 'name'])
    .where('site_id', '=', siteId)
    .where('slug', '=', slug)
    .where('archived_at', 'is', null)
    .executeTakeFirst();

/** A booking of a site by its reference, as it stands before a gesture. */
export const findPlannedBooking = (ctx: Ctx, siteId: string, reference: string) =>
  ctx.db
    .selectFrom('booking')
    .innerJoin('resource', 'resource.id', 'booking.resource_id')
    .select(['booking.starts_at', 'booking.ends_at', 'resource.slug'])
    .where('booking.reference', '=', reference)
    .where('resource.site_id', '=', siteId)
    .executeTakeFirst();

type Seconds = number;
type ResourceRow = [
  ...[id: string, slug: string, name: I18nText, space: I18nText | null, stepMinutes: number, gap: number],
  ...[units: number, alone: boolean],
  claims: [start: Seconds, end: Seconds, own: 0 | 1][] | null,
];
type TakenRow = [
  ...[id: string, resourceId: string, kind: PlannedTaken['kind'], start: Seconds, end: Seconds],
  ...[status: BookingStatus | null, reference: string | null, version: number | null, people: number | null],
  ...[person: string | null, organisation: string | null, note: I18nText | string | null, of?: string],
];
type PlannedText = [
  ...[site: PlannedSite, resources: ResourceRow[] | null, taken: TakenRow[] | null, hours: HoursRead],
  lapses: Seconds | null,
];

/**
 * A site's planning during a span, in one statement: what can be booked in the order of its spaces, what lies there (bookings
 * that stand, dead holds left out, closures not lifted, and sessions) and what is held. Rows travel as lists: half the cost of columns.
 */
export async function readPlanned(
  ctx: Ctx,
  slug: string,
  { start: from, end: to }: Span,
): Promise<PlannedRead | undefined> {
  // A booking lasts a few days at most: bounding its start lets the index on (resource, start) answer.
  const earliest = new Date(from.getTime() - 15 * 86_400_000);
  const { rows } = await sql<PlannedRead>`
    with recursive place as (
      select id, slug, name, kind, time_zone from site where slug = ${slug} and archived_at is null
    ),
    listed as (
      select r.id, r.slug, r.name, r.space_id, r.line_id, r.step_minutes, r.rank,
        greatest(r.buffer_before, r.buffer_after) as gap,
        (select count(*) from unit u where u.resource_id = r.id and u.archived_at is null) as units
      from place s join resource r on r.site_id = s.id where r.archived_at is null
    ),
    joined as (
      select r.id from listed r
      where r.units <> 1 or exists (select from resource_content c where c.container_id = r.id)
        or exists (select from resource_content c where c.content_id = r.id)
    ),
    inside as (
      select r.id as root, r.id as member from joined r
      union
      select i.root, c.content_id from inside i join resource_content c on c.container_id = i.member
    ),
    claim as (
      select i.root, json_agg(array[${seconds(sql`lower(a.during)`)}, ${seconds(sql`upper(a.during)`)},
        (i.root = i.member)::int]) as claims, min(a.expires_at) as lapses
      from inside i
      -- "offset 0" keeps one short index scan a resource, then a unit: never one of all that is held anywhere that day.
      cross join lateral (
        select u.id from unit u where u.resource_id = i.member and u.archived_at is null offset 0
      ) u
      cross join lateral (
        select x.during, x.expires_at from allocation x
        where x.unit_id = u.id and x.during && tstzrange(${from}::timestamptz, ${to}::timestamptz)
          and (x.expires_at is null or x.expires_at > ${ctx.now}) offset 0
      ) a
      group by i.root
    ),
    laid as (
      select b.starts_at, case when b.status = 'held' then b.hold_expires_at end as lapses,
        json_build_array(b.id, b.resource_id, 'booking', ${seconds(sql`b.starts_at`)}, ${seconds(sql`b.ends_at`)},
          b.status, b.reference, b.version, b.people, p.name, o.name, b.purpose) as item
      from listed r join booking b on b.resource_id = r.id join person p on p.id = b.person_id
        left join organisation o on o.id = b.organisation_id
      where b.starts_at < ${to} and b.starts_at > ${earliest} and b.ends_at > ${from}
        and b.status in ('requested', 'held', 'confirmed', 'checked_in', 'no_show')
        and (b.hold_expires_at is null or b.status <> 'held' or b.hold_expires_at > ${ctx.now})
      union all
      select c.starts_at, null, json_build_array(c.id, c.resource_id, 'closure', ${seconds(sql`c.starts_at`)},
        ${seconds(sql`c.ends_at`)}, null, null, null, null, null, null, c.reason)
      from listed r join closure c on c.resource_id = r.id
      where c.lifted_at is null and c.starts_at < ${to} and c.ends_at > ${from}
      union all
      select min(lower(a.during)), min(a.expires_at), json_build_array(n.id, r.id, 'session',
        ${seconds(sql`min(lower(a.during))`)}, ${seconds(sql`max(upper(a.during))`)}, null, n.reference, null, null, null, null,
        case when n.kind <> 'appointment' then n.title end, y.slug)
      from listed r
      cross join lateral (
        select u.id from unit u where u.resource_id = r.id and u.archived_at is null offset 0
      ) u
      cross join lateral (
        select x.during, x.expires_at, x.cause_id from allocation x
        where x.unit_id = u.id and x.during && tstzrange(${from}::timestamptz, ${to}::timestamptz)
          and x.cause_kind = 'session' and (x.expires_at is null or x.expires_at > ${ctx.now}) offset 0
      ) a
      join session n on n.id = a.cause_id join site y on y.id = n.site_id
      group by r.id, n.id, y.slug
    )
    select ${asOf(ctx.db)} as as_of, s.time_zone, json_build_array(row_to_json(s),
      (select json_agg(json_build_array(r.id, r.slug, r.name, e.name, r.step_minutes, r.gap,
          r.units, r.id not in (select id from joined), c.claims)
          order by l.rank nulls last, e.rank nulls last, r.rank, r.slug)
        from listed r left join space e on e.id = r.space_id left join line l on l.id = coalesce(r.line_id, e.line_id)
          left join claim c on c.root = r.id),
      (select json_agg(item order by starts_at) from laid),
      ${hoursSql(ctx, sql`select id from listed`, { from, to })},
      ${seconds(sql`least((select min(lapses) from claim), (select min(lapses) from laid))`)})::text as text
    from place s`.execute(ctx.db);
  return rows[0];
}

/** The planning out of what `readPlanned` read of the same span. */
export function plannedFrom({ text }: PlannedRead, { start: from, end: to }: Span): Planned {
  const [site, resources, taken, hours, lapses] = JSON.parse(text) as PlannedText;
  return {
    site,
    resources: (resources ?? []).map(toResource),
    taken: (taken ?? []).map(toTaken),
    open: openingsFrom(hours, { from, to }),
    lapses: lapses === null ? null : instant(lapses),
  };
}

const seconds = (at: ReturnType<typeof sql>) => sql`extract(epoch from ${at})::float8`;
const instant = (at: Seconds): Date => new Date(at * 1000);

const toResource = ([
  id,
  slug,
  name,
  space,
  step_minutes,
  gap,
  units,
  alone,
  claims,
]: ResourceRow): PlannedResource => ({
  ...{ id, slug, name, space, step_minutes, gap, units },
  claims: alone
    ? null
    : (claims ?? []).map(([start, end, own]) => ({ start: instant(start), end: instant(end), own: own === 1 })),
});

const toTaken = ([id, resource_id, kind, start, end, ...rest]: TakenRow): PlannedTaken => {
  const [status, reference, version, people, person, organisation, note, of = null] = rest;
  return {
    ...{ id, resource_id, kind, start: instant(start), end: instant(end) },
    ...{ status, reference, version, people, person, organisation, note, of },
  };
};
