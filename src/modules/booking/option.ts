import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { seeBooking } from './booking.links.ts';
import type { Booked, Target } from './booking.types.ts';
import { bookedOf, mustBe, onBooking, update } from './change.ts';
import { reminderCall } from './reserve.ts';
import { entryOf, journalRows } from './taking.ts';
import { tell } from './telling.ts';
import { write } from './write.store.ts';

/** Turns an option held by the team into a booking, while it lasts. */
export function keepOption(ctx: Ctx, target: Target): Promise<Booked> {
  return onBooking(ctx, target, { team: true }, async (inside, scene) => {
    const { row, thing, personEmail } = scene;
    mustBe(row, 'held');
    const until = row.option_until;
    if (!until || until <= inside.now) {
      throw new Refusal('booking.no_option', 'conflict', {}, seeBooking(row.reference));
    }
    await inside.db.updateTable('allocation').set({ expires_at: null }).where('cause_id', '=', row.id).execute();
    const after = await update(inside, row, {
      status: 'confirmed',
      confirmed_at: inside.now,
      hold_expires_at: null,
      option_until: null,
    });
    await write(inside.db, {
      journal: journalRows(inside, entryOf('booking.confirmed', row.id, { onBehalfOf: row.person_id })),
      ...tell(inside, scene, 'booking.confirmed', undefined),
      ...(personEmail ? {} : { call: reminderCall(inside, row.id, row.starts_at, thing.timeZone) }),
    });
    return bookedOf(after, thing.siteId);
  });
}
