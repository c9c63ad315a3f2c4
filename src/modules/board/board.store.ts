import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';

export type BoardSite = {
  id: string;
  slug: string;
  name: I18nText;
  kind: string;
  time_zone: string;
  telephone: string | null;
};

/** A departure: what is taken, when, on which line. Never by whom: the hall is public. */
export type Departure = {
  kind: 'booking' | 'closure' | 'stop';
  starts_at: Date;
  ends_at: Date;
  name: I18nText;
  place: I18nText | null;
  letter: string | null;
  colour: string | null;
  line_name: I18nText | null;
  taken: number;
  units: number;
  closed: boolean;
};

/** The site that answers to a slug, or the first station when none is named. */
export async function findBoardSite(ctx: Ctx, slug?: string): Promise<BoardSite | undefined> {
  return ctx.db
    .selectFrom('site')
    .select(['id', 'slug', 'name', 'kind', 'time_zone', 'telephone'])
    .where('archived_at', 'is', null)
    .$if(slug !== undefined, (query) => query.where('slug', '=', slug!))
    .orderBy('rank')
    .orderBy('slug')
    .limit(1)
    .executeTakeFirst();
}

/** What is taken at a site and not over yet in a window, soonest first: bookings of one thing that start together make one row. */
export async function departures(ctx: Ctx, siteId: string, from: Date, to: Date, limit: number): Promise<Departure[]> {
  const { rows } = await sql<Departure>`
    with taken as (
      select 'booking' as kind, b.resource_id, b.starts_at, max(b.ends_at) as ends_at, count(*)::int as taken, '{}'::jsonb as reason
      from booking b join resource r on r.id = b.resource_id
      where r.site_id = ${siteId} and b.status in ('confirmed', 'checked_in') and b.starts_at < ${to} and b.ends_at > ${from}
        and b.starts_at > ${new Date(from.getTime() - 8 * 86_400_000)}
      group by b.resource_id, b.starts_at
      union all
      select 'closure', c.resource_id, c.starts_at, c.ends_at, 1, c.reason
      from closure c join resource r on r.id = c.resource_id
      where r.site_id = ${siteId} and c.lifted_at is null and c.starts_at < ${to} and c.ends_at > ${from}
    )
    select t.kind, t.starts_at, t.ends_at, t.taken, r.name, s.name as place, l.letter, l.colour, l.name as line_name,
      (select count(*)::int from unit u where u.resource_id = r.id and u.archived_at is null) as units, t.kind = 'closure' as closed
    from taken t join resource r on r.id = t.resource_id left join space s on s.id = r.space_id
      left join line l on l.id = coalesce(r.line_id, s.line_id)
    union all
    select 'stop', p.starts_at, p.ends_at, 1, v.name, jsonb_build_object('fr', k.name, 'nl', k.name, 'en', k.name), null, null, null,
      1, false
    from stop p join site v on v.id = p.site_id join commune k on k.code = p.commune_code
    where (p.site_id = ${siteId} or ${siteId}::uuid = (select id from site where archived_at is null order by rank limit 1))
      and p.cancelled_at is null and not p.draft and p.starts_at < ${to} and p.ends_at > ${from}
    order by 2, 3 limit ${limit}`.execute(ctx.db);
  return rows;
}
