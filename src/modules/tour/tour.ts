import { sql } from 'kysely';
import { z } from 'zod';
import { addDays, instantAt } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { type Locale, locales } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { day, localTime, optionalText, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { closeForOutage, liftClosure, lockThings } from '../booking/index.ts';
import {
  changedKeys,
  claim,
  communeOf,
  i18nFields,
  mustRunSite,
  optionalDecimal,
  optionalWhole,
  rangeOf,
  refuseField,
  textFrom,
  version,
} from '../setup/index.ts';
import { tourMessages } from './tour.messages.ts';
import { bookingsAt, readStop } from './tour.store.ts';

export const stopInput = (main: Locale) =>
  z.object({
    version: version.optional(),
    commune: text(120),
    commune_code: optionalText(20),
    ...i18nFields('place', 160, main),
    address: optionalText(200),
    lat: optionalDecimal(-90, 90),
    lon: optionalDecimal(-180, 180),
    day,
    from: localTime,
    to: localTime,
    /** Weeks from one stop to the next, and how many stops in all. */
    every: z.enum(['0', '1', '2']).optional(),
    times: optionalWhole(1, 60),
  });
export type StopInput = z.output<ReturnType<typeof stopInput>>;
export type Bus = { id: string; time_zone: string };

async function columnsOf(ctx: Ctx, bus: Bus, input: StopInput, on: string) {
  const commune = await communeOf(ctx, input.commune, input.commune_code);
  const point = input.lat === undefined || input.lon === undefined ? commune : { lat: input.lat, lon: input.lon };
  const range = rangeOf(input.from, input.to);
  return {
    commune_code: commune.code,
    place: textFrom(input, 'place'),
    address: input.address ?? null,
    lat: point.lat,
    lon: point.lon,
    starts_at: instantAt(on, range.opens, bus.time_zone),
    ends_at: instantAt(on, range.closes, bus.time_zone),
  };
}

/** Adds a stop to the tour, once or every week or two; all of them, or none. Returns how many. */
export function addStops(ctx: Ctx, bus: Bus, input: StopInput): Promise<number> {
  mustRunSite(ctx, bus.id);
  const every = Number(input.every ?? '0');
  const times = every === 0 ? 1 : (input.times ?? 1);
  const days = Array.from({ length: times }, (_, i) => addDays(input.day, i * every * 7));
  return atomically(ctx, async (inside) => {
    await lockTour(inside, bus);
    for (const on of days) {
      const values = await columnsOf(inside, bus, input, on);
      if (values.ends_at <= ctx.now) throw refuseField('day', 'setup.day_past');
      await refuseMeeting(inside, bus, values);
      const id = newId();
      await inside.db
        .insertInto('stop')
        .values({ id, site_id: bus.id, ...values, place: JSON.stringify(values.place) })
        .execute();
      await record(inside, { kind: 'stop.added', subjectKind: 'stop', subjectId: id, data: { siteId: bus.id } });
    }
    return days.length;
  });
}

/** Changes one stop. Its hours may not leave out somebody who has booked. */
export function editStop(ctx: Ctx, bus: Bus, stopId: string, input: StopInput): Promise<void> {
  mustRunSite(ctx, bus.id);
  return atomically(ctx, async (inside) => {
    await lockTour(inside, bus);
    const before = await readStop(inside, bus.id, stopId);
    await claim(inside, 'stop', stopId, input.version ?? 0);
    const after = await columnsOf(inside, bus, input, input.day);
    await refuseMeeting(inside, bus, after, stopId);
    const booked = await bookingsAt(inside, bus.id, before);
    const elsewhere = before.commune_code !== after.commune_code;
    const left = booked.filter((one) => elsewhere || one.starts_at < after.starts_at || one.ends_at > after.ends_at);
    if (left.length > 0) throw stopBooked(left);
    await inside.db
      .updateTable('stop')
      .set({ ...after, place: JSON.stringify(after.place) })
      .where('id', '=', stopId)
      .execute();
    const data = { siteId: bus.id, changed: changedKeys(before, after) };
    await record(inside, { kind: 'stop.changed', subjectKind: 'stop', subjectId: stopId, data });
  });
}

/**
 * Cancels one stop. `told` is how many bookings the person saw on it: when there are others by now it is refused, so that nobody
 * is dropped unseen. Those who had booked are told, and keep a right to an equivalent.
 */
export function cancelStop(ctx: Ctx, bus: Bus, stopId: string, seen: { version: number; told: number }): Promise<void> {
  mustRunSite(ctx, bus.id);
  return atomically(ctx, async (inside) => {
    await lockTour(inside, bus);
    const stop = await readStop(inside, bus.id, stopId);
    await claim(inside, 'stop', stopId, seen.version);
    const booked = await bookingsAt(inside, bus.id, stop);
    if (booked.length !== seen.told) throw stopBooked(booked);
    await inside.db.updateTable('stop').set({ cancelled_at: ctx.now }).where('id', '=', stopId).execute();
    if (booked.length > 0) await displaceAll(inside, bus, stop);
    await record(inside, {
      kind: 'stop.cancelled',
      subjectKind: 'stop',
      subjectId: stopId,
      data: { siteId: bus.id, displaced: booked.length },
    });
  });
}

/** Displaces as an outage does; the bus itself is not out of order, so the closing is lifted at once. */
async function displaceAll(ctx: Ctx, bus: Bus, stop: { starts_at: Date; ends_at: Date }): Promise<void> {
  // What another thing contains is closed with it.
  const { rows } = await sql<{ id: string }>`
    select r.id from resource r where r.site_id = ${bus.id} and r.archived_at is null
      and not exists (
        select from resource_content c join resource o on o.id = c.container_id and o.archived_at is null
        where c.content_id = r.id
      ) order by r.id`.execute(ctx.db);
  const reason = Object.fromEntries(locales.map((locale) => [locale, tourMessages[locale].stopCancelReason]));
  for (const { id } of rows) {
    const { closureId } = await closeForOutage(ctx, {
      resourceId: id,
      start: stop.starts_at,
      end: stop.ends_at,
      reason,
    });
    await liftClosure(ctx, { closureId });
  }
}

const stopBooked = (booked: readonly { reference: string }[]): Refusal =>
  new Refusal('tour.booked', 'conflict', {
    bookings: booked.length,
    references: booked.map((one) => one.reference).join(', '),
  });

/** No booking on the bus slips in between the look and the change. */
async function lockTour(ctx: Ctx, bus: Bus): Promise<void> {
  const things = await ctx.db.selectFrom('resource').select('id').where('site_id', '=', bus.id).execute();
  await lockThings(
    ctx,
    things.map((row) => row.id),
  );
  await ctx.db.selectFrom('site').select('id').where('id', '=', bus.id).forUpdate().execute();
}

async function refuseMeeting(ctx: Ctx, bus: Bus, span: { starts_at: Date; ends_at: Date }, except?: string) {
  const other = await ctx.db
    .selectFrom('stop')
    .select('starts_at')
    .where('site_id', '=', bus.id)
    .where('cancelled_at', 'is', null)
    .where('starts_at', '<', span.ends_at)
    .where('ends_at', '>', span.starts_at)
    .$if(except !== undefined, (query) => query.where('id', '!=', except!))
    .orderBy('starts_at')
    .executeTakeFirst();
  if (other) throw new Refusal('tour.meets', 'conflict', { at: other.starts_at, field: 'day' });
}
