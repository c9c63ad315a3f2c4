import { z } from 'zod';
import { addMinutes } from '../../core/clock.ts';
import { registrationKey, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { instant, uuid } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { earlyMinutes, mayMark } from './access.ts';
import { type Sitting, sittingAt, sittingsOf } from './attendance.rules.ts';
import { currentMark, insertMark, insertSignature, lockAttendee, markById, replaceMark } from './attendance.store.ts';
import { wholeSitting } from './hours.rules.ts';

/** A finger's strokes as an SVG path of whole numbers: nothing else can be drawn, nor hidden in it. */
export const strokesSchema = z
  .string()
  .max(40_000)
  .regex(/^(M\d{1,4} \d{1,4}(L\d{1,4} \d{1,4}){0,2000})+$/);

export const markSchema = z.object({
  /** Made by the phone that wrote it down, so that it is kept once however often it is sent. */
  id: uuid.optional(),
  attendeeId: uuid,
  halfDay: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} (am|pm)$/)
    .optional(),
  state: z.enum(['present', 'absent', 'excused']),
  mode: z.enum(['desk', 'qr', 'signature', 'self']),
  occurredAt: instant.optional(),
  strokes: strokesSchema.optional(),
});

export type MarkInput = z.output<typeof markSchema> & {
  /** The secret of the person's own mail: they may say themselves that they are there. */
  key?: string | undefined;
};

export type Marked = { id: string; halfDay: string; replaced: boolean };

/**
 * Writes down that somebody was there, or not, for one half-day. A mark that differs replaces the former, which is kept; the
 * same mark twice, or the same id twice, does it once. The team marks anybody of its site, who leads a session those of that
 * session; a person may say "I am here".
 */
export function markAttendance(ctx: Ctx, input: MarkInput): Promise<Marked> {
  return onceMore(() => markOnce(ctx, input));
}

const markOnce = (ctx: Ctx, input: MarkInput): Promise<Marked> =>
  atomically(ctx, async (inside) => {
    const attendee = await lockAttendee(inside, input.attendeeId);
    if (!attendee) throw notFound();
    if (!mayMark(inside, attendee)) mustBeThere(inside, input, attendee);
    const known = input.id ? await markById(inside, input.id) : undefined;
    if (known) {
      if (known.attendeeId !== attendee.id) throw notFound();
      return { id: known.id, halfDay: known.halfDay, replaced: false };
    }
    const occurredAt = input.occurredAt ?? inside.now;
    const sitting = sittingOf(attendee, input.halfDay, occurredAt);
    mustHaveBegun(inside, input, sitting, occurredAt);
    const before = await currentMark(inside, attendee.id, sitting.halfDay);
    // What stands written of somebody who gave their seat back can still be put right.
    if (!attendee.comes && !before) throw new Refusal('attendance.not_registered', 'conflict');
    if (before && saysNothingNew(input, before)) return { id: before.id, halfDay: sitting.halfDay, replaced: false };
    if (before) await replaceMark(inside, before.id);
    const signatureId = input.strokes === undefined ? null : newId();
    if (signatureId) await insertSignature(inside, signatureId, attendee.id, input.strokes!, occurredAt);
    const id = input.id ?? newId();
    const present = input.state === 'present';
    // Signing says that one was there, not for how long: hours that were put right stay.
    const { arrivedAt, leftAt } = present && before?.state === 'present' ? before : wholeSitting;
    const stayed = arrivedAt || leftAt ? before!.minutes : sitting.minutes;
    await insertMark(inside, {
      id,
      session_id: attendee.sessionId,
      attendee_id: attendee.id,
      half_day: sitting.halfDay,
      state: input.state,
      mode: signatureId ? 'signature' : input.mode,
      minutes: present ? (stayed ?? sitting.minutes) : 0,
      arrived_at: arrivedAt,
      left_at: leftAt,
      signature_id: signatureId,
      occurred_at: occurredAt,
    });
    await record(inside, {
      kind: `attendance.${input.state}`,
      subjectKind: 'session',
      subjectId: attendee.sessionId,
      occurredAt,
      data: { attendeeId: attendee.id, halfDay: sitting.halfDay, mode: input.mode, replaces: before?.id ?? null },
    });
    return { id, halfDay: sitting.halfDay, replaced: before !== undefined };
  });

type Before = NonNullable<Awaited<ReturnType<typeof currentMark>>>;

/** The same state again; a signature, drawn or on paper, is worth more than what the desk or a code said. */
const saysNothingNew = (input: MarkInput, before: Before): boolean =>
  before.state === input.state &&
  (input.strokes === undefined || input.strokes === before.strokes) &&
  (input.mode !== 'signature' || before.mode === 'signature');

type Attendee = NonNullable<Awaited<ReturnType<typeof lockAttendee>>>;

/** Their own presence only, by the link of their mail or signed in, while it goes on: absence is for the team to say. */
function mustBeThere(ctx: Ctx, input: MarkInput, attendee: Attendee): void {
  const key = registrationKey(ctx.secret, attendee.registrationId);
  const own =
    (ctx.actor.personId !== null && ctx.actor.personId === attendee.bookerId) ||
    (input.key !== undefined && sameSecret(input.key, key));
  const alone = input.mode === 'self' && input.strokes === undefined && input.occurredAt === undefined;
  if (!own || input.state !== 'present' || !alone) throw notFound();
  if (ctx.now < addMinutes(attendee.start, -earlyMinutes) || ctx.now > attendee.end) {
    throw new Refusal('attendance.not_now', 'conflict', { start: attendee.start });
  }
}

function sittingOf(attendee: Attendee, halfDay: string | undefined, at: Date): Sitting {
  const sittings = sittingsOf(attendee, attendee.timeZone);
  const sitting = halfDay ? sittings.find((one) => one.halfDay === halfDay) : sittingAt(sittings, at);
  if (!sitting) throw new Refusal('attendance.other_day', 'unprocessable');
  return sitting;
}

/** Nobody is marked present, nor absent, days ahead: only excused. A phone's clock may be wrong by some minutes. */
function mustHaveBegun(ctx: Ctx, input: MarkInput, sitting: Sitting, occurredAt: Date): void {
  const tooEarly = ctx.now < addMinutes(sitting.start, -earlyMinutes) && input.state !== 'excused';
  const ahead = occurredAt > addMinutes(ctx.now, 15);
  if (tooEarly || ahead) throw new Refusal('attendance.not_yet', 'conflict', { start: sitting.start });
}
