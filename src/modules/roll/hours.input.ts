import { z } from 'zod';
import { dayOf, instantOf } from '../../core/clock.ts';
import { localTime, uuid } from '../../core/input.ts';
import type { Sitting } from '../attendance/index.ts';

export const hoursForm = z.object({ personne: uuid, arrivee: localTime, depart: localTime });

/** Two times of the wall clock as instants of a sitting; its own beginning and end are left out. */
export function readHours(sitting: Sitting, timeZone: string, { arrivee, depart }: z.output<typeof hoursForm>) {
  const day = dayOf(sitting.start, timeZone);
  const from = instantOf(day, arrivee, timeZone);
  const left = instantOf(day, depart, timeZone);
  // What lasts until midnight ends at 0:00, which the clock shows at the beginning of a day.
  const to = depart === '00:00' && left <= sitting.start ? sitting.end : left;
  const apart = (at: Date, own: Date) => (Math.abs(at.getTime() - own.getTime()) < 60_000 ? undefined : at);
  return { arrivedAt: apart(from, sitting.start), leftAt: apart(to, sitting.end) };
}
