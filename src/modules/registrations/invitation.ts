import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import {
  changed,
  decide,
  growSeats,
  noted,
  offerSeats,
  offerUntil,
  onRegistration,
  type RegistrationRow,
  type RegistrationState,
  type RegistrationTarget,
  type Scene,
  type Standing,
  seatAll,
  seeRegistration,
  standingsOf,
  standUp,
  statesOf,
  tell,
  update,
} from '../seating/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { nextTurn, seatTaken } from './register.ts';

/**
 * Says that one comes, by one's personal link: one sits, or waits like anybody where nothing is left. The dates of a course
 * are answered together: one sits at all of them, or waits for all.
 */
export function acceptInvitation(ctx: Ctx, target: RegistrationTarget): Promise<RegistrationState> {
  return seatTaken(() =>
    onRegistration(ctx, target, async (inside, scene) => {
      const { row } = scene;
      if (row.status === 'registered') return (await statesOf(inside, [row.id]))[0]!;
      if (row.status !== 'invited') {
        throw new Refusal(`registration.state_${row.status}`, 'conflict', {}, seeRegistration(row.reference));
      }
      const dates = await datesOf(inside, scene);
      for (const date of dates) mustBeOpen(inside, scene, date);
      const sits = dates.every(({ fits }) => fits);
      for (const { row: one, session, standing, kept } of dates) {
        if (sits && !kept) {
          if (session.seats === null && standing.free.length === 0) await growSeats(inside, session.id, 1);
          if (!(await seatAll(inside, one.id))) throw new Refusal('registration.full', 'conflict');
        }
        if (!sits && kept) await standUp(inside, [one.id]);
        const after = await update(
          inside,
          one,
          sits
            ? { status: 'registered', registered_at: inside.now }
            : { status: 'waiting', waiting_since: nextTurn(inside, standing.lastWaiting) },
        );
        await noted(inside, after.status, after);
        await changed(inside, { kind: 'registered', registrationId: one.id, sessionId: one.session_id });
      }
      const said = sits ? 'registered' : 'waiting';
      await tell(inside, { ...scene, timeZone: scene.session.timeZone }, said, undefined);
      // What a group too large has let pass is for whoever comes to wait behind it.
      if (!sits) for (const { session } of dates) await offerSeats(inside, session.id);
      return (await statesOf(inside, [row.id]))[0]!;
    }),
  );
}

type Invited = { row: RegistrationRow; session: SessionView; standing: Standing; kept: boolean; fits: boolean };

/** The dates that are answered: the one of the link, and those of its course that are to come; one put off is asked later. */
async function datesOf(ctx: Ctx, { row, rows }: Scene): Promise<Invited[]> {
  const ids = rows.map((one) => one.session_id);
  const sessions = new Map((await sessionsByIds(ctx, ids)).map((session) => [session.id, session]));
  const asks = { personId: row.person_id, organisationId: null, places: 1, except: rows.map((one) => one.id) };
  const standings = await standingsOf(ctx, ids, asks);
  const seated = await ctx.db
    .selectFrom('attendee')
    .select('registration_id')
    .where('registration_id', 'in', asks.except)
    .where('seat', 'is not', null)
    .execute();
  return rows.flatMap((one) => {
    const session = sessions.get(one.session_id)!;
    if (one.id !== row.id && session.status !== 'published') return [];
    const standing = standings.get(session.id)!;
    const kept = seated.some((body) => body.registration_id === one.id);
    const inLine = standing.waiting > 0 && offerUntil(ctx.now, session.start) !== null;
    const fits = kept || (!inLine && (session.seats === null || standing.free.length > 0));
    return [{ row: one, session, standing, kept, fits }];
  });
}

/** Refuses what has ended or closed since one was invited, and whoever has registered otherwise meanwhile. */
function mustBeOpen(ctx: Ctx, { team }: Scene, { session, standing: { own } }: Invited): void {
  if (own && own.status !== 'invited') {
    throw new Refusal('registration.already', 'conflict', {}, seeRegistration(own.reference));
  }
  const reasons = decide({
    now: ctx.now,
    session: { ...session, questions: [], ageMin: null, ageMax: null },
    attendees: [{ self: true }],
    consent: true,
    answers: {},
    group: false,
    team,
    // Whom the team answers for once it has begun stands at the door.
    arrived: team,
    signedIn: true,
    member: true,
    inGroup: true,
    invited: true,
    telephone: session.site.telephone ?? ctx.territory.telephone,
    say: (words) => say(words, ctx.locale, ctx.territory.mainLanguage),
  });
  if (reasons.length > 0) throw Refusal.all('conflict', reasons);
}
