import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import {
  changed,
  decide,
  growSeats,
  noted,
  offerUntil,
  onRegistration,
  type RegistrationState,
  type RegistrationTarget,
  seatAll,
  seeRegistration,
  standingsOf,
  statesOf,
  tell,
  update,
} from '../seating/index.ts';
import { nextTurn, seatTaken } from './register.ts';

/** Says that one comes, by one's personal link: one sits, or waits like anybody where nothing is left. */
export function acceptInvitation(ctx: Ctx, target: RegistrationTarget): Promise<RegistrationState> {
  return seatTaken(() =>
    onRegistration(ctx, target, async (inside, scene) => {
      const { row, session } = scene;
      if (row.status === 'registered') return (await statesOf(inside, [row.id]))[0]!;
      if (row.status !== 'invited') {
        throw new Refusal(`registration.state_${row.status}`, 'conflict', {}, seeRegistration(row.reference));
      }
      const asks = { personId: row.person_id, organisationId: null, places: 1, except: [row.id] };
      const standing = (await standingsOf(inside, [session.id], asks)).get(session.id)!;
      const reasons = decide({
        now: inside.now,
        session: { ...session, questions: [], ageMin: null, ageMax: null },
        attendees: [{ self: true }],
        consent: true,
        answers: {},
        group: false,
        team: scene.team,
        arrived: false,
        signedIn: true,
        member: true,
        inGroup: true,
        invited: true,
        telephone: session.site.telephone ?? inside.territory.telephone,
        say: (words) => say(words, inside.locale, inside.territory.mainLanguage),
      });
      if (reasons.length > 0) throw Refusal.all('conflict', reasons);
      const kept = await inside.db
        .selectFrom('attendee')
        .select('seat')
        .where('registration_id', '=', row.id)
        .where('seat', 'is not', null)
        .executeTakeFirst();
      const inLine = standing.waiting > 0 && offerUntil(inside.now, session.start) !== null;
      if (!kept && session.seats === null) await growSeats(inside, session.id, 1);
      const sits = kept !== undefined || (!inLine && (await seatAll(inside, row.id)));
      const after = await update(
        inside,
        row,
        sits
          ? { status: 'registered', registered_at: inside.now }
          : { status: 'waiting', waiting_since: nextTurn(inside, standing.lastWaiting) },
      );
      await noted(inside, after.status, after);
      await changed(inside, { kind: 'registered', registrationId: row.id, sessionId: row.session_id });
      await tell(inside, { ...scene, row: after, timeZone: session.timeZone }, after.status, undefined);
      return (await statesOf(inside, [row.id]))[0]!;
    }),
  );
}
