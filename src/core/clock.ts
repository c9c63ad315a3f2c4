import { Temporal } from 'temporal-polyfill';

/** A day of the calendar, "2026-11-23"; a local time, "09:30". Instants are `Date`s everywhere. */
export type Day = string;
export type LocalTime = string;
export type Span = { start: Date; end: Date };

export const minute = 60_000;
export const hour = 60 * minute;
export const addMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * minute);

type Zone = { format: Intl.DateTimeFormat; offsets: Map<number, number> };
const zones = new Map<string, Zone>();
/** Every zone changes its hour on a quarter of an hour, so that one offset holds for all of it. */
const quarter = 15 * minute;
const mostQuarters = 20_000;

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    zone = { format, offsets: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

/** How far a zone's clocks are ahead of UTC, in milliseconds. Asking Intl costs ten times as much as all the rest of a date. */
function offsetAt(at: number, timeZone: string): number {
  const { format, offsets } = zoneOf(timeZone);
  const start = Math.floor(at / quarter) * quarter;
  let offset = offsets.get(start);
  if (offset === undefined) {
    const part = Object.fromEntries(format.formatToParts(start).map(({ type, value }) => [type, Number(value)]));
    // Not Date.UTC() alone, which takes the years before 100 for those of 1900.
    const date = new Date(0).setUTCFullYear(part.year!, part.month! - 1, part.day!);
    offset = new Date(date).setUTCHours(part.hour!, part.minute!, part.second!) - start;
    if (offsets.size > mostQuarters) offsets.clear();
    offsets.set(start, offset);
  }
  return offset;
}

/** The wall clock of a zone at an instant: "2026-11-23T09:30". */
export function wallOf(at: Date, timeZone: string): string {
  const time = at.getTime();
  return new Date(time + offsetAt(time, timeZone)).toISOString().slice(0, 16);
}

/** The day it is in a zone at an instant. */
export const dayOf = (at: Date, timeZone: string): Day => wallOf(at, timeZone).slice(0, 10);

/** The wall clock's "HH:MM" in a zone at an instant. */
export const timeOf = (at: Date, timeZone: string): LocalTime => wallOf(at, timeZone).slice(11);

/** Wall clocks met lately, which never change: turning one into an instant costs more than most queries. */
const instants = new Map<string, number>();

function once(wall: string, find: () => number): Date {
  let instant = instants.get(wall);
  if (instant === undefined) {
    instant = find();
    if (instants.size > 20_000) instants.clear();
    instants.set(wall, instant);
  }
  return new Date(instant);
}

/** The instant a wall clock shows a time; in the hour that does not exist, the one after it; in the doubled hour, the first. */
export function instantOf(day: Day, time: LocalTime, timeZone: string): Date {
  return once(`${day} ${time} ${timeZone}`, () => {
    const zoned = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone, {
      disambiguation: 'compatible',
    });
    return zoned.epochMilliseconds;
  });
}

/** The instant `minutes` of wall clock after local midnight; may pass 1440. */
export function instantAt(day: Day, minutes: number, timeZone: string): Date {
  return once(`${day} ${minutes} ${timeZone}`, () => {
    const local = Temporal.PlainDate.from(day).toPlainDateTime().add({ minutes });
    return local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
  });
}

/** From a day's local midnight to the next: 23, 24 or 25 hours. */
export function wholeDay(day: Day, timeZone: string): Span {
  return { start: instantOf(day, '00:00', timeZone), end: instantOf(addDays(day, 1), '00:00', timeZone) };
}

// Days alone know no clock change: counted in UTC they are right, at a hundredth of what Temporal costs.
const midnightUtc = (day: Day): number => Date.parse(`${day}T00:00Z`);

export const addDays = (day: Day, days: number): Day =>
  new Date(midnightUtc(day) + days * 24 * hour).toISOString().slice(0, 10);

/** Monday is 1. */
export const weekdayOf = (day: Day): number => new Date(midnightUtc(day)).getUTCDay() || 7;

/** The Monday of a day's week. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/** The days from the first to the last, both included. */
export function daysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Whether a text is a real day between 2000 and 2100, as any page or call may give. */
export function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** Whether a text is a time of day, "00:00" to "23:59". */
export const isLocalTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** Whether a text names a time zone of the runtime's database. */
export function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** RFC 3339 with the zone's offset, as the API writes instants. */
export function toRfc3339(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toString({ timeZone, smallestUnit: 'second' });
}
