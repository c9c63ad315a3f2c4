import {
  addDays,
  addMinutes,
  type Day,
  dayOf,
  instantAt,
  minute,
  mondayOf,
  type Span,
  weekdayOf,
} from '../core/clock.ts';
import type { BookingStatus } from '../core/schema.ts';
import { holidaysOf } from '../modules/finding/index.ts';
import { parseHours, weekdayNumber } from './hours.ts';
import type { LoadedPlaces, LoadedResource } from './load-places.ts';
import { WorldError } from './world.files.ts';
import type { BookingsFile } from './world.schema.ts';

type Entry = BookingsFile['bookings'][number];

/** A booking of the demonstration, with the units it holds; none when it holds nothing any more. */
export type PlannedBooking = Span & {
  entry: Entry;
  resource: LoadedResource;
  status: BookingStatus;
  units: string[];
  /** The gap kept after it: the longer of what follows one booking and precedes the next. */
  gapMinutes: number;
};

/** Who comes when, as a function of the instant given: no two hold the same unit at once, nothing stands outside opening hours. */
export function planBookings(file: BookingsFile, places: LoadedPlaces, now: Date): PlannedBooking[] {
  const held = new Map<string, Span[]>();
  const planned: PlannedBooking[] = [];
  for (const entry of file.bookings) {
    const resource = places.resources.get(entry.resource);
    if (!resource) throw new WorldError(`bookings.json: there is no resource "${entry.resource}"`);
    for (const { day, week } of daysOf(entry, resource, places, now)) {
      const booking = place(entry, resource, places, held, { day, week, now });
      if (booking) planned.push(booking);
    }
  }
  return planned.sort((a, b) => a.start.getTime() - b.start.getTime());
}

type Dated = { day: Day; week: number };

function daysOf(entry: Entry, resource: LoadedResource, places: LoadedPlaces, now: Date): Dated[] {
  const today = dayOf(now, places.timeZone);
  if (entry.days) {
    const weeks = entry.weeks ?? [-2, -1, 0, 1, 2, 3];
    return weeks.flatMap((week) =>
      entry.days!.map((day) => ({ week, day: addDays(mondayOf(today), week * 7 + weekdayNumber(day) - 1) })),
    );
  }
  return (entry.around ?? []).flatMap((offset) => {
    const day = openDayAround(today, offset, resource, places, entry);
    return day ? [{ day, week: 0 }] : [];
  });
}

/** Today for 0, and only if it is open; else the n-th open day after or before today. */
function openDayAround(today: Day, offset: number, resource: LoadedResource, places: LoadedPlaces, entry: Entry) {
  if (offset === 0) return today;
  const direction = Math.sign(offset);
  let left = Math.abs(offset);
  for (let distance = 1; distance <= 21; distance += 1) {
    const day = addDays(today, direction * distance);
    if (isOpen(entry, resource, places, day)) left -= 1;
    if (left === 0) return day;
  }
  return undefined;
}

function spanOf(entry: Entry, places: LoadedPlaces, day: Day): Span {
  const { opens, closes } = parseHours(entry.hours);
  return { start: instantAt(day, opens, places.timeZone), end: instantAt(day, closes, places.timeZone) };
}

const within = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;
const meet = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

function isOpen(entry: Entry, resource: LoadedResource, places: LoadedPlaces, day: Day): boolean {
  if (resource.mobile) {
    const span = spanOf(entry, places, day);
    return (places.stops.get(resource.siteSlug) ?? []).some((stop) => within(span, stop));
  }
  if (resource.closedOnHolidays && holidaysOf(places.country, Number(day.slice(0, 4))).includes(day)) return false;
  // The days around Christmas and the New Year close early: nobody is invented there.
  if (/-12-(24|31)$/.test(day)) return false;
  const { opens, closes } = parseHours(entry.hours);
  return resource.week.some(
    (hours) => hours.weekday === weekdayOf(day) && hours.opens <= opens && closes <= hours.closes,
  );
}

type Moment = Dated & { now: Date };

function place(
  entry: Entry,
  resource: LoadedResource,
  places: LoadedPlaces,
  held: Map<string, Span[]>,
  { day, week, now }: Moment,
): PlannedBooking | undefined {
  if (!isOpen(entry, resource, places, day)) return undefined;
  const span = spanOf(entry, places, day);
  const status = statusOf(entry, span, week, now);
  if (!status) return undefined;
  const gapMinutes = gapOf(resource, places);
  const kept = { start: span.start, end: addMinutes(span.end, gapMinutes) };
  const free = (unit: string) => !(held.get(unit) ?? []).some((one) => meet(one, kept));
  let units: string[] = [];
  if (status !== 'cancelled' && status !== 'no_show') {
    const needed = Math.ceil(entry.people / resource.capacity);
    const own = resource.units.filter(free).slice(0, needed);
    const inside = contentsOf(resource, places);
    if (own.length < needed || !inside.every(free)) return undefined;
    units = [...own, ...inside];
    for (const unit of units) held.set(unit, [...(held.get(unit) ?? []), kept]);
  }
  return { entry, resource, status, units, gapMinutes, ...span };
}

/** The units of all that a thing contains, however deep. */
function contentsOf(resource: LoadedResource, places: LoadedPlaces): string[] {
  return resource.contains.flatMap((slug) => {
    const content = places.resources.get(slug)!;
    return [...content.units, ...contentsOf(content, places)];
  });
}

/** What stays free after a booking: for the thing, and for all that it contains. */
function gapOf(resource: LoadedResource, places: LoadedPlaces): number {
  const inside = resource.contains.map((slug) => gapOf(places.resources.get(slug)!, places));
  return Math.max(resource.bufferBefore, resource.bufferAfter, ...inside);
}

/** Late by less than this, a person is still awaited. */
const graceMinutes = 10;

function statusOf(entry: Entry, span: Span, week: number, now: Date): BookingStatus | undefined {
  const fate = entry.fates[String(week)];
  if (fate === 'cancelled') return 'cancelled';
  if (entry.status === 'requested') return span.start > now ? 'requested' : undefined;
  if (fate === 'no_show' && span.end < now) return 'no_show';
  return span.start.getTime() < now.getTime() - graceMinutes * minute ? 'checked_in' : 'confirmed';
}
