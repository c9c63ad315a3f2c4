import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { instant, uuid } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { mayMark } from './access.ts';
import { sittingsOf } from './attendance.rules.ts';
import { currentMark, insertMark, lockAttendee, replaceMark } from './attendance.store.ts';
import { type Hours, minutesThere } from './hours.rules.ts';
import { type Marked, markSchema } from './mark.ts';

export const hoursSchema = z.object({
  attendeeId: uuid,
  halfDay: markSchema.shape.halfDay.unwrap(),
  /** When they came and left; left out, they were there from the beginning, or to the end. */
  arrivedAt: instant.optional(),
  leftAt: instant.optional(),
});

/**
 * Says when somebody who is there came or left within a half-day: the hours on the sheet are those they were there. What stood
 * before is kept, as for any mark put right; their signature stays theirs.
 */
export const setHours = (ctx: Ctx, input: z.output<typeof hoursSchema>): Promise<Marked> =>
  onceMore(() =>
    atomically(ctx, async (inside) => {
      const attendee = await lockAttendee(inside, input.attendeeId);
      if (!attendee || !mayMark(inside, attendee)) throw notFound();
      const sitting = sittingsOf(attendee, attendee.timeZone).find((one) => one.halfDay === input.halfDay);
      if (!sitting) throw new Refusal('attendance.other_day', 'unprocessable');
      const before = await currentMark(inside, attendee.id, sitting.halfDay);
      // Hours say how long somebody was there: first that they were.
      if (before?.state !== 'present') throw new Refusal('attendance.not_there', 'conflict');
      const hours: Hours = { arrivedAt: input.arrivedAt ?? null, leftAt: input.leftAt ?? null };
      const minutes = minutesThere(sitting, hours);
      if (minutes === undefined) {
        throw new Refusal('attendance.hours', 'unprocessable', { start: sitting.start, end: sitting.end });
      }
      const same = (one: Date | null, other: Date | null) => one?.getTime() === other?.getTime();
      const unchanged = same(before.arrivedAt, hours.arrivedAt) && same(before.leftAt, hours.leftAt);
      if (unchanged) return { id: before.id, halfDay: sitting.halfDay, replaced: false };
      await replaceMark(inside, before.id);
      const id = newId();
      await insertMark(inside, {
        id,
        session_id: attendee.sessionId,
        attendee_id: attendee.id,
        half_day: sitting.halfDay,
        state: 'present',
        mode: before.mode,
        minutes,
        arrived_at: hours.arrivedAt,
        left_at: hours.leftAt,
        signature_id: before.signatureId,
        occurred_at: before.occurredAt,
      });
      await record(inside, {
        kind: 'attendance.hours',
        subjectKind: 'session',
        subjectId: attendee.sessionId,
        data: { attendeeId: attendee.id, halfDay: sitting.halfDay, minutes, replaces: before.id },
      });
      return { id, halfDay: sitting.halfDay, replaced: true };
    }),
  );
