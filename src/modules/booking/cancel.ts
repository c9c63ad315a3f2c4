import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { optionalText } from '../../core/input.ts';
import { rulesOf } from './assess.ts';
import { decideChange } from './booking.rules.ts';
import { giveBack } from './booking.store.ts';
import type { Booked, Target } from './booking.types.ts';
import { bookedOf, mustBe, mustNotBeOver, onBooking, targetSchema, update } from './change.ts';
import { entryOf, journalRows, outboxRows } from './taking.ts';
import { dropReminder, tell } from './telling.ts';
import { write } from './write.store.ts';

export const cancelSchema = targetSchema.extend({ reason: optionalText(500) });

/** Gives a booking back: the person until the deadline, the team always, saying why. */
export function cancel(ctx: Ctx, input: Target & { reason?: string | undefined }): Promise<Booked> {
  return onBooking(ctx, input, {}, async (inside, scene) => {
    const { row, thing, team, owner } = scene;
    mustBe(row, 'requested', 'held', 'confirmed', 'displaced');
    mustNotBeOver(inside, row);
    const late = decideChange({ now: inside.now, start: row.starts_at, rules: rulesOf(thing), team, place: thing });
    // What is not certain yet may be given back at any time.
    if (late && row.status === 'confirmed') throw Refusal.all('unprocessable', [late]);
    if (team && !owner && !input.reason) throw new Refusal('booking.reason_needed', 'unprocessable');
    await giveBack(inside.db, [row.id]);
    await dropReminder(inside, [row.id]);
    // A hold given back on purpose is not one that ran out: its code must not take it again.
    const after = await update(inside, row, { status: 'cancelled', cancelled_at: inside.now, hold_expires_at: null });
    const byTeam = !owner;
    // A visitor who has not confirmed an e-mail yet, nor left a number, cannot be called either.
    const unreachable = row.status === 'held' && !row.option_until && !scene.personTelephone;
    const telling = tell(inside, scene, 'booking.cancelled', byTeam && !unreachable ? 'cancelled' : undefined, {
      byTeam,
      reason: input.reason ?? null,
    });
    await write(inside.db, {
      journal: journalRows(
        inside,
        entryOf('booking.cancelled', row.id, {
          reason: input.reason ?? null,
          onBehalfOf: inside.actor.personId === row.person_id ? null : row.person_id,
        }),
      ),
      ...telling,
      // Others may be waiting for it.
      outbox: [...(telling.outbox ?? []), ...outboxRows(inside, { topic: 'booking.given_back', payload: {} })],
    });
    return bookedOf(after, thing.siteId);
  });
}
