import { sql } from 'kysely';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { locales } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { later } from '../../core/outbox.ts';
import { movedWithTheirPlace } from '../sessions/index.ts';
import type { Bus } from './stops.ts';
import { tourMessages } from './tour.messages.ts';
import { bookingsAt, registeredAt, type StopBooking, sessionsAt } from './tour.store.ts';

export type MovedStop = { id: string; starts_at: Date; ends_at: Date };

/**
 * Tells those who count on stops that the bus stands on another square: by mail with a later version for their calendar, or by
 * the call list. Whoever changes the stop has seen how many they are, and says that they may be told.
 */
export async function tellPlace(inside: Ctx, bus: Bus, stops: readonly MovedStop[], seen: boolean): Promise<void> {
  const bookings: StopBooking[] = [];
  const persons = new Map<string, boolean>();
  for (const stop of stops) {
    const own = await bookingsAt(inside, bus.id, stop);
    bookings.push(...own);
    for (const one of [...own, ...(await registeredAt(inside, stop.id))]) persons.set(one.person_id, one.mail);
  }
  if (persons.size > 0 && !seen) {
    const mail = [...persons.values()].filter(Boolean).length;
    throw new Refusal('tour.place', 'conflict', { field: 'tell', mail, call: persons.size - mail });
  }
  await tellBookings(inside, bus, bookings);
  const reason = Object.fromEntries(locales.map((locale) => [locale, tourMessages[locale].placeMoved]));
  await movedWithTheirPlace(
    inside,
    await sessionsAt(
      inside,
      stops.map((stop) => stop.id),
    ),
    reason,
  );
}

async function tellBookings(inside: Ctx, bus: Bus, bookings: readonly StopBooking[]): Promise<void> {
  if (bookings.length === 0) return;
  const ids = bookings.map((one) => one.id);
  await sql`update booking set version = version + 1 where id = any(${ids}::uuid[])`.execute(inside.db);
  await sql`delete from call where kind = 'moved' and done_at is null and booking_id = any(${ids}::uuid[])`.execute(
    inside.db,
  );
  const reasonFor = (one: StopBooking) => tourMessages[one.language].placeMoved;
  await later(
    inside,
    ...bookings
      .filter((one) => one.mail)
      .map((one) => ({ topic: 'booking.moved', payload: { bookingId: one.id, reason: reasonFor(one) } })),
  );
  const called = bookings.filter((one) => !one.mail && !one.demonstration);
  if (called.length > 0) {
    const due_day = dayOf(inside.now, bus.time_zone);
    const rows = called.map((one) => ({ id: newId(), booking_id: one.id, due_day, kind: 'moved' as const }));
    await inside.db.insertInto('call').values(rows).execute();
  }
  await record(
    inside,
    ...bookings.map((one) => ({
      kind: 'booking.moved',
      subjectKind: 'booking',
      subjectId: one.id,
      onBehalfOf: one.person_id,
      reason: reasonFor(one),
      data: { site: bus.id },
    })),
  );
}
