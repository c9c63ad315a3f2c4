import type { Span } from '../../core/clock.ts';
import type { I18nText } from '../../core/i18n.ts';
import { kmBetween } from '../presence/index.ts';

type Point = { lat: number; lon: number };

/** Roads are longer than the crow flies, are driven at this many kilometres an hour, and the bus takes this long to set up. */
const detour = 1.3;
const kmPerHour = 50;
const setUpMinutes = 15;
/** Nearer than this the bus has not moved. */
const sameSpotKm = 0.05;

/** Minutes the bus needs from the end of one stop to the beginning of another: the road, and setting up. */
export function minutesBetween(a: Point, b: Point): number {
  const km = kmBetween(a, b);
  return km < sameSpotKm ? 0 : Math.ceil(((km * detour) / kmPerHour) * 60) + setUpMinutes;
}

type Square = Point & { place: I18nText; address: string | null };

/** Whether somebody who noted where the bus stops would look for it elsewhere. */
export const isElsewhere = (before: Square, after: Square): boolean =>
  JSON.stringify(before.place) !== JSON.stringify(after.place) ||
  (before.address ?? '') !== (after.address ?? '') ||
  kmBetween(before, after) >= sameSpotKm;

export type Placed = Span & Point & { id: string };
export type Clash = { kind: 'meets'; with: Placed } | { kind: 'road'; with: Placed; needed: number; left: number };

/** The first other stop this one cannot go with: the bus would be in two places, or has not the time to drive. */
export function clashOf(stop: Placed, others: readonly Placed[]): Clash | undefined {
  let road: Clash | undefined;
  for (const other of others) {
    if (other.id === stop.id) continue;
    if (other.start < stop.end && other.end > stop.start) return { kind: 'meets', with: other };
    const left = Math.round(
      (other.end <= stop.start
        ? stop.start.getTime() - other.end.getTime()
        : other.start.getTime() - stop.end.getTime()) / 60_000,
    );
    const needed = minutesBetween(stop, other);
    if (left < needed) road ??= { kind: 'road', with: other, needed, left };
  }
  return road;
}

const mostAboard = 12;

/** What is aboard, one thing a line, as it is kept. */
export const aboardOf = (text: string | undefined): string[] =>
  [...new Set((text ?? '').split('\n').map((line) => line.trim().slice(0, 80)))].filter(Boolean).slice(0, mostAboard);
