import { has } from '../../core/access.ts';
import { registrationKey, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { lockSessions } from '../booking/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { letGoOfRanOut } from './lapse.ts';
import { offerSeats } from './offers.ts';
import { seeRegistration } from './seating.rules.ts';
import { findRegistration, lockRegistrations, type RegistrationRow, withCourse } from './seating.store.ts';
import type { RegistrationTarget } from './seating.types.ts';

/** A registration under the lock of its session, with all that a change of it needs. */
export type Scene = {
  row: RegistrationRow;
  /** With it, those of the same course that stand as it does: they are had or given back together. */
  rows: RegistrationRow[];
  session: SessionView;
  team: boolean;
  /** The actor's account or the link says that it is theirs. */
  owner: boolean;
  personEmail: string | null;
  personTelephone: string | null;
};

/** Whether the secret of a link is this registration's. */
export const opens = (ctx: Ctx, id: string, key: string | undefined): key is string =>
  key !== undefined && key.length < 100 && sameSecret(key, registrationKey(ctx.secret, id));

/**
 * Runs a change of one registration in one transaction, under the lock of its session (of all dates, for a course): what one
 * may not see is not there, one that changed since it was read is refused as stale, and what ran out counts as free.
 */
export function onRegistration<T>(
  ctx: Ctx,
  target: RegistrationTarget,
  work: (inside: Ctx, scene: Scene) => Promise<T>,
): Promise<T> {
  return atomically(ctx, async (inside) => {
    const found = await findRegistration(inside, target.registration);
    if (!found) throw notFound();
    const mine = inside.actor.personId !== null && inside.actor.personId === found.person_id;
    const owner = mine || opens(inside, found.id, target.key);
    const team = has(inside.actor, 'team', found.site_id);
    if (!owner && !team) throw notFound();
    const ids = await withCourse(inside, [found.session_id]);
    await lockSessions(inside, ids);
    const own = [found.id, ...(await siblings(inside, found, ids))];
    const freed = await letGoOfRanOut(inside, ids, own);
    const rows = await lockRegistrations(inside, own);
    const row = rows.find((one) => one.id === found.id);
    const [session] = await sessionsByIds(inside, [found.session_id]);
    if (!row || !session) throw notFound();
    if (target.version !== undefined && target.version !== row.version) {
      throw new Refusal('stale', 'stale', {}, { ...seeRegistration(row.reference), code: 'next.reload' });
    }
    const { person_email: personEmail, person_telephone: personTelephone } = found;
    const same = rows.filter((one) => one.id === row.id || one.status === row.status);
    const done = await work(inside, { row, rows: same, session, team, owner, personEmail, personTelephone });
    // Only now: what others left without an answer must not change this one under the hands of whoever acts.
    for (const id of freed) await offerSeats(inside, id);
    return done;
  });
}

async function siblings(
  ctx: Ctx,
  found: { request_id: string | null; id: string },
  sessionIds: readonly string[],
): Promise<string[]> {
  if (!found.request_id || sessionIds.length < 2) return [];
  const rows = await ctx.db
    .selectFrom('registration as r')
    .innerJoin('session as s', 's.id', 'r.session_id')
    .select(['r.id', 'r.session_id'])
    .where('r.request_id', '=', found.request_id)
    .where('r.id', '<>', found.id)
    // What was put off is still to come, whatever day it had.
    .where((where) => where.or([where('s.starts_at', '>', ctx.now), where('s.status', '=', 'postponed')]))
    .execute();
  return rows.filter((row) => sessionIds.includes(row.session_id)).map((row) => row.id);
}
