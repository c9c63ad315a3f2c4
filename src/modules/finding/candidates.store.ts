import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import { type RuleLevels, type Rules, resolveRules } from '../../core/rule-set.ts';
import type { PriceKind, PricePer, ResourceKind, SiteKind } from '../../core/schema.ts';
import type { Near } from '../communes/index.ts';
import { longestStop } from './finding.store.ts';

/** Something that could answer, before its freedom is known; the bus appears once for each of its stops. */
export type Candidate = {
  id: string;
  slug: string;
  name: I18nText;
  kind: ResourceKind;
  capacity: number;
  stepMinutes: number;
  /** What must stay free after a booking, for it or for what it contains. */
  gapMinutes: number;
  priceKind: PriceKind;
  priceCents: number | null;
  pricePer: PricePer | null;
  requirement: I18nText;
  minimumAge: number | null;
  rules: Rules;
  lineLetter: string | null;
  lineColour: string | null;
  lineName: I18nText | null;
  siteId: string;
  siteSlug: string;
  siteName: I18nText;
  siteKind: SiteKind;
  timeZone: string;
  telephone: string | null;
  spaceName: I18nText | null;
  communeName: string | null;
  stopPlace: I18nText | null;
  stopStart: Date | null;
  stopEnd: Date | null;
  distanceKm: number | null;
};

export type CandidateQuery = {
  need?: string | undefined;
  kind?: ResourceKind | undefined;
  people: number;
  near?: Near | undefined;
  /** Stops of mobile sites are those that touch [from, to). */
  from: Date;
  to: Date;
  only?: string | undefined;
  except?: string | undefined;
  /** One of a few numbers known in the code: it is part of the statement, which is prepared once for each. */
  limit: 12 | 24 | 60;
  offset: number;
};

/**
 * The nearest candidates, without looking at a single booking. Places are ranked before their resources are read, so
 * that the cost follows the number of answers and not the size of the territory.
 */
export async function nearestCandidates(ctx: Ctx, query: CandidateQuery): Promise<Candidate[]> {
  const { need, kind, people, near, from, to, only, except, limit, offset } = query;
  // Written out only where asked: a plan made for "anything or this need" would serve neither well.
  const conditions = [
    need === undefined ? undefined : sql`and r.needs @> array[${need}::text]`,
    kind === undefined ? undefined : sql`and r.kind = ${kind}::text`,
    only === undefined ? undefined : sql`and r.id = ${only}::uuid`,
    except === undefined ? undefined : sql`and r.id <> ${except}::uuid`,
  ].filter((condition) => condition !== undefined);
  const narrowed = sql.join(conditions, sql` `);
  const somewhere =
    conditions.length > 0
      ? sql`and s.id in (select r.site_id from resource r where r.archived_at is null ${narrowed})`
      : sql``;
  // Asked for nothing in particular, one of each kind comes before the second of any.
  const turn =
    need === undefined && kind === undefined
      ? sql`row_number() over (partition by r.kind order by r.rank, r.id)`
      : sql`1`;
  // The same order three times, so that the sorted places are read only as far as needed.
  const nearestFirst = near ? sql`distance, p.rank, p.site_id, p.starts_at` : sql`p.rank, p.site_id, p.starts_at`;
  const result = await sql<Omit<Candidate, 'rules'> & { levels: RuleLevels }>`
    with place as (
      select s.id as site_id, s.rank, coalesce(t.lat, s.lat) as lat, coalesce(t.lon, s.lon) as lon,
        coalesce(t.commune_code, s.commune_code) as commune_code, t.place as stop_place, t.starts_at, t.ends_at
      from site s
      -- "offset 0" keeps a subquery as it is written: one short index scan a site, never a scan of the whole table.
      left join lateral (
        select t.* from stop t
        where t.site_id = s.id and s.kind = 'mobile' and t.cancelled_at is null and not t.draft and t.starts_at < ${to}
          and t.ends_at > ${from} and t.starts_at > ${from}::timestamptz - ${longestStop}::interval
        offset 0
      ) t on true
      where s.archived_at is null and (s.kind <> 'mobile' or t.id is not null) ${somewhere}
    ),
    chosen as (
      select p.*, r.id, r.turn, r.rank as resource_rank
      from (
        select p.*, ${distanceFrom(near)} as distance from place p
        order by ${nearestFirst} offset 0
      ) p
      cross join lateral (
        select r.id, r.rank, ${turn} as turn
        from resource r
        where r.site_id = p.site_id and r.archived_at is null ${narrowed}
          and (r.capacity >= ${people}::integer or r.capacity * (
            select count(*) from unit u where u.resource_id = r.id and u.archived_at is null) >= ${people}::integer)
        offset 0
      ) r
      order by ${nearestFirst}, r.turn, r.rank, r.id
      limit ${sql.lit(limit)} ${offset > 0 ? sql`offset ${offset}` : sql``}
    )
    select r.id, r.slug, r.name, r.kind, r.capacity, r.step_minutes as "stepMinutes",
      case when exists (select from resource_content c where c.container_id = r.id) then (
        with recursive inside as (
          select r.id as member
          union
          select c.content_id from inside i join resource_content c on c.container_id = i.member
        )
        select max((select greatest(x.buffer_before, x.buffer_after) from resource x where x.id = i.member))
        from inside i
      ) else greatest(r.buffer_before, r.buffer_after) end as "gapMinutes",
      r.price_kind as "priceKind", r.price_cents as "priceCents", r.price_per as "pricePer", r.requirement,
      r.minimum_age as "minimumAge",
      jsonb_build_object('preset', r.preset, 'site', s.rules, 'space', coalesce(e.rules, '{}'::jsonb),
        'resource', r.rules) as levels,
      l.letter as "lineLetter", l.colour as "lineColour", l.name as "lineName",
      s.id as "siteId", s.slug as "siteSlug", s.name as "siteName", s.kind as "siteKind", s.time_zone as "timeZone",
      s.telephone, e.name as "spaceName", m.name as "communeName",
      p.stop_place as "stopPlace", p.starts_at as "stopStart", p.ends_at as "stopEnd", p.distance as "distanceKm"
    from chosen p
    join resource r on r.id = p.id
    join site s on s.id = p.site_id
    left join space e on e.id = r.space_id
    left join line l on l.id = coalesce(r.line_id, e.line_id)
    left join commune m on m.code = p.commune_code
    order by ${nearestFirst}, p.turn, p.resource_rank, p.id`.execute(ctx.db);
  return result.rows.map(({ levels, ...row }) => ({ ...row, rules: resolveRules(levels) }));
}

/** Great-circle distance in kilometres, on a sphere: half a percent at worst, far less than the road. */
function distanceFrom(near: Near | undefined) {
  if (!near) return sql`null::float8`;
  const { lat, lon } = near;
  return sql`12742 * asin(least(1, sqrt(
    power(sin(radians(p.lat - ${lat}::float8) / 2), 2)
    + cos(radians(${lat}::float8)) * cos(radians(p.lat)) * power(sin(radians(p.lon - ${lon}::float8) / 2), 2))))`;
}

/** What must be known of one resource to look for others like it; a mobile one is where it stands at that instant. */
export async function readOriginal(
  ctx: Ctx,
  resourceId: string,
  at: Date,
): Promise<
  { kind: ResourceKind; needs: string[]; siteId: string; lat: number | null; lon: number | null } | undefined
> {
  const result = await sql<{
    kind: ResourceKind;
    needs: string[];
    siteId: string;
    lat: number | null;
    lon: number | null;
  }>`
    select r.kind, r.needs, s.id as "siteId", coalesce(t.lat, s.lat) as lat, coalesce(t.lon, s.lon) as lon
    from resource r
    join site s on s.id = r.site_id
    left join lateral (
      select t.lat, t.lon from stop t
      where t.site_id = s.id and t.starts_at <= ${at} and t.ends_at > ${at} and t.cancelled_at is null and not t.draft
      order by t.starts_at limit 1
    ) t on true
    where r.id = ${resourceId}::uuid`.execute(ctx.db);
  return result.rows[0];
}
