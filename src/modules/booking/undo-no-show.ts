import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import type { Booked, Target } from './booking.types.ts';
import { bookedOf, mustBe, mustNotBeOver, onBooking, update } from './change.ts';
import { claimRows, currentClaims, entryOf, journalRows, seat, takenReason, type Wanted } from './taking.ts';
import { write } from './write.store.ts';

/** Takes back an absence noted by mistake, or of somebody who comes after all: as long as the place is still free. */
export function undoNoShow(ctx: Ctx, target: Target): Promise<Booked> {
  return onBooking(ctx, target, { team: true }, async (inside, { row, thing }) => {
    mustBe(row, 'no_show');
    mustNotBeOver(inside, row);
    // What is past was given to whoever came meanwhile: only what is left is taken again.
    const start = row.starts_at > inside.now ? row.starts_at : inside.now;
    const item = { resourceId: thing.id, start, end: row.ends_at };
    const wanted: Wanted = { causeId: row.id, item, thing, people: row.people };
    const seating = await seat(inside, [wanted], await currentClaims(inside, [wanted]));
    if (!seating.units[0]) throw Refusal.all('conflict', [takenReason(wanted)]);
    // Nobody needs to be told any more that the place was given back.
    await inside.db
      .deleteFrom('call')
      .where('booking_id', '=', row.id)
      .where('kind', '=', 'released')
      .where('done_at', 'is', null)
      .execute();
    const allocation = await claimRows(inside, [wanted], seating, {});
    // The place is not released a second time: somebody of the team knows what happens.
    const after = await update(inside, row, { status: 'confirmed', release_at: null, pardoned_at: null });
    await write(inside.db, {
      allocation,
      journal: journalRows(inside, entryOf('booking.no_show_undone', row.id, { onBehalfOf: row.person_id })),
    });
    return bookedOf(after, thing.siteId);
  });
}
