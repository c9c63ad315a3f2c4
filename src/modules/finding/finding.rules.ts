import { addMinutes, minute, type Span } from '../../core/clock.ts';

/** When a resource is open and when it cannot be had; spans in order, none touching the next. */
export type Room = { open: readonly Span[]; full: readonly Span[] };

const within = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;
const meets = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Whether a booking may stand at [start, end): open all along, and free until the gap after it has passed. */
export function fits({ open, full }: Room, start: Date, end: Date, gapMinutes: number): boolean {
  const kept = { start, end: addMinutes(end, gapMinutes) };
  return open.some((span) => within({ start, end }, span)) && !full.some((span) => meets(kept, span));
}

export type SlotQuestion = Room & {
  stepMinutes: number;
  minutes: number;
  gapMinutes: number;
  /** Starts are sought in [from, to). */
  from: Date;
  to: Date;
  notBefore: Date;
};

/**
 * The instants at which a booking of `minutes` may start, counted by steps from each opening's own start.
 * `open` and `full` must reach past `to` by the booking and its gap, or late starts are missed.
 */
export function slotStarts(question: SlotQuestion): Date[] {
  const { open, full, minutes, gapMinutes, from, to, notBefore } = question;
  const step = question.stepMinutes * minute;
  const earliest = Math.max(from.getTime(), notBefore.getTime());
  const starts: Date[] = [];
  for (const span of open) {
    const opens = span.start.getTime();
    const last = Math.min(span.end.getTime() - minutes * minute, to.getTime() - 1);
    let at = opens + Math.max(0, Math.ceil((earliest - opens) / step)) * step;
    while (at <= last) {
      const kept = { start: new Date(at), end: new Date(at + (minutes + gapMinutes) * minute) };
      const blocker = full.find((taken) => meets(kept, taken));
      if (!blocker) starts.push(kept.start);
      // Nothing can start before what stands in the way ends: go straight to the step after it.
      at = blocker ? opens + Math.ceil((blocker.end.getTime() - opens) / step) * step : at + step;
    }
  }
  return starts;
}

/** How many places of a pool some people need: `capacity` is what one place holds. */
export const placesFor = (people: number, capacity: number): number => Math.ceil(people / capacity);

/** A few slots that do not overlap, the first of them first: what a person chooses from. */
export function spread(slots: readonly Span[], most: number): Span[] {
  const chosen: Span[] = [];
  for (const slot of slots) {
    if (chosen.length >= most) break;
    const last = chosen.at(-1);
    if (!last || slot.start >= last.end) chosen.push(slot);
  }
  return chosen;
}
