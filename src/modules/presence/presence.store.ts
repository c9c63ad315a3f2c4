import { sql } from 'kysely';
import { addDays, addMinutes, dayOf, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { SiteKind } from '../../core/schema.ts';
import { holidaysOf } from '../finding/index.ts';
import type { Presence } from './presence.rules.ts';
import type { Calendar, PresenceSite, StopWords } from './presence.types.ts';
import type { Place } from './travel.rules.ts';

/** No road of the territory is longer: what is further away in time keeps nobody from being there. */
const longestRoad = 12 * 60;

type HelperRow = Calendar['helper'] & { presences: Presence[] };

/** Those who help: named, or all of them who do something for a reason. */
export type WhoseCalendar = { helperIds?: readonly string[] | undefined; reasonId?: string | undefined };

async function readHelpers(ctx: Ctx, who: WhoseCalendar, { start, end }: Span): Promise<HelperRow[]> {
  const first = addDays(dayOf(start, 'UTC'), -1);
  const last = addDays(dayOf(end, 'UTC'), 1);
  const { rows } = await sql<HelperRow>`
    select h.id, h.person_id as "personId", p.name, h.does,
      coalesce((select json_agg(json_build_object('id', e.id, 'siteId', e.site_id, 'weekday', e.weekday, 'day', e.day,
          'opens', e.opens, 'closes', e.closes, 'validFrom', e.valid_from, 'validTo', e.valid_to) order by e.id)
        from presence e where e.helper_id = h.id
          and (e.day is null or e.day between ${first}::date and ${last}::date)
          and (e.valid_from is null or e.valid_from <= ${last}::date)
          and (e.valid_to is null or e.valid_to >= ${first}::date)), '[]') as presences
    from helper h join person p on p.id = h.person_id
    where h.archived_at is null
      ${who.helperIds ? sql`and h.id = any(${[...who.helperIds]}::uuid[])` : sql``}
      ${
        who.reasonId
          ? sql`and exists (select from appointment_offer o where o.helper_id = h.id and o.reason_id = ${who.reasonId})`
          : sql``
      }
    order by p.name, h.id`.execute(ctx.db);
  return rows;
}

type SiteRow = {
  id: string;
  slug: string;
  kind: SiteKind;
  name: I18nText;
  timeZone: string;
  country: string;
  closedOnHolidays: boolean;
  commune: string | null;
  telephone: string | null;
  lat: number | null;
  lon: number | null;
  exceptions: PresenceSite['exceptions'];
  stops: ({ id: string; start: string; end: string; lat: number; lon: number } & StopWords)[];
};

/** The sites where somebody may be present, with what changes there between two instants. */
export async function readSites(
  ctx: Ctx,
  siteIds: readonly string[],
  { start, end }: Span,
): Promise<Map<string, PresenceSite>> {
  if (siteIds.length === 0) return new Map();
  const first = addDays(dayOf(start, 'UTC'), -1);
  const last = addDays(dayOf(end, 'UTC'), 1);
  const { rows } = await sql<SiteRow>`
    select s.id, s.slug, s.kind, s.name, s.time_zone as "timeZone", s.closed_on_holidays as "closedOnHolidays",
      coalesce(c.country, ${ctx.territory.country}::text) as country, c.name as commune, s.telephone,
      coalesce(s.lat, c.lat) as lat, coalesce(s.lon, c.lon) as lon,
      coalesce((select json_agg(json_build_object('day', e.day, 'opens', e.opens, 'closes', e.closes))
        from opening_exception e where e.site_id = s.id and e.day between ${first}::date and ${last}::date), '[]')
        as exceptions,
      coalesce((select json_agg(json_build_object('id', t.id, 'start', t.starts_at, 'end', t.ends_at, 'lat', t.lat,
          'lon', t.lon, 'place', t.place, 'commune', tc.name, 'communeCode', t.commune_code) order by t.starts_at)
        from stop t join commune tc on tc.code = t.commune_code
        where s.kind = 'mobile' and t.site_id = s.id and t.cancelled_at is null and not t.draft
          and t.starts_at < ${end} and t.ends_at > ${start}
          and t.starts_at > ${addMinutes(start, -31 * 1440)}), '[]') as stops
    from site s left join commune c on c.code = s.commune_code
    where s.id = any(${[...siteIds]}::uuid[]) and s.archived_at is null`.execute(ctx.db);
  const years = new Set([first, last].map((day) => Number(day.slice(0, 4))));
  return new Map(rows.map((row) => [row.id, siteOf(row, years)]));
}

function siteOf({ stops, country, ...row }: SiteRow, years: ReadonlySet<number>): PresenceSite {
  return {
    ...row,
    mobile: row.kind === 'mobile',
    holidays: [...years].flatMap((year) => [...holidaysOf(country, year)]),
    stops: stops.map(({ id, lat, lon, ...stop }) => ({
      id,
      lat,
      lon,
      start: new Date(stop.start),
      end: new Date(stop.end),
    })),
    words: new Map(stops.map(({ id, place, commune, communeCode }) => [id, { place, commune, communeCode }])),
  };
}

type CommitmentRow = {
  helperId: string;
  sessionId: string;
  start: Date;
  end: Date;
  placeKind: 'site' | 'stop' | 'address' | 'online' | null;
  siteId: string | null;
  stopId: string | null;
  lat: number | null;
  lon: number | null;
};

/** An appointment all of whose registrations were given back holds nobody's time, though it may not be cancelled yet. */
export const stillStands = (ctx: Ctx) => sql`(s.kind is distinct from 'appointment'
  or not exists (select from registration r where r.session_id = s.id)
  or exists (select from registration r where r.session_id = s.id
    and (r.status = 'registered' or r.status = 'offered' or (r.status = 'held' and r.hold_expires_at > ${ctx.now}))))`;

async function readCommitments(ctx: Ctx, helperIds: readonly string[], window: Span): Promise<CommitmentRow[]> {
  const from = addMinutes(window.start, -longestRoad);
  const to = addMinutes(window.end, longestRoad);
  const { rows } = await sql<CommitmentRow>`
    select u.helper_id as "helperId", a.cause_id as "sessionId", lower(a.during) as start, upper(a.during) as "end",
      s.place_kind as "placeKind", s.site_id as "siteId", s.stop_id as "stopId",
      case s.place_kind when 'stop' then t.lat when 'address' then (s.address ->> 'lat')::float8
        else coalesce(y.lat, c.lat) end as lat,
      case s.place_kind when 'stop' then t.lon when 'address' then (s.address ->> 'lon')::float8
        else coalesce(y.lon, c.lon) end as lon
    from unit u
    join allocation a on a.unit_id = u.id and a.during && tstzrange(${from}::timestamptz, ${to}::timestamptz)
      and (a.expires_at is null or a.expires_at > ${ctx.now})
    left join session s on s.id = a.cause_id and a.cause_kind = 'session'
    left join site y on y.id = s.site_id
    left join commune c on c.code = y.commune_code
    left join stop t on t.id = s.stop_id
    where u.helper_id = any(${[...helperIds]}::uuid[]) and ${stillStands(ctx)}
    order by 3`.execute(ctx.db);
  return rows;
}

function placeOf(row: CommitmentRow): Place | null {
  if (row.placeKind === null || row.placeKind === 'online') return null;
  const { lat, lon, stopId } = row;
  // A company has no site of its own: only its point tells how far it is.
  return { siteId: row.placeKind === 'address' ? null : row.siteId, stopId, lat, lon };
}

/** The calendars of those who help, and the sites they speak of. `except` leaves out a session that is about to move. */
export async function readCalendars(
  ctx: Ctx,
  who: WhoseCalendar,
  window: Span,
  except?: string,
): Promise<{ calendars: Calendar[]; sites: Map<string, PresenceSite> }> {
  const helpers = await readHelpers(ctx, who, window);
  const ids = helpers.map((helper) => helper.id);
  if (ids.length === 0) return { calendars: [], sites: new Map() };
  const siteIds = [...new Set(helpers.flatMap((helper) => helper.presences.map((one) => one.siteId)))];
  const [sites, commitments, absences] = await Promise.all([
    readSites(ctx, siteIds, window),
    readCommitments(ctx, ids, window),
    ctx.db
      .selectFrom('absence')
      .select(['id', 'helper_id', 'starts_at', 'ends_at'])
      .where(sql<boolean>`helper_id = any(${ids}::uuid[])`)
      .where('starts_at', '<', window.end)
      .where('ends_at', '>', window.start)
      .orderBy('starts_at')
      .execute(),
  ]);
  const calendars = helpers.map(({ presences, ...helper }) => ({
    helper,
    presences,
    commitments: commitments
      .filter((one) => one.helperId === helper.id && one.sessionId !== except)
      .map((one) => ({ start: one.start, end: one.end, sessionId: one.sessionId, place: placeOf(one) })),
    absences: absences
      .filter((one) => one.helper_id === helper.id)
      .map((one) => ({ id: one.id, start: one.starts_at, end: one.ends_at })),
  }));
  return { calendars, sites };
}

/** Where one may be present, in the network's order. */
export async function presenceSites(ctx: Ctx): Promise<{ id: string; slug: string; name: I18nText }[]> {
  return ctx.db
    .selectFrom('site')
    .select(['id', 'slug', 'name'])
    .where('archived_at', 'is', null)
    .orderBy('rank')
    .orderBy('slug')
    .execute();
}

export type OpenedRule = Presence & { siteName: I18nText; timeZone: string };

/** Where and when a helper receives, from today on, as it was said. */
export async function openedRules(ctx: Ctx, helperId: string): Promise<OpenedRule[]> {
  const today = dayOf(ctx.now, ctx.territory.timeZone);
  const { rows } = await sql<OpenedRule>`
    select e.id, e.site_id as "siteId", e.weekday, e.day, e.opens, e.closes, e.valid_from as "validFrom",
      e.valid_to as "validTo", s.name as "siteName", s.time_zone as "timeZone"
    from presence e join site s on s.id = e.site_id
    where e.helper_id = ${helperId} and (e.valid_to is null or e.valid_to >= ${today}::date)
      and (e.day is null or e.day >= ${today}::date)
    order by e.valid_from nulls first, e.weekday, e.opens, e.id`.execute(ctx.db);
  return rows;
}
