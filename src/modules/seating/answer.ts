import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { onRegistration, type Scene } from './enter.ts';
import { changed } from './hooks.ts';
import { offerSeats } from './offers.ts';
import { offerUntil, seeRegistration, seeSession } from './seating.rules.ts';
import { growSeats, type RegistrationRow, seatAll, standUp, statesOf, update } from './seating.store.ts';
import type { RegistrationState, RegistrationTarget } from './seating.types.ts';
import { dropCalls, noted, reminderCall, tell } from './telling.ts';

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
      const kept = scene.rows.filter((one) => one.offer_expires_at! > inside.now);
      await seated(inside, scene, kept);
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
  const ids = rows.map((one) => one.id);
  await dropCalls(ctx, ids, ['offered']);
  const { row, personEmail, session } = scene;
  if (personEmail) return tell(ctx, { row, personEmail, timeZone: session.timeZone }, 'registered', undefined);
  const dates = await sessionsByIds(
    ctx,
    rows.map((one) => one.session_id),
  );
  const calls = rows.flatMap(({ id, session_id }) =>
    reminderCall(ctx, { id, status: 'registered' }, dates.find((date) => date.id === session_id)!),
  );
  if (calls.length > 0) await ctx.db.insertInto('call').values(calls).execute();
}

/** Leaves the seats offered to whoever is next. */
export function declineOffer(ctx: Ctx, target: RegistrationTarget): Promise<RegistrationState> {
  return onRegistration(ctx, target, async (inside, scene) => {
    if (scene.row.status !== 'offered') throw notOffered(scene.row);
    const ids = scene.rows.map((row) => row.id);
    await standUp(inside, ids);
    for (const row of scene.rows) {
      const changes = { status: 'cancelled', cancelled_at: inside.now, cancel_cause: 'declined' } as const;
      await noted(inside, 'declined', await update(inside, row, changes));
      await changed(inside, { kind: 'cancelled', registrationId: row.id, sessionId: row.session_id });
    }
    await dropCalls(inside, ids, ['offered']);
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
