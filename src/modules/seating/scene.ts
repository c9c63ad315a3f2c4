import { has } from '../../core/access.ts';
import { addDays, dayOf } from '../../core/clock.ts';
import { registrationKey, sameSecret } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { later } from '../../core/outbox.ts';
import { lockSessions } from '../booking/index.ts';
import { type SessionView, sessionsByIds } from '../sessions/index.ts';
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
 * may not see is not there, and one that changed since it was read is refused as stale.
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
    const rows = await lockRegistrations(inside, [found.id, ...(await siblings(inside, found, ids))]);
    const row = rows.find((one) => one.id === found.id);
    const [session] = await sessionsByIds(inside, [found.session_id]);
    if (!row || !session) throw notFound();
    if (target.version !== undefined && target.version !== row.version) {
      throw new Refusal('stale', 'stale', {}, { ...seeRegistration(row.reference), code: 'next.reload' });
    }
    const { person_email: personEmail, person_telephone: personTelephone } = found;
    const same = rows.filter((one) => one.id === row.id || one.status === row.status);
    return work(inside, { row, rows: same, session, team, owner, personEmail, personTelephone });
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
    .where('s.starts_at', '>', ctx.now)
    .execute();
  return rows.filter((row) => sessionIds.includes(row.session_id)).map((row) => row.id);
}

/** Writes in the journal what became of a registration. */
export const noted = (ctx: Ctx, kind: string, row: RegistrationRow, reason: string | null = null): Promise<void> =>
  record(ctx, {
    kind: `registration.${kind}`,
    subjectKind: 'registration',
    subjectId: row.id,
    onBehalfOf: ctx.actor.personId === row.person_id ? null : row.person_id,
    reason,
    data: { sessionId: row.session_id, places: row.places },
  });

type CallKind = 'cancelled' | 'moved' | 'offered' | 'reminder';

/** How the person learns of a change: by mail where they have one, else somebody of the team calls them today. */
export async function tell(
  ctx: Ctx,
  to: { row: RegistrationRow; personEmail: string | null; timeZone: string },
  topic: string,
  call: CallKind | undefined,
  more: Record<string, unknown> = {},
): Promise<void> {
  const registrationId = to.row.id;
  if (to.row.demonstration && !to.personEmail) return;
  if (to.personEmail) return later(ctx, { topic: `registration.${topic}`, payload: { registrationId, ...more } });
  if (!call) return;
  await ctx.db
    .insertInto('call')
    .values({ id: newId(), registration_id: registrationId, due_day: dayOf(ctx.now, to.timeZone), kind: call })
    .execute();
}

/** Calls about registrations that nobody has to make any more. */
export async function dropCalls(
  ctx: Ctx,
  registrationIds: readonly string[],
  kinds: readonly CallKind[],
): Promise<void> {
  if (registrationIds.length === 0) return;
  await ctx.db
    .deleteFrom('call')
    .where('registration_id', 'in', [...registrationIds])
    .where('kind', 'in', [...kinds])
    .where('done_at', 'is', null)
    .execute();
}

/** The call on the eve of a session; none for today's, nor for who waits. */
export function reminderCall(
  ctx: Ctx,
  row: { id: string; status: RegistrationRow['status'] },
  session: Pick<SessionView, 'start' | 'timeZone'>,
) {
  const eve = addDays(dayOf(session.start, session.timeZone), -1);
  if (row.status !== 'registered' || eve < dayOf(ctx.now, session.timeZone)) return [];
  return [{ id: newId(), registration_id: row.id, due_day: eve, kind: 'reminder' as const }];
}
