import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { uuid, whole } from '../../core/input.ts';
import { markAttendance, markSchema } from './mark.ts';
import { rollOf } from './roll.store.ts';

export const groupSchema = z.object({
  sessionId: uuid,
  registrationId: uuid,
  halfDay: markSchema.shape.halfDay.unwrap(),
  /** How many of those without a name are there; the others are absent. */
  present: whole(0, 2_000),
});

/** Writes down how many of a class are there: its seats have no name, so that only their number says anything. */
export function markGroup(ctx: Ctx, input: z.output<typeof groupSchema>): Promise<void> {
  return atomically(ctx, async (inside) => {
    const roll = await rollOf(inside, input.sessionId);
    const seats = roll?.people.filter((one) => one.registrationId === input.registrationId && one.name === null) ?? [];
    if (seats.length === 0) throw notFound();
    // More came than were registered: they are added at the door, or counted without a name.
    if (input.present > seats.length) {
      throw new Refusal('attendance.more_than_seats', 'unprocessable', { seats: seats.length });
    }
    for (const [at, { attendeeId }] of seats.entries()) {
      const state = at < input.present ? 'present' : 'absent';
      await markAttendance(inside, { attendeeId, halfDay: input.halfDay, state, mode: 'desk' });
    }
  });
}
