import type { BookingStatus } from '../../core/schema.ts';

type Standing = {
  status: BookingStatus;
  start: Date;
  end: Date;
  people: number;
  check_in_required: boolean;
  release_at: Date | null;
};

/** Where somebody stands at an instant, as the team sees it. */
export type Standpoint = 'expected' | 'late' | 'option' | 'here' | 'over' | 'absent' | 'displaced';

/** Past this many minutes after their time, somebody who must check in is late. */
const graceMinutes = 5;

/** Where somebody stands: only who must say that they have come can be late. */
export function standpointOf(one: Standing, now: Date): Standpoint {
  if (one.status === 'no_show') return 'absent';
  if (one.status === 'displaced') return 'displaced';
  if (one.end <= now) return 'over';
  if (one.status === 'checked_in') return 'here';
  if (one.status === 'held') return 'option';
  const late = now.getTime() > one.start.getTime() + graceMinutes * 60_000;
  return late && one.check_in_required ? 'late' : 'expected';
}

export type Groups<T> = { expected: T[]; here: T[]; past: T[] };

/** The arrivals of a day in the order in which they matter: who is awaited, who is there, what is behind. */
export function grouped<T extends Standing>(arrivals: readonly T[], now: Date): Groups<T> {
  const groups: Groups<T> = { expected: [], here: [], past: [] };
  for (const one of [...arrivals].sort((a, b) => a.start.getTime() - b.start.getTime())) {
    const where = standpointOf(one, now);
    if (where === 'here') groups.here.push(one);
    else if (where === 'over' || where === 'absent' || where === 'displaced') groups.past.push(one);
    else groups.expected.push(one);
  }
  return groups;
}

export type Totals = { bookings: number; people: number; here: number; awaited: number };

/** The day in figures: people come with their booking, absences are not counted. */
export function totalsOf(arrivals: readonly Standing[], now: Date): Totals {
  const totals: Totals = { bookings: 0, people: 0, here: 0, awaited: 0 };
  for (const one of arrivals) {
    const where = standpointOf(one, now);
    if (where === 'absent' || where === 'displaced' || where === 'option') continue;
    totals.bookings += 1;
    totals.people += one.people;
    if (where === 'here') totals.here += one.people;
    if (where === 'expected' || where === 'late') totals.awaited += one.people;
  }
  return totals;
}
