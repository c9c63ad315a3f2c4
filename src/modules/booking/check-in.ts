import { addMinutes, dayOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { seeBooking } from './booking.links.ts';
import { giveBack } from './booking.store.ts';
import type { Booked, Target } from './booking.types.ts';
import { bookedOf, mustBe, mustNotBeOver, onBooking, type Scene, update } from './change.ts';
import { endClaims, entryOf, journalRows } from './taking.ts';
import { write } from './write.store.ts';

/** A person may say they are there this long before their time; the team from the morning of that day. */
export const earlyMinutes = 30;

const noted = async (ctx: Ctx, kind: string, { row }: Scene, occurredAt = ctx.now): Promise<void> =>
  write(ctx.db, {
    journal: journalRows(
      ctx,
      entryOf(kind, row.id, {
        occurredAt,
        onBehalfOf: ctx.actor.personId === row.person_id ? null : row.person_id,
      }),
    ),
  });

/**
 * Says that the person is there; the unit they have is theirs until the end. Said twice, it is said once. The team may say it
 * afterwards, with the time at which it was seen: a telephone without a network wrote it down.
 */
export function checkIn(ctx: Ctx, target: Target, seenAt?: Date): Promise<Booked> {
  return onBooking(ctx, target, {}, async (inside, scene) => {
    const { row, thing, team } = scene;
    if (row.status === 'checked_in') return bookedOf(row, thing.siteId);
    mustBe(row, 'confirmed');
    const at = team && seenAt && seenAt < inside.now ? seenAt : inside.now;
    mustNotBeOver({ ...inside, now: at }, row);
    const opens = team
      ? wholeDay(dayOf(row.starts_at, thing.timeZone), thing.timeZone).start
      : addMinutes(row.starts_at, -earlyMinutes);
    if (at < opens) {
      throw new Refusal('booking.too_early', 'unprocessable', { opens }, seeBooking(row.reference));
    }
    const after = await update(inside, row, { status: 'checked_in', checked_in_at: at });
    await inside.db.updateTable('allocation').set({ fixed: true }).where('cause_id', '=', row.id).execute();
    await noted(inside, 'booking.checked_in', scene, at);
    return bookedOf(after, thing.siteId);
  });
}

/** Takes back a check-in made by mistake. */
export function undoCheckIn(ctx: Ctx, target: Target): Promise<Booked> {
  return onBooking(ctx, target, { team: true }, async (inside, scene) => {
    const { row, thing } = scene;
    mustBe(row, 'checked_in');
    mustNotBeOver(inside, row);
    const after = await update(inside, row, { status: 'confirmed', checked_in_at: null });
    await inside.db.updateTable('allocation').set({ fixed: false }).where('cause_id', '=', row.id).execute();
    await noted(inside, 'booking.check_in_undone', scene);
    return bookedOf(after, thing.siteId);
  });
}

/** Ends a booking now: what is left of it is free for others, once the gap after it has passed. */
export function endEarly(ctx: Ctx, target: Target): Promise<Booked> {
  return onBooking(ctx, target, {}, async (inside, scene) => {
    const { row, thing } = scene;
    mustBe(row, 'checked_in', 'confirmed');
    mustNotBeOver(inside, row);
    if (row.starts_at >= inside.now) {
      throw new Refusal('booking.not_begun', 'unprocessable', {}, seeBooking(row.reference));
    }
    await cutAt(inside, scene);
    const after = await update(inside, row, { ends_at: inside.now, ended_early_at: inside.now });
    await noted(inside, 'booking.ended_early', scene);
    return bookedOf(after, thing.siteId);
  });
}

/** Cuts what a booking holds at this instant, keeping the gap after it. */
async function cutAt(ctx: Ctx, { row, thing }: Scene): Promise<void> {
  const held = await ctx.db.selectFrom('allocation').select(['id', 'unit_id']).where('cause_id', '=', row.id).execute();
  for (const claim of held) {
    const gap = thing.units.find((unit) => unit.id === claim.unit_id)?.gap ?? thing.gap;
    await endClaims(ctx, 'id', claim.id, addMinutes(ctx.now, gap));
  }
}

/** Says that the person did not come; what is left of the booking is free for others. */
export function markNoShow(ctx: Ctx, target: Target): Promise<Booked> {
  return onBooking(ctx, target, { team: true }, async (inside, scene) => {
    const { row, thing } = scene;
    mustBe(row, 'confirmed');
    if (row.starts_at > inside.now) {
      throw new Refusal('booking.not_begun', 'unprocessable', {}, seeBooking(row.reference));
    }
    await giveBack(inside.db, [row.id]);
    const after = await update(inside, row, { status: 'no_show' });
    await noted(inside, 'booking.no_show', scene);
    return bookedOf(after, thing.siteId);
  });
}
