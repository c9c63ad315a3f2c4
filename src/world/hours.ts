import { addDays, type Day, dayOf } from '../core/clock.ts';
import { type ExceptionEntry, type OpeningEntry, type Weekday, weekdays } from './world.schema.ts';

export type Hours = { opens: number; closes: number };
export type WeekHours = Hours & { weekday: number };

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** "09:00-12:30" as minutes from midnight; closing at or before the opening means the day after. */
export function parseHours(text: string): Hours {
  const [from = '', to = ''] = text.split('-');
  const opens = minutesOf(from);
  const closes = minutesOf(to);
  return { opens, closes: closes > opens ? closes : closes + 1440 };
}

/** Monday is 1. */
export const weekdayNumber = (day: Weekday): number => weekdays.indexOf(day) + 1;

/** `{ "mon-fri": ["08:00-19:00"] }` as one row a day and a span. */
export function parseOpening(opening: OpeningEntry): WeekHours[] {
  return Object.entries(opening).flatMap(([range, spans]) => {
    const [first, last = first] = range.split('-') as [Weekday, Weekday?];
    const from = weekdayNumber(first);
    const days = Array.from({ length: weekdayNumber(last) - from + 1 }, (_, index) => from + index);
    return days.flatMap((weekday) => spans.map((span) => ({ weekday, ...parseHours(span) })));
  });
}

/** The days on which a yearly exception falls in the year that follows. */
export function exceptionDays(entry: ExceptionEntry, now: Date, timeZone: string): Day[] {
  const today = dayOf(now, timeZone);
  const limit = addDays(today, 400);
  const year = Number(today.slice(0, 4));
  return [year, year + 1].map((one) => `${one}-${entry.on}`).filter((day) => day >= today && day <= limit);
}
