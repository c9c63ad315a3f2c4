import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { After, AgendaQuery, StopView } from './agenda.types.ts';

export type StopQuery = AgendaQuery & {
  siteId?: string | undefined;
  after?: After | undefined;
  limit: number;
};

/** No bus stands anywhere longer: stops are found by their start, so that those of past years are not read again. */
const longestDays = 31;
const kmPerDegree = 111.2;

/**
 * Where the bus will stand. A stop that was cancelled is told with its reason, to those who counted on it; one that was only
 * taken out of the plan is not there.
 */
export async function findStops(ctx: Ctx, query: StopQuery): Promise<StopView[]> {
  const { near, withinKm, after } = query;
  const distance = near
    ? sql`(${kmPerDegree}::float8 * sqrt(power(t.lat - ${near.lat}::float8, 2)
        + power((t.lon - ${near.lon}::float8) * cos(radians(${near.lat}::float8)), 2)))`
    : sql`null::float8`;
  const wanted = [
    sql`t.starts_at < ${query.to} and t.ends_at > ${query.from}`,
    sql`t.starts_at > ${new Date(query.from.getTime() - longestDays * 86_400_000)}`,
    sql`not t.draft and (t.cancelled_at is null or t.cancel_reason <> '{}')`,
    ...(query.siteId ? [sql`t.site_id = ${query.siteId}`] : []),
    ...(query.siteSlug ? [sql`y.slug = ${query.siteSlug}`] : []),
    ...(query.communeCode ? [sql`t.commune_code = ${query.communeCode}`] : []),
    ...(query.seatsFree ? [sql`t.cancelled_at is null`] : []),
    ...(query.lineSlug
      ? [
          sql`exists (select from line l where l.slug = ${query.lineSlug} and (
            exists (select from space e where e.site_id = t.site_id and e.line_id = l.id and e.archived_at is null)
            or exists (select from resource r where r.site_id = t.site_id and r.line_id = l.id and r.archived_at is null)))`,
        ]
      : []),
    ...(near && withinKm ? [sql`${distance} <= ${withinKm}`] : []),
    ...(after ? [sql`(t.starts_at, t.id) > (${after.start}, ${after.id}::uuid)`] : []),
  ];
  const { rows } = await sql<StopView>`
    select t.id, t.version, t.starts_at as start, t.ends_at as "end", y.time_zone as "timeZone", y.id as "siteId",
      y.slug as "siteSlug", y.name as "siteName", y.telephone as "siteTelephone", t.place, t.address, t.aboard, c.name as commune,
      t.commune_code as "communeCode", t.lat, t.lon, y.how_to_come as "howToCome", y.accessibility,
      t.cancelled_at is not null as cancelled, t.cancel_reason as "cancelReason", t.demonstration,
      ${distance} as "distanceKm"
    from stop t join site y on y.id = t.site_id join commune c on c.code = t.commune_code
    where y.archived_at is null and ${sql.join(wanted, sql` and `)}
    order by t.starts_at, t.id limit ${query.limit}`.execute(ctx.db);
  return rows;
}

export type Choice = { slug: string; name: I18nText };

/** The lines and the sites one may choose from. */
export async function choices(ctx: Ctx): Promise<{ lines: Choice[]; sites: Choice[] }> {
  const [lines, sites] = await Promise.all([
    ctx.db.selectFrom('line').select(['slug', 'name']).orderBy('rank').execute(),
    ctx.db.selectFrom('site').select(['slug', 'name']).where('archived_at', 'is', null).orderBy('rank').execute(),
  ]);
  return { lines, sites };
}
