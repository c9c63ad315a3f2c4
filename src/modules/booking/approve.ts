import type { Ctx } from '../../core/context.ts';
import { text } from '../../core/input.ts';
import { giveBack } from './booking.store.ts';
import type { Booked, Target } from './booking.types.ts';
import { bookedOf, mustBe, mustNotBeOver, onBooking, targetSchema, update } from './change.ts';
import { entryOf, journalRows } from './taking.ts';
import { dropReminder, tell } from './telling.ts';
import { write } from './write.store.ts';

export const declineSchema = targetSchema.extend({ reason: text(500) });

/** The team says yes to a request, whose place was kept meanwhile. */
export function approve(ctx: Ctx, target: Target): Promise<Booked> {
  return onBooking(ctx, target, { team: true }, async (inside, scene) => {
    const { row, thing } = scene;
    mustBe(row, 'requested');
    mustNotBeOver(inside, row);
    const after = await update(inside, row, { status: 'confirmed', confirmed_at: inside.now });
    await write(inside.db, {
      journal: journalRows(inside, entryOf('booking.approved', row.id, { onBehalfOf: row.person_id })),
      ...tell(inside, scene, 'booking.approved', undefined),
    });
    return bookedOf(after, thing.siteId);
  });
}

/** The team says no to a request, and why; its place is free again. */
export function decline(ctx: Ctx, input: Target & { reason: string }): Promise<Booked> {
  return onBooking(ctx, input, { team: true }, async (inside, scene) => {
    const { row, thing } = scene;
    mustBe(row, 'requested');
    await giveBack(inside.db, [row.id]);
    await dropReminder(inside, [row.id]);
    const after = await update(inside, row, { status: 'cancelled', cancelled_at: inside.now });
    const more = { reason: input.reason, onBehalfOf: row.person_id };
    await write(inside.db, {
      journal: journalRows(inside, entryOf('booking.declined', row.id, more)),
      ...tell(inside, scene, 'booking.declined', 'cancelled', { reason: input.reason }),
    });
    return bookedOf(after, thing.siteId);
  });
}
