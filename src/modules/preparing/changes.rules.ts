import { dayOf, instantOf, isDay, isLocalTime, minute, type Span } from '../../core/clock.ts';
import { isUuid } from '../../core/ids.ts';
import type { DateApart, PlannedSpan } from '../sessions/index.ts';

/** What the team chose for one date of a plan: to leave it out, another room, another hour. */
export type DateChange =
  | { day: string; kind: 'without' }
  | { day: string; kind: 'room'; from: string; to: string }
  | { day: string; kind: 'hour'; start: string };

const day = '\\d{4}-\\d{2}-\\d{2}';
/** One day or several: what is chosen for all of them at once is one button. */
const days = `(${day}(?:,${day})*)`;
const id = '([0-9a-f-]{36})';
const patterns = {
  without: new RegExp(`^${days}\\|-$`),
  room: new RegExp(`^${days}\\|${id}\\|${id}$`),
  hour: new RegExp(`^${days}\\|=\\|(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2})$`),
};

type Choice = { kind: 'without' } | { kind: 'room'; from: string; to: string } | { kind: 'hour'; start: string };

/** A choice for one day, or for several, as a button's value. */
export function writeChange(onDays: readonly string[], change: Choice): string {
  const named = onDays.join();
  if (change.kind === 'without') return `${named}|-`;
  return change.kind === 'room' ? `${named}|${change.from}|${change.to}` : `${named}|=|${change.start}`;
}

/** The choices made so far, day by day; whatever is not understood is left out. */
export function readChanges(values: readonly string[]): DateChange[] {
  return values.flatMap((value) => {
    const [named = ''] = value.split('|', 1);
    const choice = choiceOf(value);
    return choice ? named.split(',').map((day) => ({ day, ...choice })) : [];
  });
}

function choiceOf(value: string): Choice | undefined {
  if (patterns.without.test(value)) return { kind: 'without' };
  const room = patterns.room.exec(value);
  if (room && isUuid(room[2]!) && isUuid(room[3]!)) return { kind: 'room', from: room[2]!, to: room[3]! };
  const start = patterns.hour.exec(value)?.[2];
  if (!start || !isDay(start.slice(0, 10)) || !isLocalTime(start.slice(11))) return undefined;
  return { kind: 'hour', start };
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
    const hour = startOf(own, timeZone);
    if (hour) {
      const length = end.getTime() - start.getTime();
      start = hour;
      end = new Date(Math.round((start.getTime() + length) / minute) * minute);
    }
    const taken = exchanged(things, own);
    return [{ day: key, start, end, ...(taken === things ? {} : { things: taken }) }];
  });
}

const startOf = (own: readonly DateChange[], timeZone: string): Date | undefined => {
  const hour = own.findLast((change) => change.kind === 'hour');
  return hour && instantOf(hour.start.slice(0, 10), hour.start.slice(11), timeZone);
};

const exchanged = (things: Things, own: readonly DateChange[]): Things =>
  own.reduce<Things>(
    (taken, change) =>
      change.kind === 'room'
        ? taken.map((one) => (one.resourceId === change.from ? { ...one, resourceId: change.to } : one))
        : taken,
    things,
  );

type Standing = { id: string; start: Date; timeZone: string; things: readonly { id: string; people: number }[] };

/** The same for dates that are moved: what each does otherwise than the others. They are told by the day they are on. */
export function apartFrom(
  views: readonly Standing[],
  changes: readonly DateChange[],
  things: Things | undefined,
): Map<string, DateApart> {
  const apart = new Map<string, DateApart>();
  for (const view of views) {
    const own = changes.filter((change) => change.day === dayOf(view.start, view.timeZone));
    if (own.length === 0) continue;
    if (own.some((change) => change.kind === 'without')) {
      apart.set(view.id, { stays: true });
      continue;
    }
    const before = things ?? view.things.map(({ id, people }) => ({ resourceId: id, people }));
    const taken = exchanged(before, own);
    const start = startOf(own, view.timeZone);
    apart.set(view.id, { ...(taken === before ? {} : { things: taken }), ...(start ? { start } : {}) });
  }
  return apart;
}

/** What differs in what is said anew; the rest is left as each date has it. */
export function onlyChanged<T extends object>(said: T, before: T): Partial<T> {
  const plain = (value: unknown): string => JSON.stringify(value ?? null);
  return Object.fromEntries(
    Object.entries(said).filter(([key, value]) => plain(value) !== plain(before[key as keyof T])),
  ) as Partial<T>;
}
