import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { Preset, PriceKind, PricePer, ResourceKind, RuleSet, SiteKind } from '../../core/schema.ts';

/** A service as it is shown beside what belongs to it. */
export type LineOf = { letter: string; colour: string; name: I18nText };

export type SiteCard = {
  id: string;
  slug: string;
  kind: SiteKind;
  name: I18nText;
  summary: I18nText;
  communeName: string | null;
  communeCode: string | null;
  address: string | null;
  lat: number | null;
  lon: number | null;
  timeZone: string;
  country: string;
  telephone: string | null;
  email: string | null;
  howToCome: I18nText;
  accessibility: I18nText;
  closedOnHolidays: boolean;
  photo: string | null;
  photoAlt: I18nText | null;
  demonstration: boolean;
  rank: number;
  /** The services one finds there, in the order of the lines. */
  lines: LineOf[];
};

const siteColumns = (country: string) => sql`
  s.id, s.slug, s.kind, s.name, s.summary, c.name as "communeName", s.commune_code as "communeCode", s.address,
  coalesce(s.lat, c.lat) as lat, coalesce(s.lon, c.lon) as lon, s.time_zone as "timeZone",
  coalesce(c.country, ${country}::text) as country, s.telephone, s.email, s.how_to_come as "howToCome", s.accessibility,
  s.closed_on_holidays as "closedOnHolidays", f.sha256 as photo, f.alt as "photoAlt", s.demonstration, s.rank,
  coalesce((
    select json_agg(json_build_object('letter', l.letter, 'colour', l.colour, 'name', l.name) order by l.rank)
    from line l
    where exists (select from space e where e.site_id = s.id and e.line_id = l.id and e.archived_at is null)
      or exists (select from resource r where r.site_id = s.id and r.line_id = l.id and r.archived_at is null)
  ), '[]') as lines`;

const siteTables = sql`from site s left join commune c on c.code = s.commune_code left join file f on f.id = s.photo_id`;

/** The sites of the territory in their order; `after` continues a list past a site. */
export async function listSites(
  ctx: Ctx,
  page: { after?: string | undefined; limit?: number } = {},
): Promise<SiteCard[]> {
  const { rows } = await sql<SiteCard>`
    select ${siteColumns(ctx.territory.country)} ${siteTables}
    where s.archived_at is null and (${page.after ?? null}::text is null
      or (s.rank, s.slug) > (select b.rank, b.slug from site b where b.slug = ${page.after ?? null}::text))
    order by s.rank, s.slug limit ${page.limit ?? 500}`.execute(ctx.db);
  return rows;
}

/** Whether a text could be a slug at all: whatever else an address holds never reaches the database. */
const isSlug = (text: string): boolean => /^[\p{L}\p{N}-]{1,120}$/u.test(text);

/** One site by its slug; undefined when it is not there or no longer. */
export async function findSite(ctx: Ctx, slug: string): Promise<SiteCard | undefined> {
  if (!isSlug(slug)) return undefined;
  const { rows } = await sql<SiteCard>`
    select ${siteColumns(ctx.territory.country)} ${siteTables}
    where s.archived_at is null and s.slug = ${slug}`.execute(ctx.db);
  return rows[0];
}

export type SpaceCard = {
  id: string;
  slug: string;
  name: I18nText;
  summary: I18nText;
  floor: I18nText;
  areaM2: number | null;
  line: LineOf | null;
  photo: string | null;
  photoAlt: I18nText | null;
};

/** The spaces of a site, those without anything to book included. */
export async function spacesOf(ctx: Ctx, siteId: string): Promise<SpaceCard[]> {
  const { rows } = await sql<SpaceCard>`
    select e.id, e.slug, e.name, e.summary, e.floor, e.area_m2 as "areaM2", f.sha256 as photo, f.alt as "photoAlt",
      case when l.id is not null then json_build_object('letter', l.letter, 'colour', l.colour, 'name', l.name) end as line
    from space e left join line l on l.id = e.line_id left join file f on f.id = e.photo_id
    where e.site_id = ${siteId} and e.archived_at is null order by e.rank, e.slug`.execute(ctx.db);
  return rows;
}

export type ResourceCard = {
  id: string;
  slug: string;
  kind: ResourceKind;
  name: I18nText;
  summary: I18nText;
  siteSlug: string;
  siteName: I18nText;
  spaceId: string | null;
  spaceName: I18nText | null;
  floor: I18nText | null;
  line: LineOf | null;
  capacity: number;
  units: number;
  equipment: I18nText[];
  needs: string[];
  requirement: I18nText;
  minimumAge: number | null;
  stepMinutes: number;
  /** What must stay free after a booking, for it or for what it contains. */
  gapMinutes: number;
  priceKind: PriceKind;
  priceCents: number | null;
  pricePer: PricePer | null;
  preset: Preset;
  /** The site's, the space's and its own, merged key by key. */
  rules: RuleSet;
  contents: { slug: string; name: I18nText }[];
  containers: { slug: string; name: I18nText }[];
  photo: string | null;
  photoAlt: I18nText | null;
  demonstration: boolean;
};

export type ResourceQuery = {
  site?: string | undefined;
  slug?: string | undefined;
  kind?: ResourceKind | undefined;
  people?: number | undefined;
  after?: string | undefined;
  limit?: number;
};

const linked = (from: string, to: string) => sql`coalesce((
  select json_agg(json_build_object('slug', x.slug, 'name', x.name) order by x.rank, x.slug)
  from resource_content k join resource x on x.id = k.${sql.ref(to)}
  where k.${sql.ref(from)} = r.id and x.archived_at is null), '[]')`;

/** What can be booked, by site, kind and number of people, in the order of sites and ranks. */
export async function listResources(ctx: Ctx, query: ResourceQuery): Promise<ResourceCard[]> {
  const { site, slug, kind, people, after, limit } = query;
  if ([site, slug].some((text) => text !== undefined && !isSlug(text))) return [];
  const { rows } = await sql<ResourceCard>`
    select r.id, r.slug, r.kind, r.name, r.summary, s.slug as "siteSlug", s.name as "siteName", r.space_id as "spaceId",
      e.name as "spaceName", e.floor,
      case when l.id is not null then json_build_object('letter', l.letter, 'colour', l.colour, 'name', l.name) end as line,
      r.capacity, u.units, r.equipment, r.needs, r.requirement, r.minimum_age as "minimumAge",
      r.step_minutes as "stepMinutes",
      (with recursive inside as (
        select r.id as member
        union
        select c.content_id from inside i join resource_content c on c.container_id = i.member
      ) select max(greatest(x.buffer_before, x.buffer_after)) from inside i join resource x on x.id = i.member
      ) as "gapMinutes",
      r.price_kind as "priceKind", r.price_cents as "priceCents", r.price_per as "pricePer", r.preset,
      s.rules || coalesce(e.rules, '{}'::jsonb) || r.rules as rules,
      ${linked('container_id', 'content_id')} as contents, ${linked('content_id', 'container_id')} as containers,
      f.sha256 as photo, f.alt as "photoAlt", r.demonstration
    from resource r
    join site s on s.id = r.site_id
    left join space e on e.id = r.space_id
    left join line l on l.id = coalesce(r.line_id, e.line_id)
    left join file f on f.id = r.photo_id
    cross join lateral (
      select count(*)::integer as units from unit u where u.resource_id = r.id and u.archived_at is null) u
    where r.archived_at is null and s.archived_at is null
      and (${site ?? null}::text is null or s.slug = ${site ?? null}::text)
      and (${slug ?? null}::text is null or r.slug = ${slug ?? null}::text)
      and (${kind ?? null}::text is null or r.kind = ${kind ?? null}::text)
      and (${people ?? null}::integer is null or r.capacity * u.units >= ${people ?? null}::integer)
      and (${after ?? null}::text is null or (s.rank, s.slug, r.rank, r.slug) > (
        select bs.rank, bs.slug, b.rank, b.slug from resource b join site bs on bs.id = b.site_id
        where b.slug = ${after ?? null}::text))
    order by s.rank, s.slug, r.rank, r.slug limit ${limit ?? 500}`.execute(ctx.db);
  return rows;
}

/** One resource of a site by its slug; undefined when it is not there or no longer. */
export async function findResource(ctx: Ctx, site: string, slug: string): Promise<ResourceCard | undefined> {
  return (await listResources(ctx, { site, slug, limit: 1 }))[0];
}

export type StopCard = {
  siteId: string;
  place: I18nText;
  address: string | null;
  aboard: string[];
  communeName: string;
  lat: number;
  lon: number;
  start: Date;
  end: Date;
};

/** The stops of mobile sites that are not over at `from`, soonest first. */
export async function nextStops(ctx: Ctx, siteIds: readonly string[], from: Date, until?: Date): Promise<StopCard[]> {
  if (siteIds.length === 0) return [];
  const { rows } = await sql<StopCard>`
    select t.site_id as "siteId", t.place, t.address, t.aboard, c.name as "communeName", t.lat, t.lon,
      t.starts_at as start, t.ends_at as end
    from stop t join commune c on c.code = t.commune_code
    where t.site_id = any(${[...siteIds]}::uuid[]) and t.cancelled_at is null and not t.draft
      and t.ends_at > ${from}
      and (${until ?? null}::timestamptz is null or t.starts_at < ${until ?? null}::timestamptz)
    order by t.starts_at limit 400`.execute(ctx.db);
  return rows;
}

export type HoursRow = {
  siteId: string;
  weekday: number | null;
  day: string | null;
  opens: number | null;
  closes: number | null;
  reason: I18nText | null;
  validFrom: string | null;
  validTo: string | null;
};

/** The weekly hours of sites and their exceptions between two days, as they are written. */
export async function hoursRows(
  ctx: Ctx,
  siteIds: readonly string[],
  first: string,
  last: string,
): Promise<HoursRow[]> {
  if (siteIds.length === 0) return [];
  const { rows } = await sql<HoursRow>`
    select site_id as "siteId", weekday, null::date as day, opens, closes, null::jsonb as reason,
      valid_from as "validFrom", valid_to as "validTo"
    from opening_rule where site_id = any(${[...siteIds]}::uuid[])
    union all
    select site_id, null, day, opens, closes, reason, null, null
    from opening_exception where site_id = any(${[...siteIds]}::uuid[]) and day between ${first}::date and ${last}::date`.execute(
    ctx.db,
  );
  return rows;
}

/** The largest towns of the territory, as landmarks of the map. */
export async function landmarks(ctx: Ctx, count: number): Promise<{ name: string; lat: number; lon: number }[]> {
  const { rows } = await sql<{ name: string; lat: number; lon: number }>`
    select name, lat, lon from commune where in_territory and population is not null
    order by population desc limit ${count}`.execute(ctx.db);
  return rows;
}
