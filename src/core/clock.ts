import { Temporal } from 'temporal-polyfill';

/** A day of the calendar, "2026-11-23"; a local time, "09:30". Instants are `Date`s everywhere. */
export type Day = string;
export type LocalTime = string;
export type Span = { start: Date; end: Date };

export const minute = 60_000;
export const hour = 60 * minute;
export const addMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * minute);

const partsFormat = new Map<string, Intl.DateTimeFormat>();

function parts(at: Date, timeZone: string): Record<string, string> {
  let format = partsFormat.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    partsFormat.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** The day it is in a zone at an instant. */
export function dayOf(at: Date, timeZone: string): Day {
  const { year, month, day } = parts(at, timeZone);
  return `${year}-${month}-${day}`;
}

/** The wall clock's "HH:MM" in a zone at an instant. */
export function timeOf(at: Date, timeZone: string): LocalTime {
  const { hour: h, minute: m } = parts(at, timeZone);
  return `${h}:${m}`;
}

/** The instant a wall clock shows a time; in the hour that does not exist, the one after it; in the doubled hour, the first. */
export function instantOf(day: Day, time: LocalTime, timeZone: string): Date {
  const zoned = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone, {
    disambiguation: 'compatible',
  });
  return new Date(zoned.epochMilliseconds);
}

/** The instant `minutes` of wall clock after local midnight; may pass 1440. */
export function instantAt(day: Day, minutes: number, timeZone: string): Date {
  const local = Temporal.PlainDate.from(day).toPlainDateTime().add({ minutes });
  return new Date(local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds);
}

/** From a day's local midnight to the next: 23, 24 or 25 hours. */
export function wholeDay(day: Day, timeZone: string): Span {
  return { start: instantOf(day, '00:00', timeZone), end: instantOf(addDays(day, 1), '00:00', timeZone) };
}

export const addDays = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString();

/** Monday is 1. */
export const weekdayOf = (day: Day): number => Temporal.PlainDate.from(day).dayOfWeek;

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
