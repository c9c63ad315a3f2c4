import { minute, type Span } from '../../core/clock.ts';

/** When somebody came and left within a sitting; null where they were there from its beginning, or to its end. */
export type Hours = { arrivedAt: Date | null; leftAt: Date | null };

export const wholeSitting: Hours = { arrivedAt: null, leftAt: null };

/** How many minutes of a sitting somebody was there; undefined where those hours are not within it. */
export function minutesThere({ start, end }: Span, { arrivedAt, leftAt }: Hours): number | undefined {
  const [from, to] = [arrivedAt ?? start, leftAt ?? end];
  if (from < start || to > end || to <= from) return undefined;
  return Math.round((to.getTime() - from.getTime()) / minute);
}
