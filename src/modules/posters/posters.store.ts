import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';

/** One date of a bus in a village, as anybody may read it. */
export type StopDate = {
  id: string;
  communeCode: string;
  commune: string;
  place: I18nText;
  address: string | null;
  aboard: string[];
  start: Date;
  end: Date;
  lat: number;
  lon: number;
  timeZone: string;
  site: I18nText;
  siteSlug: string;
  telephone: string | null;
};

/** Where buses will stand, drafts left out; in one commune where one is named. */
export async function datesAhead(ctx: Ctx, communeCode?: string): Promise<StopDate[]> {
  const { rows } = await sql<StopDate>`
    select t.id, t.commune_code as "communeCode", c.name as commune, t.place, t.address, t.aboard, t.starts_at as start,
      t.ends_at as "end", t.lat, t.lon, s.time_zone as "timeZone", s.name as site, s.slug as "siteSlug", s.telephone
    from stop t join site s on s.id = t.site_id join commune c on c.code = t.commune_code
    where t.cancelled_at is null and not t.draft and s.archived_at is null and t.ends_at > ${ctx.now}
      and (${communeCode ?? null}::text is null or t.commune_code = ${communeCode ?? null})
    order by t.starts_at, t.id limit 400`.execute(ctx.db);
  return rows;
}

/** The name of a commune; undefined when there is none. */
export const communeName = async (ctx: Ctx, code: string): Promise<string | undefined> =>
  (await ctx.db.selectFrom('commune').select('name').where('code', '=', code).executeTakeFirst())?.name;
