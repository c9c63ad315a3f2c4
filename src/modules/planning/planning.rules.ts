import type { Span } from '../../core/clock.ts';

/** Something that covers a stretch of the planning. */
export type Laid = Span & { id: string };

/** A cell of a row: how many columns it covers, and what lies there. */
export type Cell<T extends Laid> = {
  from: number;
  span: number;
  kind: 'free' | 'away' | 'closed' | 'taken';
  taken?: T;
};

/** The columns of a planning: equal steps from an instant; the last may reach past the end asked. */
export type Axis = { start: Date; stepMinutes: number; count: number };

const minute = 60_000;

/** The axis that covers a span, cut on whole steps from its start. */
export function makeAxis(span: Span, stepMinutes: number): Axis {
  const count = Math.max(1, Math.ceil((span.end.getTime() - span.start.getTime()) / (stepMinutes * minute)));
  return { start: span.start, stepMinutes, count };
}

const columnOf = (axis: Axis, at: Date): number => (at.getTime() - axis.start.getTime()) / (axis.stepMinutes * minute);
const clamp = (value: number, max: number): number => Math.min(Math.max(value, 0), max);

/** The columns a stretch touches, even in part: [first, after the last). Empty when it lies outside. */
export function columnsOf(axis: Axis, span: Span): [number, number] {
  return [
    clamp(Math.floor(columnOf(axis, span.start)), axis.count),
    clamp(Math.ceil(columnOf(axis, span.end)), axis.count),
  ];
}

/** The instant a column begins at. */
export const instantOfColumn = (axis: Axis, column: number): Date =>
  new Date(axis.start.getTime() + column * axis.stepMinutes * minute);

/**
 * Puts what lies on a pool into as few lanes as needed, one row each: two that touch the same column never share a lane.
 * Nothing to lay makes one empty lane.
 */
export function lanesOf<T extends Laid>(axis: Axis, laid: readonly T[]): T[][] {
  const lanes: { end: number; items: T[] }[] = [];
  const sorted = [...laid].sort((a, b) => a.start.getTime() - b.start.getTime() || a.end.getTime() - b.end.getTime());
  for (const item of sorted) {
    const [from, to] = columnsOf(axis, item);
    if (to <= from) continue;
    const lane = lanes.find((one) => one.end <= from);
    if (lane) {
      lane.items.push(item);
      lane.end = to;
    } else {
      lanes.push({ end: to, items: [item] });
    }
  }
  return lanes.length > 0 ? lanes.map((lane) => lane.items) : [[]];
}

/** The whole columns inside a stretch: a column half open is not offered. */
function wholeColumnsOf(axis: Axis, span: Span): [number, number] {
  return [
    clamp(Math.ceil(columnOf(axis, span.start)), axis.count),
    clamp(Math.floor(columnOf(axis, span.end)), axis.count),
  ];
}

const closed = 0;
const away = 1;
const free = 2;
const kinds = ['closed', 'away', 'free'] as const;

/** When a row is open, and when it cannot be had though open: taken together with something else, or no place left. */
export type Openness = { open: readonly Span[]; full: readonly Span[] };

function paint(axis: Axis, { open, full }: Openness): Uint8Array {
  const shade = new Uint8Array(axis.count).fill(closed);
  for (const span of open) shade.fill(free, ...wholeColumnsOf(axis, span));
  for (const span of full) {
    const [from, to] = columnsOf(axis, span);
    for (let column = from; column < to; column += 1) if (shade[column] === free) shade[column] = away;
  }
  return shade;
}

/** A unit held during a span: one of the resource's own, or of what it contains. */
export type Claim = Span & { own: boolean };

/** When no place is left: all its own units are held at once, or anything is that it contains. */
export function fullSpans(claims: readonly Claim[], units: number): Span[] {
  if (units === 0) return [{ start: new Date(-8.64e15), end: new Date(8.64e15) }];
  if (units === 1 || claims.length === 0) return [...claims];
  const full: Span[] = claims.filter((claim) => !claim.own);
  const steps = claims
    .filter((claim) => claim.own)
    .flatMap(({ start, end }) => [
      { at: start, by: 1 },
      { at: end, by: -1 },
    ])
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.by - b.by);
  let held = 0;
  for (const [index, { at, by }] of steps.entries()) {
    held += by;
    if (held >= units) full.push({ start: at, end: steps[index + 1]!.at });
  }
  return full;
}

/** The cells of one lane, side by side from the first column to the last: their spans add up to the whole axis. */
export function cellsOf<T extends Laid>(axis: Axis, lane: readonly T[], openness: Openness): Cell<T>[] {
  const shade = paint(axis, openness);
  const cells: Cell<T>[] = [];
  const fill = (from: number, to: number) => {
    for (let column = from; column < to; ) {
      let end = column + 1;
      while (end < to && shade[end] === shade[column]) end += 1;
      cells.push({ from: column, span: end - column, kind: kinds[shade[column]!]! });
      column = end;
    }
  };
  let at = 0;
  for (const taken of lane) {
    const [from, to] = columnsOf(axis, taken);
    fill(at, from);
    cells.push({ from, span: to - from, kind: 'taken', taken });
    at = to;
  }
  fill(at, axis.count);
  return cells;
}

/** From the first opening to the last closing or booking of the day, on whole hours; 8 h to 20 h of the day when nothing is known. */
export function usefulSpan(day: Span, spans: readonly Span[]): Span {
  const hour = 60 * minute;
  const inside = spans.filter((span) => span.start < day.end && span.end > day.start);
  if (inside.length === 0)
    return { start: new Date(day.start.getTime() + 8 * hour), end: new Date(day.start.getTime() + 20 * hour) };
  const start = Math.max(Math.min(...inside.map((span) => span.start.getTime())), day.start.getTime());
  const end = Math.min(Math.max(...inside.map((span) => span.end.getTime())), day.end.getTime());
  const floor = day.start.getTime() + Math.floor((start - day.start.getTime()) / hour) * hour;
  return { start: new Date(floor), end: new Date(floor + Math.ceil((end - floor) / hour) * hour) };
}
