import { type Ctx, system } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { later } from '../../core/outbox.ts';
import { lockSessions } from '../booking/index.ts';
import { type SessionView, sessionsByIds } from '../sessions/index.ts';
import { changed } from './hooks.ts';
import { dropCalls, noted, onRegistration, reminderCall, type Scene, tell } from './scene.ts';
import { offerUntil, seeRegistration, seeSession, untilMorning, whoIsNext } from './seating.rules.ts';
import {
  countFree,
  growSeats,
  queueOf,
  type RegistrationRow,
  seatAll,
  standUp,
  statesOf,
  update,
  withCourse,
} from './seating.store.ts';
import type { RegistrationState, RegistrationTarget } from './seating.types.ts';

/** Left in the outbox when the list of a session must be looked at again. */
export const offerTopic = 'registration.offer';

/**
 * Offers what is free in a session to those who wait, in their order; call it under the session's lock, once seats were given
 * back or added. The dates of a course are served together, each under its lock: that is left for right after.
 */
export async function offerSeats(ctx: Ctx, sessionId: string, passed: readonly string[] = []): Promise<void> {
  const [session] = await sessionsByIds(ctx, [sessionId]);
  if (!session || session.waiting === 0) return;
  if (session.course) return later(ctx, { topic: offerTopic, payload: { sessionId, passed } });
  await serve(ctx, session, passed);
}

/** Looks at the list of a session again: after a delay kept for a group too large, or for all dates of a course. */
export function offerAgain(ctx: Ctx, sessionId: string, passed: readonly string[]): Promise<void> {
  return atomically({ ...ctx, actor: system }, async (inside) => {
    await lockSessions(inside, await withCourse(inside, [sessionId]));
    const [session] = await sessionsByIds(inside, [sessionId]);
    if (session && session.waiting > 0) await serve(inside, session, passed);
  });
}

async function serve(ctx: Ctx, session: SessionView, passed: readonly string[]): Promise<void> {
  const delay = offerUntil(ctx.now, session.start);
  if (session.status !== 'published' || !delay) return;
  const until = untilMorning(delay, session.start, session.timeZone);
  const queue = await queueOf(ctx, session.id);
  const requests = await Promise.all(queue.map((row) => wholeOf(ctx, session, row)));
  const free: Record<string, number> = {};
  for (const one of await sessionsByIds(ctx, [...new Set(requests.flat().map((row) => row.session_id))])) {
    // As many as come like from now on: whoever waits there has a seat made for them.
    if (one.seats === null) await growSeats(ctx, one.id, one.waiting);
    free[one.id] = await countFree(ctx, one.id);
  }
  const { offered, blocked } = whoIsNext(
    queue.map((row, index) => ({
      id: row.id,
      needs: Object.fromEntries(requests[index]!.map((one) => [one.session_id, one.places])),
    })),
    free,
    passed,
  );
  for (const [index, row] of queue.entries()) {
    if (offered.includes(row.id)) await offer(ctx, session, requests[index]!, until);
  }
  if (blocked) {
    const payload = { sessionId: session.id, passed: [...passed, blocked] };
    await later(ctx, { topic: offerTopic, payload, dueAt: until });
  }
}

/** What waits together: all dates of a course asked for in one go. */
async function wholeOf(ctx: Ctx, session: SessionView, row: RegistrationRow): Promise<RegistrationRow[]> {
  if (!session.course || !row.request_id) return [row];
  return ctx.db
    .selectFrom('registration')
    .selectAll()
    .where('request_id', '=', row.request_id)
    .where('status', '=', 'waiting')
    .orderBy('id')
    .execute();
}

async function offer(ctx: Ctx, session: SessionView, rows: readonly RegistrationRow[], until: Date): Promise<void> {
  for (const row of rows) {
    if (!(await seatAll(ctx, row.id))) throw new Refusal('registration.full', 'conflict');
    const after = await update(ctx, row, { status: 'offered', offer_expires_at: until });
    await noted(ctx, 'offered', after);
  }
  const first = rows[0]!;
  const person = ctx.db.selectFrom('person').select('email').where('id', '=', first.person_id);
  const personEmail = (await person.executeTakeFirst())?.email ?? null;
  await tell(ctx, { row: first, personEmail, timeZone: session.timeZone }, 'offered', 'offered');
}

/** Takes the seats offered. Right before the beginning, when nothing is offered any more, whoever waits may take what is free. */
export function acceptOffer(ctx: Ctx, target: RegistrationTarget): Promise<RegistrationState> {
  return onRegistration(ctx, target, async (inside, scene) => {
    const { row, session } = scene;
    if (row.status === 'registered') return stateOf(inside, row.id);
    const firstCome = row.status === 'waiting' && offerUntil(inside.now, session.start) === null;
    if (session.status !== 'published' || session.end <= inside.now) throw over(session);
    if (firstCome) {
      if (session.seats === null) await growSeats(inside, session.id, row.places);
      if (!(await seatAll(inside, row.id))) throw full(session);
      await seated(inside, scene, [row]);
    } else {
      if (row.status !== 'offered') throw notOffered(row);
      if (row.offer_expires_at! <= inside.now) throw new Refusal('registration.offer_over', 'conflict');
      await seated(inside, scene, scene.rows);
    }
    return stateOf(inside, row.id);
  });
}

async function seated(ctx: Ctx, scene: Scene, rows: readonly RegistrationRow[]): Promise<void> {
  for (const row of rows) {
    const changes = { waiting_since: null, offer_expires_at: null, registered_at: ctx.now };
    const after = await update(ctx, row, { status: 'registered', ...changes });
    await noted(ctx, 'accepted', after);
    await changed(ctx, { kind: 'registered', registrationId: row.id, sessionId: row.session_id });
  }
  await dropCalls(ctx, [scene.row.id], ['offered']);
  const { row, personEmail, session } = scene;
  if (personEmail) return tell(ctx, { row, personEmail, timeZone: session.timeZone }, 'registered', undefined);
  const calls = reminderCall(ctx, { id: row.id, status: 'registered' }, session);
  if (calls.length > 0) await ctx.db.insertInto('call').values(calls).execute();
}

/** Leaves the seats offered to whoever is next. */
export function declineOffer(ctx: Ctx, target: RegistrationTarget): Promise<RegistrationState> {
  return onRegistration(ctx, target, async (inside, scene) => {
    if (scene.row.status !== 'offered') throw notOffered(scene.row);
    await standUp(
      inside,
      scene.rows.map((row) => row.id),
    );
    for (const row of scene.rows) {
      const changes = { status: 'cancelled', cancelled_at: inside.now, cancel_cause: 'declined' } as const;
      await noted(inside, 'declined', await update(inside, row, changes));
      await changed(inside, { kind: 'cancelled', registrationId: row.id, sessionId: row.session_id });
    }
    await dropCalls(inside, [scene.row.id], ['offered']);
    for (const row of scene.rows) await offerSeats(inside, row.session_id);
    return stateOf(inside, scene.row.id);
  });
}

const stateOf = async (ctx: Ctx, id: string): Promise<RegistrationState> => (await statesOf(ctx, [id]))[0]!;
const over = (session: SessionView) => {
  const code = session.status === 'postponed' || session.status === 'cancelled' ? `session_${session.status}` : 'over';
  return new Refusal(`registration.${code}`, 'conflict', {}, seeSession(session.reference));
};
const full = (session: SessionView) => new Refusal('registration.full', 'conflict', {}, seeSession(session.reference));
const notOffered = (row: RegistrationRow) =>
  new Refusal(`registration.state_${row.status}`, 'conflict', {}, seeRegistration(row.reference));
