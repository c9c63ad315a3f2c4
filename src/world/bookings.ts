import { addDays, addMinutes, dayOf, instantAt, weekdayOf } from '../core/clock.ts';
import type { Db } from '../core/db.ts';
import { newId, newReference } from '../core/ids.ts';
import { type PlannedBooking, planBookings } from './bookings.plan.ts';
import type { LoadedPeople } from './load-people.ts';
import type { LoadedPlaces } from './load-places.ts';
import { type World, WorldError } from './world.files.ts';

const defaultReleaseMinutes = 15;

/** Writes who comes when, around `now`: bookings with what they hold, the calls to make, the team's notes, the visits counted. */
export async function loadBookings(
  db: Db,
  now: Date,
  world: World,
  places: LoadedPlaces,
  people: LoadedPeople,
): Promise<void> {
  const planned = planBookings(world.bookings, places, now);
  const bookings = planned.map((one, index) => bookingRow(one, index, now, people));
  if (bookings.length > 0) {
    await db.insertInto('booking').values(bookings).execute();
    await holdUnits(db, planned, bookings);
    await writeJournal(db, bookings, now);
    await writeCalls(db, bookings, now, places, people);
  }
  await writeNotes(db, now, world, places, people);
  await writeVisits(db, now, world, places);
}

type BookingRow = ReturnType<typeof bookingRow>;

function bookingRow(one: PlannedBooking, index: number, now: Date, people: LoadedPeople) {
  const { entry, resource, status, start, end } = one;
  const person = people.people.get(entry.person);
  if (!person) throw new WorldError(`bookings.json: there is no person "${entry.person}"`);
  const organisation = entry.organisation ? people.organisations.get(entry.organisation) : undefined;
  if (entry.organisation && !organisation)
    throw new WorldError(`bookings.json: there is no organisation "${entry.organisation}"`);
  // Booked a few days before, at an hour that changes from one to the next.
  const wished = addMinutes(start, -((index % 6) + 1) * 24 * 60 - (index % 7) * 17);
  const created = wished < now ? wished : addMinutes(now, -((index % 30) + 1) * 60);
  const checkIn = resource.rules.checkIn ?? false;
  const arrived = status === 'checked_in';
  return {
    id: newId(),
    reference: newReference(),
    resource_id: resource.id,
    person_id: person.id,
    organisation_id: organisation ?? null,
    status,
    starts_at: start,
    ends_at: end,
    people: entry.people,
    purpose: entry.purpose ?? null,
    language: person.language,
    channel: 'demonstration' as const,
    created_at: created,
    confirmed_at: status === 'requested' ? null : created,
    checked_in_at: arrived ? addMinutes(start, index % 5) : null,
    cancelled_at: status === 'cancelled' ? addMinutes(created, 45) : null,
    check_in_required: checkIn,
    release_at:
      status === 'confirmed' && checkIn
        ? addMinutes(start, resource.rules.releaseMinutes ?? defaultReleaseMinutes)
        : null,
    demonstration: true,
  };
}

async function holdUnits(db: Db, planned: readonly PlannedBooking[], bookings: readonly BookingRow[]): Promise<void> {
  const claims = planned.flatMap((one, index) =>
    one.units.map((unit) => ({
      id: newId(),
      unit_id: unit,
      during: `[${one.start.toISOString()},${addMinutes(one.end, one.gapMinutes).toISOString()})`,
      cause_kind: 'booking' as const,
      cause_id: bookings[index]!.id,
      // Whoever is there stays where they are.
      fixed: one.status === 'checked_in',
    })),
  );
  if (claims.length > 0) await db.insertInto('allocation').values(claims).execute();
}

async function writeJournal(db: Db, bookings: readonly BookingRow[], now: Date): Promise<void> {
  const entries = bookings.flatMap((booking) => {
    const line = (kind: string, at: Date) => ({
      id: newId(),
      occurred_at: at,
      recorded_at: at < now ? at : now,
      actor_id: booking.person_id,
      kind,
      subject_kind: 'booking',
      subject_id: booking.id,
      data: '{}',
    });
    return [
      line(booking.status === 'requested' ? 'booking.requested' : 'booking.confirmed', booking.created_at),
      ...(booking.checked_in_at ? [line('booking.checked_in', booking.checked_in_at)] : []),
      ...(booking.cancelled_at ? [line('booking.cancelled', booking.cancelled_at)] : []),
    ];
  });
  await db.insertInto('journal').values(entries).execute();
}

/** Whoever has no e-mail is telephoned the day before. */
async function writeCalls(
  db: Db,
  bookings: readonly BookingRow[],
  now: Date,
  places: LoadedPlaces,
  people: LoadedPeople,
): Promise<void> {
  const today = dayOf(now, places.timeZone);
  const unreachable = new Set([...people.people.values()].filter((one) => !one.hasEmail).map((one) => one.id));
  const calls = bookings
    .filter((one) => one.status === 'confirmed' && one.starts_at > now && unreachable.has(one.person_id))
    .map((one) => ({ id: newId(), booking_id: one.id, eve: addDays(dayOf(one.starts_at, places.timeZone), -1) }))
    .filter((call) => call.eve >= today)
    .map(({ eve, ...call }) => ({ ...call, due_day: eve }));
  if (calls.length > 0) await db.insertInto('call').values(calls).execute();
}

async function writeNotes(db: Db, now: Date, world: World, places: LoadedPlaces, people: LoadedPeople): Promise<void> {
  const today = dayOf(now, places.timeZone);
  const notes = world.bookings.notes.map((note) => {
    const siteId = places.sites.get(note.site);
    const author = people.people.get(note.author);
    if (!siteId || !author)
      throw new WorldError(`bookings.json: the note "${note.body}" names no known site or person`);
    const day = addDays(today, note.around);
    return {
      id: newId(),
      site_id: siteId,
      day,
      body: note.body,
      author_id: author.id,
      created_at: addMinutes(now, -60),
    };
  });
  if (notes.length > 0) await db.insertInto('day_note').values(notes).execute();
}

/** Visits of the two weeks past, more on some days than on others, always the same for the same day. */
async function writeVisits(db: Db, now: Date, world: World, places: LoadedPlaces): Promise<void> {
  const today = dayOf(now, places.timeZone);
  const rows = world.bookings.visits.flatMap(({ site, line, perDay }) => {
    const siteId = places.sites.get(site);
    const lineId = places.lines.get(line);
    if (!siteId || !lineId) throw new WorldError(`bookings.json: visits: no site "${site}" or line "${line}"`);
    return Array.from({ length: 14 }, (_, back) => addDays(today, back - 14)).flatMap((day) => {
      if (weekdayOf(day) === 7) return [];
      const count = Math.max(1, perDay + ((Number(day.slice(8)) * 3) % 5) - 2);
      return Array.from({ length: count }, (_, n) => ({
        id: newId(),
        site_id: siteId,
        line_id: lineId,
        occurred_at: instantAt(day, 9 * 60 + Math.round(((n + 0.5) * 8 * 60) / count), places.timeZone),
      }));
    });
  });
  if (rows.length > 0) await db.insertInto('visit').values(rows).execute();
}
