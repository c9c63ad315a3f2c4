import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { I18nText, Locale } from '../../core/i18n.ts';
import { activeBooking } from '../setup/index.ts';
import type { Placed } from './tour.rules.ts';

/** One stop of a bus; 404 when it is cancelled or another's. */
export async function readStop(ctx: Ctx, siteId: string, id: string) {
  const stop = await ctx.db
    .selectFrom('stop as t')
    .innerJoin('commune as c', 'c.code', 't.commune_code')
    .selectAll('t')
    .select(['c.name as commune', 'c.postcodes'])
    .where('t.id', '=', id)
    .where('t.site_id', '=', siteId)
    .where('t.cancelled_at', 'is', null)
    .executeTakeFirst();
  if (!stop) throw notFound();
  return stop;
}
export type StopRow = Awaited<ReturnType<typeof readStop>>;

/** A bus by its slug, whoever asks. */
export async function readBus(ctx: Ctx, slug: string) {
  const bus = await ctx.db
    .selectFrom('site')
    .select(['id', 'slug', 'name', 'time_zone', 'telephone'])
    .where('slug', '=', slug)
    .where('kind', '=', 'mobile')
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  if (!bus) throw notFound();
  return bus;
}
export type BusRow = Awaited<ReturnType<typeof readBus>>;

/** The stops still to come, drafts among them. */
export const upcomingStops = (ctx: Ctx, siteId: string) =>
  ctx.db
    .selectFrom('stop as t')
    .innerJoin('commune as c', 'c.code', 't.commune_code')
    .select(['t.id', 't.place', 't.starts_at', 't.ends_at', 't.lat', 't.lon', 't.aboard', 't.draft', 't.series_id'])
    .select('c.name as commune')
    .where('t.site_id', '=', siteId)
    .where('t.cancelled_at', 'is', null)
    .where('t.ends_at', '>', ctx.now)
    .orderBy('t.starts_at')
    .limit(400)
    .execute();

/** The other stops near a span in time: those a stop of that span might not go with. */
export async function stopsAround(ctx: Ctx, siteId: string, { start, end }: Pick<Placed, 'start' | 'end'>) {
  const day = 86_400_000;
  const { rows } = await sql<Placed>`
    select id, starts_at as start, ends_at as "end", lat, lon from stop
    where site_id = ${siteId} and cancelled_at is null and starts_at < ${new Date(end.getTime() + day)}
      and ends_at > ${new Date(start.getTime() - day)} order by starts_at`.execute(ctx.db);
  return rows;
}

/** The stops of a series still to come, locked. */
export const seriesStops = (ctx: Ctx, seriesId: string, from: Date | undefined) =>
  ctx.db
    .selectFrom('stop')
    .selectAll()
    .where('series_id', '=', seriesId)
    .where('cancelled_at', 'is', null)
    .where('ends_at', '>', ctx.now)
    .$if(from !== undefined, (query) => query.where('starts_at', '>=', from!))
    .orderBy('starts_at')
    .forUpdate()
    .execute();

/** The stops of a series still to come, or those from one on; nothing is locked. */
export async function seriesOf(ctx: Ctx, seriesId: string, from: Date | undefined): Promise<StopRow[]> {
  return ctx.db
    .selectFrom('stop as t')
    .innerJoin('commune as c', 'c.code', 't.commune_code')
    .selectAll('t')
    .select(['c.name as commune', 'c.postcodes'])
    .where('t.series_id', '=', seriesId)
    .where('t.cancelled_at', 'is', null)
    .where('t.ends_at', '>', ctx.now)
    .$if(from !== undefined, (query) => query.where('t.starts_at', '>=', from!))
    .orderBy('t.starts_at')
    .execute();
}

export type StopBooking = {
  id: string;
  person_id: string;
  language: Locale;
  demonstration: boolean;
  reference: string;
  starts_at: Date;
  ends_at: Date;
  person: string;
  resource: I18nText;
  mail: boolean;
};

/** Who has booked on the bus while it stands somewhere. */
export async function bookingsAt(ctx: Ctx, siteId: string, stop: { starts_at: Date; ends_at: Date }) {
  const { rows } = await sql<StopBooking>`
    select b.id, b.person_id, b.language, b.demonstration, b.reference, b.starts_at, b.ends_at, p.name as person,
      r.name as resource, p.email is not null as mail
    from resource r join booking b on b.resource_id = r.id join person p on p.id = b.person_id
    where r.site_id = ${siteId} and b.starts_at < ${stop.ends_at} and b.ends_at > ${stop.starts_at}
      and b.ends_at > ${ctx.now} and ${activeBooking(ctx)}
    order by b.starts_at, b.reference limit 200`.execute(ctx.db);
  return rows;
}

export type StopPerson = {
  sessionId: string;
  person_id: string;
  reference: string;
  person: string;
  mail: boolean;
  places: number;
};

/** Who is registered for what happens at a stop. */
export async function registeredAt(ctx: Ctx, stopId: string): Promise<StopPerson[]> {
  const { rows } = await sql<StopPerson>`
    select s.id as "sessionId", g.person_id, g.reference, p.name as person, p.email is not null as mail, g.places
    from session s join registration g on g.session_id = s.id join person p on p.id = g.person_id
    where s.stop_id = ${stopId} and s.status in ('published', 'postponed') and s.ends_at > ${ctx.now}
      and g.status in ('registered', 'waiting', 'offered', 'invited')
    order by s.starts_at, g.created_at, g.id limit 1000`.execute(ctx.db);
  return rows;
}

/** The sessions planned at these stops, drafts among them, that are not over. */
export async function sessionsAt(ctx: Ctx, stopIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from session where stop_id = any(${[...stopIds]}::uuid[]) and status <> 'cancelled' and ends_at > ${ctx.now}
    order by starts_at, id`.execute(ctx.db);
  return rows.map((row) => row.id);
}

/** How many bookings and registrations each stop to come has. */
export async function countsByStop(ctx: Ctx, siteId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select t.id, ((select count(*) from resource r join booking b on b.resource_id = r.id
        and b.starts_at < t.ends_at and b.ends_at > t.starts_at where r.site_id = t.site_id and ${activeBooking(ctx)})
      + (select count(*) from session s join registration g on g.session_id = s.id
        where s.stop_id = t.id and s.status <> 'cancelled' and g.status in ('registered', 'waiting', 'offered')))::int as n
    from stop t where t.site_id = ${siteId} and t.cancelled_at is null and t.ends_at > ${ctx.now}`.execute(ctx.db);
  return new Map(rows.filter((row) => row.n > 0).map((row) => [row.id, row.n]));
}
