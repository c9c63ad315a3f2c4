import { z } from 'zod';
import { has } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { newId, newReference } from '../../core/ids.ts';
import { email, optionalText, text } from '../../core/input.ts';
import { journalRows, lockSessions, outboxRows, resolveBooker, write } from '../booking/index.ts';
import { sessionsByIds } from '../sessions/index.ts';
import { changed } from './hooks.ts';
import { nextTurn, seatTaken } from './register.ts';
import { decide, offerUntil, seeRegistration } from './registrations.rules.ts';
import { growSeats, seatAll, standingsOf, statesOf, update } from './registrations.store.ts';
import type { RegistrationState, RegistrationTarget } from './registrations.types.ts';
import { noted, onRegistration, tell } from './scene.ts';

/** Whom the team invites, or takes from another list: what a line of a file says. */
export const guestSchema = z.object({ name: text(120), email, organisation: optionalText(200) });
export type Guest = { name: string; email: string; organisation?: string | undefined };

/** What became of each guest, in the order given: written down, or there already. */
export type GuestsDone = { added: number; already: number; ids: string[] };

/**
 * Invites guests of a session, each by a personal link in a mail: no seat is theirs until they have answered, unless the team
 * keeps one for each (`hold`). Who is registered or invited already is left as they are.
 */
export function inviteGuests(
  ctx: Ctx,
  input: { sessionId: string; guests: readonly Guest[]; hold?: boolean | undefined },
): Promise<GuestsDone> {
  return seatTaken(() => onceMore(() => atomically(ctx, (inside) => invite(inside, input))));
}

async function invite(
  ctx: Ctx,
  { sessionId, guests, hold = false }: { sessionId: string; guests: readonly Guest[]; hold?: boolean | undefined },
): Promise<GuestsDone> {
  const [session] = await sessionsByIds(ctx, [sessionId]);
  if (!session || !has(ctx.actor, 'team', session.site.id)) throw notFound();
  if (session.status !== 'published' || session.end <= ctx.now) throw new Refusal('registration.over', 'conflict');
  await lockSessions(ctx, [sessionId]);
  const done: GuestsDone = { added: 0, already: 0, ids: [] };
  for (const guest of guests) {
    const who = await resolveBooker(ctx, { name: guest.name, email: guest.email }, null, true);
    const asks = { personId: who.personId, organisationId: null, places: 1 };
    const standing = (await standingsOf(ctx, [sessionId], asks)).get(sessionId)!;
    if (standing.own) {
      done.already += 1;
      continue;
    }
    const seat = hold
      ? (standing.free[0] ?? (session.seats === null ? (await growSeats(ctx, sessionId, 1))[0] : null))
      : null;
    if (hold && seat == null) throw new Refusal('registration.full', 'conflict');
    const id = newId();
    await write(ctx.db, {
      person: who.created,
      registration: [
        {
          id,
          reference: newReference(),
          session_id: sessionId,
          person_id: who.personId,
          kind: 'self',
          status: 'invited',
          places: 1,
          answers: {},
          note: guest.organisation ?? null,
          language: who.language,
          channel: 'desk',
          created_by: ctx.actor.personId,
          created_at: ctx.now,
          demonstration: false,
          version: 1,
        },
      ],
      attendee: [
        {
          id: newId(),
          registration_id: id,
          session_id: sessionId,
          seat,
          person_id: who.personId,
          minor: false,
          rank: 0,
        },
      ],
      journal: journalRows(ctx, {
        kind: 'registration.invited',
        subjectKind: 'registration',
        subjectId: id,
        onBehalfOf: who.personId,
        data: { sessionId, hold },
      }),
      outbox: outboxRows(ctx, { topic: 'registration.invited', payload: { registrationId: id } }),
    });
    done.added += 1;
    done.ids.push(id);
  }
  return done;
}

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
