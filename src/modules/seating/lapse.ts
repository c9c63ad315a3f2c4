import { type Ctx, system } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { eachApart } from '../../core/each.ts';
import { lockSessions } from '../booking/index.ts';
import { changed } from './hooks.ts';
import { offerSeats } from './offers.ts';
import { dropCalls, noted, tell } from './scene.ts';
import { type RegistrationRow, ranOut, standUp, update, withCourse } from './seating.store.ts';

/**
 * Lets go of the holds nobody confirmed and the offers nobody answered in time, under the lock of their sessions, and offers
 * the seats to whoever is next. A hold keeps its end: its code still registers, if there are seats.
 */
export async function releaseRanOut(
  outer: Ctx,
  sessionIds: readonly string[],
  except: readonly string[] = [],
): Promise<number> {
  const ctx = { ...outer, actor: system };
  const rows = (await ranOut(ctx, sessionIds)).filter((row) => !except.includes(row.id));
  if (rows.length === 0) return 0;
  await standUp(
    ctx,
    rows.map((row) => row.id),
  );
  const told = new Set<string>();
  for (const row of rows) {
    const after = await lapse(ctx, row);
    // The dates of a course are told in one mail.
    const request = row.request_id ?? row.id;
    if (row.status === 'offered' && !told.has(request)) await tellExpired(ctx, after);
    told.add(request);
  }
  for (const id of new Set(rows.map((row) => row.session_id))) await offerSeats(ctx, id);
  return rows.length;
}

async function lapse(ctx: Ctx, row: RegistrationRow): Promise<RegistrationRow> {
  const after = await update(ctx, row, { status: 'cancelled', cancelled_at: ctx.now, cancel_cause: 'expired' });
  await noted(ctx, 'expired', after);
  await changed(ctx, { kind: 'expired', registrationId: row.id, sessionId: row.session_id });
  return after;
}

async function tellExpired(ctx: Ctx, row: RegistrationRow): Promise<void> {
  await dropCalls(ctx, [row.id], ['offered']);
  const person = await ctx.db.selectFrom('person').select('email').where('id', '=', row.person_id).executeTakeFirst();
  const to = { row, personEmail: person?.email ?? null, timeZone: ctx.territory.timeZone };
  await tell(ctx, to, 'offer_expired', undefined);
}

/** A job does this many sessions in one run; the next run goes on. */
const batch = 200;

/** Lets go of all that ran out, session by session; returns how many registrations. */
export async function releaseAllRanOut(outer: Ctx): Promise<number> {
  const ctx = { ...outer, actor: system };
  const late = ctx.db.selectFrom('registration').select('session_id').distinct().limit(batch);
  const held = await late.where('status', '=', 'held').where('hold_expires_at', '<=', ctx.now).execute();
  const offered = await late.where('status', '=', 'offered').where('offer_expires_at', '<=', ctx.now).execute();
  let done = 0;
  await eachApart([...new Set([...held, ...offered].map((row) => row.session_id))], (sessionId) =>
    atomically(ctx, async (inside) => {
      const ids = await withCourse(inside, [sessionId]);
      await lockSessions(inside, ids);
      done += await releaseRanOut(inside, ids);
      return true;
    }),
  );
  return done;
}
