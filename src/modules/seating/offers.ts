import { minute } from '../../core/clock.ts';
import { type Ctx, system } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { eachApart } from '../../core/each.ts';
import { Refusal } from '../../core/errors.ts';
import { runsNow } from '../../core/last-run.ts';
import { later } from '../../core/outbox.ts';
import { lockSessions } from '../booking/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { letGoOfRanOut } from './lapse.ts';
import { datesThatRemain, queueOf, ranOutIn, waitingTogether } from './queue.store.ts';
import { firstComeMinutes, offerUntil, untilMorning, whoIsNext } from './seating.rules.ts';
import { countFree, growSeats, type RegistrationRow, seatAll, update, withCourse } from './seating.store.ts';
import { noted, tell } from './telling.ts';

/** Left in the outbox when the list of a session must be looked at again. */
export const offerTopic = 'registration.offer';

/**
 * Offers what is free in a session to those who wait, in their order; call it under the session's lock, once seats were given
 * back or added. What ran out counts as free. The dates of a course are served together, each under its lock: that is left for
 * right after.
 */
export async function offerSeats(ctx: Ctx, sessionId: string, passed: readonly string[] = []): Promise<void> {
  const [session] = await sessionsByIds(ctx, [sessionId]);
  if (!session || session.waiting === 0) return;
  if (session.course) return later(ctx, { topic: offerTopic, payload: { sessionId, passed } });
  await letGoOfRanOut(ctx, [sessionId]);
  await serve(ctx, session, passed);
}

/** Looks at the list of a session again: after a delay kept for a group too large, or for all dates of a course. */
export function offerAgain(ctx: Ctx, sessionId: string, passed: readonly string[]): Promise<void> {
  return atomically({ ...ctx, actor: system }, async (inside) => {
    const ids = await withCourse(inside, [sessionId]);
    await lockSessions(inside, ids);
    const freed = await letGoOfRanOut(inside, ids);
    const [session] = await sessionsByIds(inside, [sessionId]);
    if (session && session.waiting > 0) await serve(inside, session, passed);
    for (const id of freed) if (id !== sessionId) await offerSeats(inside, id);
  });
}

/**
 * Lets go of what ran out in these sessions, under their locks, and offers the seats to whoever is next; returns in how many
 * sessions there was any.
 */
export async function releaseRanOut(
  ctx: Ctx,
  sessionIds: readonly string[],
  except: readonly string[] = [],
): Promise<number> {
  const freed = await letGoOfRanOut(ctx, sessionIds, except);
  for (const id of freed) await offerSeats(ctx, id);
  return freed.length;
}

/** A job does this many sessions in one run; the next run goes on. */
const batch = 200;

/** Lets go of all that ran out, session by session; returns in how many sessions. */
export async function releaseAllRanOut(outer: Ctx): Promise<number> {
  const ctx = { ...outer, actor: system };
  let done = 0;
  await eachApart(await ranOutIn(ctx, batch), (sessionId) =>
    atomically(ctx, async (inside) => {
      const ids = await withCourse(inside, [sessionId]);
      await lockSessions(inside, ids);
      done += await releaseRanOut(inside, ids);
      return true;
    }),
  );
  return done;
}

/**
 * Once a date of a course is too near to be offered, those who wait for it wait for the dates that remain: these are looked at
 * again, once each time a date comes that near, however long nobody looked.
 */
export function offerWhatRemains(outer: Ctx): Promise<void> {
  return atomically({ ...outer, actor: system }, async (inside) => {
    const before = (await runsNow(inside, 'courses-begun')) ?? new Date(inside.now.getTime() - 60 * minute);
    const near = (at: Date) => new Date(at.getTime() + firstComeMinutes * minute);
    const ids = await datesThatRemain(inside, near(before), near(inside.now));
    await later(inside, ...ids.map((sessionId) => ({ topic: offerTopic, payload: { sessionId, passed: [] } })));
  });
}

/** Until when these seats would be kept: the earliest of the dates says it. Null where it is too late to offer any. */
function keptUntil(ctx: Ctx, dates: readonly SessionView[]): Date | null {
  const [first] = dates;
  const until = first && offerUntil(ctx.now, first.start);
  return until ? untilMorning(until, first.start, first.timeZone) : null;
}

type Asked = { rows: RegistrationRow[]; until: Date };

async function serve(ctx: Ctx, session: SessionView, passed: readonly string[]): Promise<void> {
  if (session.status !== 'published' || offerUntil(ctx.now, session.start) === null) return;
  const queue = await queueOf(ctx, session.id);
  const together = session.course ? await waitingTogether(ctx, queue) : queue;
  const ids = [...new Set(together.map((row) => row.session_id))];
  // In the order of their time. A date that is over, put off or about to begin holds up none of the others.
  const dates = (await sessionsByIds(ctx, ids)).filter(
    (one) => one.status === 'published' && offerUntil(ctx.now, one.start) !== null,
  );
  const free: Record<string, number> = {};
  for (const one of dates) {
    const left = await countFree(ctx, one.id);
    // As many as come like from now on: whoever waits there has a seat made for them.
    const made = one.seats === null ? Math.max(0, one.waiting - left) : 0;
    if (made > 0) await growSeats(ctx, one.id, made);
    free[one.id] = left + made;
  }
  const asked = new Map<string, Asked>();
  for (const row of queue) {
    const rows = together.filter((one) => one.id === row.id || (row.request_id && one.request_id === row.request_id));
    const theirs = dates.filter((date) => rows.some((one) => one.session_id === date.id));
    const until = keptUntil(ctx, theirs)!;
    asked.set(row.id, { rows: theirs.map((date) => rows.find((one) => one.session_id === date.id)!), until });
  }
  const { offered, blocked } = whoIsNext(
    [...asked].map(([id, { rows }]) => ({
      id,
      needs: Object.fromEntries(rows.map((one) => [one.session_id, one.places])),
    })),
    free,
    passed,
  );
  for (const id of offered) await offer(ctx, session, asked.get(id)!);
  if (blocked) {
    const payload = { sessionId: session.id, passed: [...passed, blocked] };
    await later(ctx, { topic: offerTopic, payload, dueAt: asked.get(blocked)!.until });
  }
}

async function offer(ctx: Ctx, session: SessionView, { rows, until }: Asked): Promise<void> {
  for (const row of rows) {
    if (!(await seatAll(ctx, row.id))) throw new Refusal('registration.full', 'conflict');
    const after = await update(ctx, row, { status: 'offered', offer_expires_at: until });
    await noted(ctx, 'offered', after);
  }
  const first = rows[0]!;
  const person = ctx.db.selectFrom('person').select('email').where('id', '=', first.person_id);
  const personEmail = (await person.executeTakeFirst())?.email ?? null;
  const ids = rows.map((row) => row.id);
  await tell(ctx, { row: first, personEmail, timeZone: session.timeZone }, 'offered', 'offered', { ids });
}
