import { dayOf, instantOf, isDay, isLocalTime, minute, type Span } from '../../core/clock.ts';
import { isUuid } from '../../core/ids.ts';
import type { PlannedSpan } from '../sessions/index.ts';

/** What the team chose for one date of a plan: to leave it out, another room, another hour. */
export type DateChange =
  | { day: string; kind: 'without' }
  | { day: string; kind: 'room'; from: string; to: string }
  | { day: string; kind: 'hour'; start: string };

const day = '(\\d{4}-\\d{2}-\\d{2})';
const id = '([0-9a-f-]{36})';
const patterns = {
  without: new RegExp(`^${day}\\|-$`),
  room: new RegExp(`^${day}\\|${id}\\|${id}$`),
  hour: new RegExp(`^${day}\\|=\\|(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2})$`),
};

/** A choice as a button's value. */
export function writeChange(change: DateChange): string {
  if (change.kind === 'without') return `${change.day}|-`;
  return change.kind === 'room' ? `${change.day}|${change.from}|${change.to}` : `${change.day}|=|${change.start}`;
}

/** The choices made so far; whatever is not understood is left out. */
export function readChanges(values: readonly string[]): DateChange[] {
  return values.flatMap((value): DateChange[] => {
    const without = patterns.without.exec(value);
    if (without) return [{ day: without[1]!, kind: 'without' }];
    const room = patterns.room.exec(value);
    if (room && isUuid(room[2]!) && isUuid(room[3]!))
      return [{ day: room[1]!, kind: 'room', from: room[2]!, to: room[3]! }];
    const hour = patterns.hour.exec(value);
    const start = hour?.[2];
    if (!start || !isDay(start.slice(0, 10)) || !isLocalTime(start.slice(11))) return [];
    return [{ day: hour[1]!, kind: 'hour', start }];
  });
}

type Things = readonly { resourceId: string; people: number }[];

/** The dates of a plan with the choices made for some of them, each still told by the day it was first asked for. */
export function applyChanges(
  dates: readonly Span[],
  changes: readonly DateChange[],
  things: Things,
  timeZone: string,
): (PlannedSpan & { day: string })[] {
  return dates.flatMap((span) => {
    const key = dayOf(span.start, timeZone);
    const own = changes.filter((change) => change.day === key);
    if (own.some((change) => change.kind === 'without')) return [];
    let { start, end } = span;
    let taken = things;
    for (const change of own) {
      if (change.kind === 'room') {
        taken = taken.map((one) => (one.resourceId === change.from ? { ...one, resourceId: change.to } : one));
      } else if (change.kind === 'hour') {
        const length = end.getTime() - start.getTime();
        start = instantOf(change.start.slice(0, 10), change.start.slice(11), timeZone);
        end = new Date(Math.round((start.getTime() + length) / minute) * minute);
      }
    }
    return [{ day: key, start, end, ...(taken === things ? {} : { things: taken }) }];
  });
}

/** What differs in what is said anew; the rest is left as each date has it. */
export function onlyChanged<T extends object>(said: T, before: T): Partial<T> {
  const plain = (value: unknown): string => JSON.stringify(value ?? null);
  return Object.fromEntries(
    Object.entries(said).filter(([key, value]) => plain(value) !== plain(before[key as keyof T])),
  ) as Partial<T>;
}
