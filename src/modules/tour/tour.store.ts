import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { activeBooking } from '../setup/index.ts';

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

/** The stops still to come. */
export const upcomingStops = (ctx: Ctx, siteId: string) =>
  ctx.db
    .selectFrom('stop as t')
    .innerJoin('commune as c', 'c.code', 't.commune_code')
    .select(['t.id', 't.place', 't.starts_at', 't.ends_at', 'c.name as commune'])
    .where('t.site_id', '=', siteId)
    .where('t.cancelled_at', 'is', null)
    .where('t.ends_at', '>', ctx.now)
    .orderBy('t.starts_at')
    .limit(400)
    .execute();

export type StopBooking = {
  reference: string;
  starts_at: Date;
  ends_at: Date;
  person: string;
  resource: object;
};

/** Who has booked on the bus while it stands somewhere. */
export async function bookingsAt(ctx: Ctx, siteId: string, stop: { starts_at: Date; ends_at: Date }) {
  const { rows } = await sql<StopBooking>`
    select b.reference, b.starts_at, b.ends_at, p.name as person, r.name as resource
    from resource r join booking b on b.resource_id = r.id join person p on p.id = b.person_id
    where r.site_id = ${siteId} and b.starts_at < ${stop.ends_at} and b.ends_at > ${stop.starts_at}
      and ${activeBooking(ctx)}
    order by b.starts_at, b.reference limit 200`.execute(ctx.db);
  return rows;
}

/** How many bookings each stop to come has. */
export async function bookingsByStop(ctx: Ctx, siteId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select t.id, count(*)::int as n
    from stop t join resource r on r.site_id = t.site_id
    join booking b on b.resource_id = r.id and b.starts_at < t.ends_at and b.ends_at > t.starts_at
    where t.site_id = ${siteId} and t.cancelled_at is null and t.ends_at > ${ctx.now} and ${activeBooking(ctx)}
    group by t.id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row.n]));
}
