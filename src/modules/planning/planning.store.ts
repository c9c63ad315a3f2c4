import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { BookingStatus, SiteKind } from '../../core/schema.ts';

export type PlannedSite = {
  id: string;
  slug: string;
  name: I18nText;
  kind: SiteKind;
  time_zone: string;
  telephone: string | null;
};

export type PlannedResource = {
  id: string;
  slug: string;
  name: I18nText;
  space: I18nText | null;
  units: number;
  step_minutes: number;
  letter: string | null;
  colour: string | null;
};

/** What lies on the planning: a booking, or a closure (then without person and reference). */
export type PlannedTaken = {
  id: string;
  resource_id: string;
  kind: 'booking' | 'closure';
  start: Date;
  end: Date;
  status: BookingStatus | null;
  reference: string | null;
  version: number | null;
  people: number | null;
  person: string | null;
  organisation: string | null;
  note: I18nText | string | null;
};

/** The site of a planning by its slug. */
export const findPlannedSite = (ctx: Ctx, slug: string): Promise<PlannedSite | undefined> =>
  ctx.db
    .selectFrom('site')
    .select(['id', 'slug', 'name', 'kind', 'time_zone', 'telephone'])
    .where('slug', '=', slug)
    .where('archived_at', 'is', null)
    .executeTakeFirst();

/** What can be booked at a site, in the order of its spaces. */
export async function plannedResources(ctx: Ctx, siteId: string): Promise<PlannedResource[]> {
  const { rows } = await sql<PlannedResource>`
    select r.id, r.slug, r.name, s.name as space, r.step_minutes, l.letter, l.colour,
      (select count(*)::int from unit u where u.resource_id = r.id and u.archived_at is null) as units
    from resource r left join space s on s.id = r.space_id left join line l on l.id = coalesce(r.line_id, s.line_id)
    where r.site_id = ${siteId} and r.archived_at is null
    order by l.rank nulls last, s.rank nulls last, r.rank, r.slug`.execute(ctx.db);
  return rows;
}

/** What is taken at a site during a span: bookings that stand, dead holds left out, and closures not lifted. */
export async function plannedTaken(ctx: Ctx, siteId: string, from: Date, to: Date): Promise<PlannedTaken[]> {
  // A booking lasts a few days at most: bounding its start lets the index on (resource, start) answer.
  const earliest = new Date(from.getTime() - 15 * 86_400_000);
  const { rows } = await sql<PlannedTaken>`
    select b.id, b.resource_id, 'booking' as kind, b.starts_at as start, b.ends_at as "end", b.status, b.reference, b.version, b.people,
      p.name as person, o.name as organisation, to_jsonb(b.purpose) as note
    from resource r join booking b on b.resource_id = r.id join person p on p.id = b.person_id
      left join organisation o on o.id = b.organisation_id
    where r.site_id = ${siteId} and b.starts_at < ${to} and b.starts_at > ${earliest} and b.ends_at > ${from}
      and b.status in ('requested', 'held', 'confirmed', 'checked_in', 'no_show')
      and (b.hold_expires_at is null or b.status <> 'held' or b.hold_expires_at > ${ctx.now})
    union all
    select c.id, c.resource_id, 'closure', c.starts_at, c.ends_at, null, null, null, null, null, null, c.reason
    from resource r join closure c on c.resource_id = r.id
    where r.site_id = ${siteId} and c.lifted_at is null and c.starts_at < ${to} and c.ends_at > ${from}
    order by 4`.execute(ctx.db);
  return rows;
}
