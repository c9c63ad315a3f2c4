import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { addDays, type Day, instantOf, type LocalTime, minute, type Span, wallOf } from '../../core/clock.ts';

/** How the dates of a series are asked for: days and hours of the place's own clock, never instants. */
export type Pattern = {
  first: Day;
  from: LocalTime;
  /** Before `from`: the night after. */
  until: LocalTime;
  skipHolidays: boolean;
} & (
  | { repeat: 'once' }
  /** Every so many weeks, on the weekdays named (Monday is 1), else on that of the first day. */
  | { repeat: 'weekly'; every: number; weekdays?: readonly number[] | undefined; stop: Stop }
  /** The nth weekday of the month as the first day is, or the last one. */
  | { repeat: 'monthly'; last: boolean; stop: Stop }
  | { repeat: 'dates'; days: readonly Day[] }
);

/** After so many dates, those skipped not counted, or on a day. */
export type Stop = { count: number } | { day: Day };

/** A series is at most so many dates, over three years. */
export const mostDates = 200;
const longestDays = 3 * 366;

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const weekdayOf = (day: Day): number => Temporal.PlainDate.from(day).dayOfWeek;
const nthOf = (day: Day): number => Math.ceil(Number(day.slice(8)) / 7);

/** The days of a pattern in their order, holidays among them. */
function* daysOf(pattern: Pattern): Generator<Day> {
  if (pattern.repeat === 'once') yield pattern.first;
  else if (pattern.repeat === 'dates') yield* [...new Set(pattern.days)].sort();
  else {
    // Days are counted in UTC, which has no hour to lose: each gets its own hour afterwards.
    const named =
      pattern.repeat === 'weekly' && pattern.weekdays?.length ? pattern.weekdays : [weekdayOf(pattern.first)];
    const nth = pattern.repeat === 'monthly' ? (pattern.last ? '-1' : String(nthOf(pattern.first))) : '';
    const rule = new RRuleTemporal({
      freq: pattern.repeat === 'weekly' ? 'WEEKLY' : 'MONTHLY',
      interval: pattern.repeat === 'weekly' ? pattern.every : 1,
      byDay: named.map((weekday) => `${nth}${weekdays[weekday - 1]}`),
      wkst: 'MO',
      tzid: 'UTC',
      dtstart: Temporal.PlainDate.from(pattern.first).toZonedDateTime('UTC'),
      until: Temporal.PlainDate.from(addDays(pattern.first, longestDays)).toZonedDateTime('UTC'),
      temporal: Temporal,
    });
    for (const date of rule.all((_, index) => index < longestDays)) yield date.toPlainDate().toString();
  }
}

const isLast = (pattern: Pattern, day: Day): boolean =>
  'stop' in pattern && 'day' in pattern.stop && day > pattern.stop.day;
const most = (pattern: Pattern): number =>
  'stop' in pattern && 'count' in pattern.stop ? Math.min(pattern.stop.count, mostDates) : mostDates;

/**
 * The dates of a series: each at the same hour of the place's clock, summer or winter. `skipped` are the holidays left out.
 */
export function expandDates(
  pattern: Pattern,
  timeZone: string,
  holidays: (day: Day) => boolean,
): { dates: Span[]; skipped: Day[] } {
  const found: { dates: Span[]; skipped: Day[] } = { dates: [], skipped: [] };
  for (const day of daysOf(pattern)) {
    if (isLast(pattern, day) || found.dates.length >= most(pattern)) break;
    if (pattern.skipHolidays && holidays(day)) found.skipped.push(day);
    else found.dates.push(spanOn(day, pattern.from, pattern.until, timeZone));
  }
  return found;
}

/** From an hour to another of a day, or of the night after it. */
export const spanOn = (day: Day, from: LocalTime, until: LocalTime, timeZone: string): Span => ({
  start: instantOf(day, from, timeZone),
  end: instantOf(until <= from ? addDays(day, 1) : day, until, timeZone),
});

/** How far the wall clock of something goes when it is moved, in minutes. */
export type Shift = { start: number; end: number };

const wallMinutes = (at: Date, timeZone: string): number => Date.parse(`${wallOf(at, timeZone)}Z`) / minute;

/** What takes a span to another on the wall clock of a place: "a day later, an hour earlier". */
export const shiftBetween = (before: Span, after: Span, timeZone: string): Shift => ({
  start: wallMinutes(after.start, timeZone) - wallMinutes(before.start, timeZone),
  end: wallMinutes(after.end, timeZone) - wallMinutes(before.end, timeZone),
});

/** An instant moved on the wall clock: a Tuesday 18:00 moved by a week is a Tuesday 18:00, whatever the clocks did meanwhile. */
export function shiftWall(at: Date, minutes: number, timeZone: string): Date {
  if (minutes === 0) return at;
  const wall = new Date((wallMinutes(at, timeZone) + minutes) * minute).toISOString();
  return instantOf(wall.slice(0, 10), wall.slice(11, 16), timeZone);
}
