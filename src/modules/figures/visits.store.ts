import { sql } from 'kysely';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { AgeBand } from '../../core/schema.ts';
import { type EvidenceSite, monthSpan } from '../evidence/index.ts';

/** Somebody counted outside any session: at the door, at the bus. */
export type Visit = {
  at: Date;
  service: { slug: string; name: I18nText } | null;
  /** Where the bus stood. */
  stop: string | null;
  band: AgeBand;
};

const ofMonth = (site: EvidenceSite, month: string) => {
  const { first, next } = monthSpan(month);
  return sql`v.site_id = ${site.id} and v.session_id is null and v.withdrawn_at is null
    and v.occurred_at >= ${instantOf(first, '00:00', site.timeZone)}
    and v.occurred_at < ${instantOf(next, '00:00', site.timeZone)}`;
};

/** Visits of a month counted outside any session, one row each. */
export async function visitsOf(ctx: Ctx, site: EvidenceSite, month: string): Promise<Visit[]> {
  const { rows } = await sql<Visit>`
    select v.occurred_at as at, case when l.id is not null then json_build_object('slug', l.slug, 'name', l.name) end as service,
      c.name as stop, coalesce(v.age_band, 'unsaid') as band
    from visit v left join line l on l.id = v.line_id left join stop s on s.id = v.stop_id
      left join commune c on c.code = s.commune_code
    where ${ofMonth(site, month)} order by v.occurred_at, v.id`.execute(ctx.db);
  return rows;
}

export type VisitCount = { service: Visit['service']; count: number };

/** How many they were, by service. */
export async function visitCounts(ctx: Ctx, site: EvidenceSite, month: string): Promise<VisitCount[]> {
  const { rows } = await sql<VisitCount>`
    select case when l.id is not null then json_build_object('slug', l.slug, 'name', l.name) end as service, g.count
    from (select v.line_id, count(*)::int as count from visit v where ${ofMonth(site, month)} group by v.line_id) g
      left join line l on l.id = g.line_id`.execute(ctx.db);
  return rows;
}
