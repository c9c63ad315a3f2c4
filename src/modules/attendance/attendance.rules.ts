import { addDays, type Day, dayOf, instantOf, minute, type Span, wholeDay } from '../../core/clock.ts';

/** "2026-11-24 am": what a sheet is signed for. */
export type HalfDay = `${Day} ${'am' | 'pm'}`;

/** Where the two halves of a day meet, on the wall clock. */
const noon = '13:00';
/** What lasts no longer than this in one day is one sitting, signed once. */
const oneSittingMinutes = 300;

export type Sitting = Span & { halfDay: HalfDay; minutes: number };

/**
 * The half-days of a session, each with the part of it that falls there. A sitting of five hours at most is signed once, in the
 * half in which most of it falls; a longer one is cut at 13:00 on the wall clock, on the days the clocks change too.
 */
export function sittingsOf({ start, end }: Span, timeZone: string): Sitting[] {
  const sittings: Sitting[] = [];
  for (let day = dayOf(start, timeZone); ; day = addDays(day, 1)) {
    const whole = wholeDay(day, timeZone);
    if (whole.start >= end) return sittings;
    const part = { start: later(start, whole.start), end: sooner(end, whole.end) };
    sittings.push(...sittingsOfDay(day, part, instantOf(day, noon, timeZone)));
  }
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
const sooner = (a: Date, b: Date): Date => (a < b ? a : b);
const lengthOf = ({ start, end }: Span): number => Math.round((end.getTime() - start.getTime()) / minute);

function sittingsOfDay(day: Day, part: Span, middle: Date): Sitting[] {
  const halves: Sitting[] = [
    { ...part, end: sooner(part.end, middle), halfDay: `${day} am` as const },
    { ...part, start: later(part.start, middle), halfDay: `${day} pm` as const },
  ]
    .map((half) => ({ ...half, minutes: lengthOf(half) }))
    .filter((half) => half.minutes > 0);
  if (halves.length < 2 || lengthOf(part) > oneSittingMinutes) return halves;
  const [am, pm] = halves as [Sitting, Sitting];
  const chosen = am.minutes >= pm.minutes ? am : pm;
  return [{ ...part, halfDay: chosen.halfDay, minutes: lengthOf(part) }];
}

/** The sitting under way at an instant, else the nearest one: what a mark without a half-day is about. */
export function sittingAt(sittings: readonly Sitting[], at: Date): Sitting | undefined {
  const away = ({ start, end }: Sitting) =>
    at < start ? start.getTime() - at.getTime() : at > end ? at.getTime() - end.getTime() : 0;
  return [...sittings].sort((a, b) => away(a) - away(b))[0];
}
