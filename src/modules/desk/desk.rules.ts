import { addMinutes, minute, type Span } from '../../core/clock.ts';

/** What decides how long something may be taken at the desk; minutes. */
export type Lengths = { stepMinutes: number; minMinutes: number; maxMinutes: number; gapMinutes: number };

/** A run of free time that can be booked from its start on. */
export type Stretch = Span;

type Room = { open: readonly Span[]; full: readonly Span[] };

const meets = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/**
 * The runs of free time from an instant on, each beginning on a step counted from its opening and long enough for the shortest
 * booking. The step under way counts: whoever comes in at 9:05 is given 9:00.
 */
export function stretchesOf({ open, full }: Room, from: Date, lengths: Lengths): Stretch[] {
  const step = lengths.stepMinutes * minute;
  const shortest = Math.max(lengths.minMinutes, lengths.stepMinutes);
  const found: Stretch[] = [];
  for (const span of open) {
    const opens = span.start.getTime();
    let at = opens + Math.max(0, Math.floor((from.getTime() - opens) / step)) * step;
    while (at + shortest * minute <= span.end.getTime()) {
      const start = new Date(at);
      const least = { start, end: addMinutes(start, shortest + lengths.gapMinutes) };
      const blocker = full.find((taken) => meets(least, taken));
      if (blocker) {
        at = opens + Math.ceil((blocker.end.getTime() - opens) / step) * step;
        continue;
      }
      const next = full.filter((taken) => taken.start >= start).map((taken) => taken.start.getTime());
      const until = Math.min(span.end.getTime(), ...next.map((taken) => taken - lengths.gapMinutes * minute));
      const end = until === span.end.getTime() ? until : opens + Math.floor((until - opens) / step) * step;
      found.push({ start, end: new Date(end) });
      at = opens + Math.ceil((end + step - opens) / step) * step;
    }
  }
  return found;
}

const usual = [30, 60, 120, 180, 240, 480];

/** The ends one may choose from in a stretch: usual lengths, and all of it when that is allowed. */
export function endsOf(stretch: Stretch, lengths: Lengths, most = 4): Date[] {
  const whole = (stretch.end.getTime() - stretch.start.getTime()) / minute;
  const longest = Math.min(whole, lengths.maxMinutes);
  const fitting = usual.filter(
    (minutes) => minutes >= lengths.minMinutes && minutes % lengths.stepMinutes === 0 && minutes <= longest,
  );
  // Half an hour is only worth offering where an hour is not to be had, or as the shortest of few.
  const chosen = fitting.length > most ? fitting.filter((minutes) => minutes >= 60).slice(0, most) : fitting;
  const lengthsChosen =
    chosen.includes(longest) || longest < lengths.minMinutes ? chosen : [...chosen.slice(0, most - 1), longest];
  return lengthsChosen.map((minutes) => addMinutes(stretch.start, minutes));
}
