import { addDays, type Day, dayOf, instantOf, mondayOf, type Span } from '../../core/clock.ts';
import type { After, AgendaItem } from './agenda.types.ts';

/** The times one asks for by a word. */
export const periods = ['aujourdhui', 'semaine', 'mois'] as const;
export type Period = (typeof periods)[number];

/** How far the agenda looks where nothing else is asked. */
export const horizonDays = 366;

/** The first day of the month after a day's. */
function nextMonth(day: Day): Day {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}

/**
 * From when to when a list goes: what is over is left out; a week ends on Sunday, a month on its last day. A day that was
 * chosen begins it, and then the period is counted from that day.
 */
export function windowOf(period: Period | undefined, first: Day | undefined, now: Date, timeZone: string): Span {
  const today = dayOf(now, timeZone);
  const begin = first && first > today ? first : today;
  const start = begin === today ? now : instantOf(begin, '00:00', timeZone);
  const last = {
    aujourdhui: addDays(begin, 1),
    semaine: addDays(mondayOf(begin), 7),
    mois: nextMonth(begin),
    all: addDays(begin, horizonDays),
  }[period ?? 'all'];
  return { start, end: instantOf(last, '00:00', timeZone) };
}

const order = (a: After, b: After): number =>
  a.start.getTime() - b.start.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Several lists, each in order, as one. */
export const merged = (...lists: AgendaItem[][]): AgendaItem[] => lists.flat().sort(order);

/** Where a list goes on, as an address carries it. */
export const writeAfter = ({ start, id }: After): string => `${start.toISOString()}_${id}`;

/** Reads it back; undefined for anything else. */
export function readAfter(text: string | undefined): After | undefined {
  const found = /^(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
    text ?? '',
  );
  const start = new Date(found?.[1] ?? Number.NaN);
  return found && !Number.isNaN(start.getTime()) ? { start, id: found[2]! } : undefined;
}

export type DayOfItems = { day: Day; items: AgendaItem[] };

/** The items by day; what began before the list stands under its first day. */
export function byDay(items: readonly AgendaItem[], from: Date, zoneOf: (item: AgendaItem) => string): DayOfItems[] {
  const days: DayOfItems[] = [];
  for (const item of items) {
    const day = dayOf(item.start < from ? from : item.start, zoneOf(item));
    const last = days.find((one) => one.day === day);
    if (last) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}
