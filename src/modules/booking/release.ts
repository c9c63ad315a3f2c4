import { addMinutes } from '../../core/clock.ts';
import { type Ctx, system } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { eachApart } from '../../core/each.ts';
import { Refusal } from '../../core/errors.ts';
import { runsNow } from '../../core/last-run.ts';
import { giveBack } from './booking.store.ts';
import { onBooking, update } from './change.ts';
import { entryOf, expire, journalRows } from './taking.ts';
import { dropReminder, tell } from './telling.ts';
import { write } from './write.store.ts';

/** A job does this many in one run; the next run goes on. */
const batch = 200;

/** Runs a change for each booking, each in its own transaction; one that changed meanwhile is left to its new state. */
function each(ids: readonly string[], change: (id: string) => Promise<boolean>): Promise<number> {
  return eachApart(ids, async (id) => {
    try {
      return await change(id);
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  });
}

/** Runs this far apart are one after the other; further, the program was away in between. */
const longestPause = 5;

/**
 * What fell while no process was there to hear that somebody had come is given back by nobody's silence: it becomes a question
 * to the team, on the day's page, and its place stays. Call it before `releaseLate`.
 */
export async function askAfterAbsence(ctx: Ctx): Promise<void> {
  await atomically(ctx, async ({ db, now }) => {
    const last = await runsNow({ ...ctx, db }, 'bookings-late');
    if (!last || addMinutes(last, longestPause) >= now) return;
    await db
      .updateTable('booking')
      .set({ release_at: null })
      .where('status', '=', 'confirmed')
      .where('check_in_required', '=', true)
      .where('release_at', '>', last)
      .where('release_at', '<=', now)
      .execute();
  });
}

/** Frees what was booked by people who did not check in in time, and tells them; returns how many. */
export async function releaseLate(outer: Ctx): Promise<number> {
  const ctx = { ...outer, actor: system };
  await leaveOver(ctx);
  const late = await ctx.db
    .selectFrom('booking')
    .select('id')
    .where('status', '=', 'confirmed')
    .where('check_in_required', '=', true)
    .where('release_at', '<=', ctx.now)
    .orderBy('release_at')
    .limit(batch)
    .execute();
  return each(
    late.map((row) => row.id),
    (booking) =>
      onBooking(ctx, { booking }, {}, async (inside, scene) => {
        const { row } = scene;
        if (row.status !== 'confirmed' || !row.release_at || row.release_at > inside.now) return false;
        if (row.ends_at <= inside.now) return false;
        await giveBack(inside.db, [row.id]);
        await update(inside, row, { status: 'no_show' });
        await write(inside.db, {
          journal: journalRows(inside, entryOf('booking.released', row.id, { onBehalfOf: row.person_id })),
          ...tell(inside, scene, 'booking.released', 'released'),
        });
        return true;
      }),
  );
}

/**
 * What is over has no place left to give. Where this program was away meanwhile nobody could say that they were there: none of
 * them is noted absent for it, nor told so. The team still may.
 */
async function leaveOver({ db, now }: Ctx): Promise<void> {
  await db
    .updateTable('booking')
    .set({ release_at: null })
    .where('status', '=', 'confirmed')
    .where('check_in_required', '=', true)
    .where('release_at', '<=', now)
    .where('ends_at', '<=', now)
    .execute();
}

/** Gives back the holds and options that ran out; returns how many. */
export async function expireHolds(outer: Ctx): Promise<number> {
  const ctx = { ...outer, actor: system };
  const dead = await ctx.db
    .selectFrom('booking')
    .select('id')
    .where('status', '=', 'held')
    .where('hold_expires_at', '<=', ctx.now)
    .limit(batch)
    .execute();
  return each(
    dead.map((row) => row.id),
    (booking) =>
      onBooking(ctx, { booking }, {}, async (inside, { row }) => {
        await dropReminder(inside, [row.id]);
        return (await expire(inside, [row.id])) > 0;
      }),
  );
}

/** Requests that nobody answered before their time are given back, and the person told; returns how many. */
export async function lapseRequests(outer: Ctx): Promise<number> {
  const ctx = { ...outer, actor: system };
  const lapsed = await ctx.db
    .selectFrom('booking')
    .select('id')
    .where('status', '=', 'requested')
    .where('starts_at', '<=', ctx.now)
    .limit(batch)
    .execute();
  return each(
    lapsed.map((row) => row.id),
    (booking) =>
      onBooking(ctx, { booking }, {}, async (inside, scene) => {
        const { row } = scene;
        if (row.status !== 'requested' || row.starts_at > inside.now) return false;
        await giveBack(inside.db, [row.id]);
        await update(inside, row, { status: 'cancelled', cancelled_at: inside.now });
        await write(inside.db, {
          journal: journalRows(inside, entryOf('booking.expired', row.id, { onBehalfOf: row.person_id })),
          ...tell(inside, scene, 'booking.declined', 'cancelled', { lapsed: true, reason: null }),
        });
        return true;
      }),
  );
}
