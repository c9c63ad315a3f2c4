import { hour, timeOf } from '../../core/clock.ts';

/** People are written to between these hours of the place: never at night. */
const from = '10:00';
const until = '20:00';

/** Whether people may be written to now, on the clock of the place. */
export function isDaytime(now: Date, timeZone: string): boolean {
  const time = timeOf(now, timeZone);
  return time >= from && time < until;
}

/** Who was told since this instant that they are to come is not reminded: what confirmed it has just said it. */
export const toldSince = (now: Date): Date => new Date(now.getTime() - 24 * hour);
