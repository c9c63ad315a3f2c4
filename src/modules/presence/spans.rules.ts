import type { Span } from '../../core/clock.ts';

/** Spans in order, those that meet or touch made one; what is empty is left out. */
export function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start.getTime() - b.start.getTime())) {
    if (end <= start) continue;
    const last = merged.at(-1);
    if (last && start <= last.end) {
      if (end > last.end) merged[merged.length - 1] = { start: last.start, end };
    } else merged.push({ start, end });
  }
  return merged;
}

/** What lies in both. */
export function meet(some: readonly Span[], others: readonly Span[]): Span[] {
  const right = merge(others);
  return merge(some).flatMap((one) =>
    right
      .filter((other) => other.start < one.end && one.start < other.end)
      .map((other) => ({
        start: other.start > one.start ? other.start : one.start,
        end: other.end < one.end ? other.end : one.end,
      })),
  );
}

/** What lies in the first and in none of the others. */
export function without(some: readonly Span[], others: readonly Span[]): Span[] {
  let left = merge(some);
  for (const other of merge(others)) {
    left = left.flatMap((one) => {
      if (other.end <= one.start || other.start >= one.end) return [one];
      return [
        { start: one.start, end: other.start },
        { start: other.end, end: one.end },
      ].filter((part) => part.end > part.start);
    });
  }
  return left;
}

/** How many minutes they last in all. */
export const minutesIn = (spans: readonly Span[]): number =>
  spans.reduce((sum, span) => sum + (span.end.getTime() - span.start.getTime()) / 60_000, 0);
