import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { SiteKind } from '../../core/schema.ts';

/** When each of these last changed, as the journal tells it; those it does not know are left out. */
export async function lastChanges(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; at: Date }>`
    select subject_id as id, max(recorded_at) as at from journal
    where subject_id = any(${[...ids]}::uuid[]) and subject_kind = any(${['session', 'stop']}::text[])
    group by subject_id`.execute(ctx.db);
  return new Map(rows.map(({ id, at }) => [id, at]));
}

export type HelpingSite = {
  id: string;
  slug: string;
  kind: SiteKind;
  name: I18nText;
  summary: I18nText;
  address: string | null;
  lat: number | null;
  lon: number | null;
  telephone: string | null;
  email: string | null;
  accessibility: I18nText;
  closedOnHolidays: boolean;
  demonstration: boolean;
  version: number;
  commune: string | null;
  communeCode: string | null;
  postcodes: string[];
  country: string;
  /** What one can do there: the keys that the search knows. */
  needs: string[];
  /** Whether something there costs nothing, and something does. */
  free: boolean;
  paid: boolean;
  /** Whether people gather there to learn, these last and next months. */
  workshops: boolean;
  changedAt: Date | null;
};

const aroundDays = 90;

/** The sites in use with all that the national schema asks of a place. */
export async function helpingSites(ctx: Ctx): Promise<HelpingSite[]> {
  const { rows } = await sql<HelpingSite>`
    select s.id, s.slug, s.kind, s.name, s.summary, s.address, coalesce(s.lat, c.lat) as lat, coalesce(s.lon, c.lon) as lon,
      s.telephone, s.email, s.accessibility, s.closed_on_holidays as "closedOnHolidays", s.demonstration, s.version,
      c.name as commune, s.commune_code as "communeCode", coalesce(c.postcodes, '{}') as postcodes,
      coalesce(c.country, ${ctx.territory.country}::text) as country,
      coalesce((select array_agg(distinct n.need) from resource r cross join unnest(r.needs) n (need)
        where r.site_id = s.id and r.archived_at is null), '{}') as needs,
      exists (select from resource r where r.site_id = s.id and r.archived_at is null and r.price_kind = 'free') as free,
      exists (select from resource r where r.site_id = s.id and r.archived_at is null and r.price_kind = 'amount') as paid,
      exists (select from session w where w.site_id = s.id and w.status = 'published'
        and w.kind = any(${['workshop', 'training']}::text[])
        and w.starts_at > ${new Date(ctx.now.getTime() - aroundDays * 86_400_000)}
        and w.starts_at < ${new Date(ctx.now.getTime() + aroundDays * 86_400_000)}) as workshops,
      (select max(j.recorded_at) from journal j where j.subject_id = s.id) as "changedAt"
    from site s left join commune c on c.code = s.commune_code
    where s.archived_at is null order by s.rank, s.slug`.execute(ctx.db);
  return rows;
}

export type WeekRule = { siteId: string; weekday: number; opens: number; closes: number };

/** The weekly hours of sites that hold on a day. */
export async function weekRules(ctx: Ctx, siteIds: readonly string[], day: string): Promise<WeekRule[]> {
  const { rows } = await sql<WeekRule>`
    select o.site_id as "siteId", o.weekday, o.opens, o.closes from opening_rule o
    where o.site_id = any(${[...siteIds]}::uuid[])
      and (o.valid_from is null or o.valid_from <= ${day}::date) and (o.valid_to is null or o.valid_to >= ${day}::date)
    order by o.site_id, o.weekday, o.opens`.execute(ctx.db);
  return rows;
}
