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

/** When a row can be had: open, and open and free. What is open without being free is taken together with something else. */
export type Openness = { open: readonly Span[]; free: readonly Span[] };

function paint(axis: Axis, { open, free: spans }: Openness): Uint8Array {
  const shade = new Uint8Array(axis.count).fill(closed);
  for (const [list, value] of [
    [open, away],
    [spans, free],
  ] as const) {
    for (const span of list) {
      const [from, to] = wholeColumnsOf(axis, span);
      if (to > from) shade.fill(value, from, to);
    }
  }
  return shade;
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
