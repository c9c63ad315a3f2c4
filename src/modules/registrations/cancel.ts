import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { lockSessions } from '../booking/index.ts';
import {
  changed,
  comingOf,
  dropCalls,
  isLate,
  noted,
  offerSeats,
  onRegistration,
  type RegistrationRow,
  type RegistrationState,
  type RegistrationTarget,
  type Scene,
  seeRegistration,
  standUp,
  statesOf,
  tell,
  update,
  withCourse,
} from '../seating/index.ts';
import { sessionsByIds } from '../timetable/index.ts';

export type CancelInput = RegistrationTarget & {
  /** Who gives it back; left out, whoever acts. */
  cause?: 'person' | 'team' | undefined;
  /** The team says why; the person reads it. */
  reason?: string | undefined;
  /** With it all the dates of its course that are still to come. */
  whole?: boolean | undefined;
};

/** Gives the seats of a registration back, or its turn in the list; they are offered to whoever is next at once. */
export function cancelRegistration(ctx: Ctx, input: CancelInput): Promise<RegistrationState> {
  return onRegistration(ctx, input, async (inside, scene) => {
    const { row, session } = scene;
    if (row.status === 'cancelled') throw new Refusal('registration.state_cancelled', 'conflict', {}, agenda);
    mustBeAhead(inside, scene);
    const rows = input.whole ? scene.rows : [row];
    const cause = input.cause ?? (scene.owner ? 'person' : 'team');
    const late = await lateAmong(inside, rows, session.site.id);
    await standUp(
      inside,
      rows.map((one) => one.id),
    );
    for (const one of rows) await giveBack(inside, one, cause, late.has(one.id), input.reason);
    await dropCalls(
      inside,
      rows.map((one) => one.id),
      ['reminder', 'offered', 'moved'],
    );
    // A visitor who has not confirmed an e-mail yet and left no number cannot be told.
    await tell(
      inside,
      { ...scene, timeZone: session.timeZone },
      'cancelled',
      cause === 'team' ? 'cancelled' : undefined,
      {
        reason: input.reason ?? null,
        ids: rows.map((one) => one.id),
      },
    );
    for (const one of rows) await offerSeats(inside, one.session_id);
    return (await statesOf(inside, [row.id]))[0]!;
  });
}

/**
 * Gives back all that somebody has to come, in the caller's transaction; returns how many. Their sessions are locked at once, as
 * whoever registers for several does.
 */
export async function giveAllBack(ctx: Ctx, personId: string, reason: string): Promise<number> {
  const coming = await comingOf(ctx, personId);
  const ids = await withCourse(
    ctx,
    coming.map((one) => one.sessionId),
  );
  await lockSessions(ctx, ids, { persons: [personId] });
  let given = 0;
  for (const { id } of await comingOf(ctx, personId)) {
    // What ran out was let go of with one before it.
    if ((await statesOf(ctx, [id]))[0]?.status === 'cancelled') continue;
    await cancelRegistration(ctx, { registration: id, cause: 'person', reason });
    given += 1;
  }
  return given;
}

const agenda = { code: 'registration.next.agenda', href: '/agenda' };

async function giveBack(
  ctx: Ctx,
  row: RegistrationRow,
  cause: 'person' | 'team',
  late: boolean,
  reason: string | undefined,
): Promise<void> {
  const after = await update(ctx, row, {
    status: 'cancelled',
    cancelled_at: ctx.now,
    cancelled_late: late && cause === 'person',
    cancel_cause: cause,
    // Given back on purpose: its code must not take it again.
    hold_expires_at: null,
    offer_expires_at: null,
  });
  await noted(ctx, 'cancelled', after, reason ?? null);
  await changed(ctx, { kind: 'cancelled', registrationId: row.id, sessionId: row.session_id });
}

/** Refuses a registration that is behind us: nothing of it can change any more. What was put off is still to come. */
export function mustBeAhead(ctx: Ctx, { row, session }: Pick<Scene, 'row' | 'session'>): void {
  if (session.end > ctx.now || session.status === 'postponed') return;
  throw new Refusal('registration.over', 'conflict', {}, seeRegistration(row.reference));
}

/** Which of these are given back too late: each by its own date, of which a session put off has none. */
async function lateAmong(ctx: Ctx, rows: readonly RegistrationRow[], siteId: string): Promise<Set<string>> {
  const ids = rows.map((row) => row.session_id);
  const sessions = new Map((await sessionsByIds(ctx, ids)).map((session) => [session.id, session]));
  const until = await cancelUntil(ctx, siteId);
  const late = new Set<string>();
  for (const row of rows) {
    const session = sessions.get(row.session_id)!;
    if (row.status !== 'registered' || session.status === 'postponed') continue;
    if (isLate(ctx.now, session.start, until) && !(await wasMoved(ctx, row.id))) late.add(row.id);
  }
  return late;
}

/** How long before the beginning a site wants to know. */
async function cancelUntil(ctx: Ctx, siteId: string): Promise<number | undefined> {
  const site = await ctx.db.selectFrom('site').select('rules').where('id', '=', siteId).executeTakeFirst();
  return site?.rules.cancelUntilMinutes;
}

/** Whether the session was moved under them: then giving it back is their right, however late. */
async function wasMoved(ctx: Ctx, registrationId: string): Promise<boolean> {
  const told = await ctx.db
    .selectFrom('journal')
    .select('id')
    .where('subject_id', '=', registrationId)
    .where('kind', 'in', ['registration.moved', 'registration.resumed'])
    .executeTakeFirst();
  return told !== undefined;
}
