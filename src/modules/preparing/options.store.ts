import { sql } from 'kysely';
import { sitesWith } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import { type Bookable, bookablesOf } from '../desk/index.ts';
import { allLines } from '../setup/index.ts';

type Named = { id: string; name: string };

/** What one may choose from when a session of a site is planned. */
export type Options = {
  rooms: Bookable[];
  lines: { id: string; letter: string; name: I18nText }[];
  stops: { id: string; place: I18nText; commune: string; start: Date; end: Date }[];
  leaders: Named[];
  groups: { id: string; name: I18nText }[];
  organisations: Named[];
  /** Whose public holidays the site keeps. */
  country: string;
};

const most = 300;

/** The stops to come of the buses whose team one is. */
async function stopsOf(ctx: Ctx): Promise<Options['stops']> {
  const sites = sitesWith(ctx.actor, 'team');
  const { rows } = await sql<Options['stops'][number]>`
    select t.id, t.place, c.name as commune, t.starts_at as start, t.ends_at as "end"
    from stop t join commune c on c.code = t.commune_code
    where t.ends_at > ${ctx.now} and t.cancelled_at is null and not t.draft
      and (${sites === null} or t.site_id = any(${sites ?? []}::uuid[]))
    order by t.starts_at, t.id limit 100`.execute(ctx.db);
  return rows;
}

/** Who may lead: the team of the site, and those whose time is given there. */
async function leadersOf(ctx: Ctx, siteId: string): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select p.id, p.name from person p where p.erased_at is null and p.merged_into is null and (
      exists (select from helper h where h.person_id = p.id and h.archived_at is null)
      or exists (select from role_grant g where g.person_id = p.id and g.role in ('team', 'administrator')
        and (g.site_id is null or g.site_id = ${siteId}) and g.revoked_at is null
        and (g.expires_at is null or g.expires_at > ${ctx.now})))
    order by p.name, p.id limit ${most}`.execute(ctx.db);
  return rows;
}

/** The country of the site's commune, else the territory's. */
async function countryOf(ctx: Ctx, siteId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('site as s')
    .innerJoin('commune as c', 'c.code', 's.commune_code')
    .select('c.country')
    .where('s.id', '=', siteId)
    .executeTakeFirst();
  return row?.country ?? ctx.territory.country;
}

/** All that a session of a site may be made of. */
export async function readOptions(ctx: Ctx, siteId: string): Promise<Options> {
  const [rooms, lines, stops, leaders, groups, organisations, country] = await Promise.all([
    bookablesOf(ctx, siteId),
    allLines(ctx),
    stopsOf(ctx),
    leadersOf(ctx, siteId),
    ctx.db.selectFrom('person_group').select(['id', 'name']).orderBy('slug').limit(most).execute(),
    ctx.db.selectFrom('organisation').select(['id', 'name']).orderBy('name').limit(most).execute(),
    countryOf(ctx, siteId),
  ]);
  return { rooms, lines, stops, leaders, groups, organisations, country };
}
