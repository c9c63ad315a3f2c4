import { sql } from 'kysely';
import { z } from 'zod';
import { has } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId, newReference } from '../../core/ids.ts';
import { optionalEmail, optionalText, text } from '../../core/input.ts';
import { journalRows, lockSessions, outboxRows, write } from '../booking/index.ts';
import {
  growSeats,
  offerSeats,
  offerUntil,
  releaseRanOut,
  seeSession,
  standingsOf,
  withCourse,
} from '../seating/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { nextTurn, seatTaken } from './register.ts';

/** Whom the team invites, or takes from another list: what a line of a file says. */
export const guestSchema = z.object({ name: text(120), email: optionalEmail, organisation: optionalText(200) });
export type Guest = z.output<typeof guestSchema>;

/** What became of a list of guests: how many were written down, how many of them wait, how many were there already. */
export type GuestsDone = { added: number; waiting: number; already: number; ids: string[] };

export type GuestsInput = {
  sessionId: string;
  guests: readonly Guest[];
  /** Says what would become of it, and keeps nothing. */
  dry?: boolean | undefined;
};

/**
 * Registers a whole list at once, all of it or nothing: whoever is there already is left as they are, those for whom no seat
 * is left wait in the order of the list. Nobody is written to.
 */
export const importGuests = (ctx: Ctx, input: GuestsInput): Promise<GuestsDone> => run(ctx, input, 'import');

/**
 * Invites guests of a session, each by a personal link in a mail: no seat is theirs until they have answered, unless the team
 * keeps one for each (`hold`). Who is registered or invited already is left as they are.
 */
export const inviteGuests = (ctx: Ctx, input: GuestsInput & { hold?: boolean | undefined }): Promise<GuestsDone> =>
  run(ctx, input, input.hold ? 'hold' : 'invite');

type Mode = 'import' | 'invite' | 'hold';

/** Thrown to leave nothing of a list that was only tried. */
class Undo extends Error {}

async function run(ctx: Ctx, input: GuestsInput, mode: Mode): Promise<GuestsDone> {
  let known: GuestsDone | undefined;
  try {
    return await seatTaken(() =>
      onceMore(() =>
        atomically(ctx, async (inside) => {
          known = await bringAll(inside, input, mode);
          if (input.dry) throw new Undo();
          return known;
        }),
      ),
    );
  } catch (error) {
    if (!(error instanceof Undo) || !known) throw error;
    return known;
  }
}

type Known = { id: string; email: string; language: string; there: boolean };

/** A session for its team, under its lock and that of every guest already known: no two lists wait for one another in a ring. */
async function enter(ctx: Ctx, { sessionId, guests }: GuestsInput) {
  const [session] = await sessionsByIds(ctx, [sessionId]);
  if (!session || !has(ctx.actor, 'team', session.site.id)) throw notFound();
  const ids = await withCourse(ctx, [sessionId]);
  const persons = await peopleOf(ctx, ids, guests);
  await lockSessions(ctx, ids, { persons: [...persons.values()].map((one) => one.id) });
  await releaseRanOut(ctx, ids);
  // Read under the lock: it may have been cancelled or put off while one waited for it.
  const all = await sessionsByIds(ctx, ids);
  mustTakeGuests(ctx, all.find((one) => one.id === sessionId)!);
  const upcoming = all.filter((one) => one.id === sessionId || (one.status === 'published' && one.start > ctx.now));
  return { sessions: upcoming, known: await peopleOf(ctx, ids, guests) };
}

function mustTakeGuests(ctx: Ctx, { status, end, enrolment, reference }: SessionView): void {
  if (status === 'cancelled' || status === 'postponed') {
    throw new Refusal(`registration.session_${status}`, 'conflict', {}, seeSession(reference));
  }
  if (status !== 'published' || end <= ctx.now) throw new Refusal('registration.over', 'conflict');
  if (enrolment === 'none') throw new Refusal('registration.no_need', 'conflict');
}

/** Who of these guests is known by their e-mail, and whether they are there already. */
async function peopleOf(ctx: Ctx, ids: readonly string[], guests: readonly Guest[]): Promise<Map<string, Known>> {
  const emails = guests.flatMap((guest) => guest.email ?? []);
  const { rows } = await sql<Known>`
    select p.id, p.email, p.language, exists (select from registration r where r.person_id = p.id
      and r.session_id = any(${[...ids]}::uuid[]) and r.status <> 'cancelled') as there
    from person p where p.email = any(${emails}::text[]) and p.merged_into is null`.execute(ctx.db);
  return new Map(rows.map((row) => [row.email, row]));
}

/** Organisations that are known by the names given; others are kept as they were written. */
async function organisationsOf(ctx: Ctx, guests: readonly Guest[]): Promise<Map<string, string>> {
  const names = guests.flatMap((guest) => guest.organisation?.toLowerCase() ?? []);
  const { rows } = await sql<{ id: string; name: string }>`
    select min(id::text) as id, lower(name) as name from organisation
    where lower(name) = any(${names}::text[]) group by lower(name)`.execute(ctx.db);
  return new Map(rows.map((row) => [row.name, row.id]));
}

/** The seats left to give of each session, the lowest first, and the turn of who comes too late for one. */
async function seatsOf(ctx: Ctx, sessions: readonly SessionView[], count: number, mode: Mode) {
  const who = { personId: newId(), organisationId: null, places: count };
  const standings = await standingsOf(
    ctx,
    sessions.map((session) => session.id),
    who,
  );
  const left = new Map<string, { free: number[]; turn: Date | null }>();
  for (const session of sessions) {
    const { free, waiting, lastWaiting } = standings.get(session.id)!;
    const inLine = waiting > 0 && offerUntil(ctx.now, session.start) !== null;
    const seats = mode === 'invite' || inLine ? [] : free;
    const more = session.seats === null && mode !== 'invite' ? count - free.length : 0;
    if (more > 0) seats.push(...(await growSeats(ctx, session.id, more)));
    left.set(session.id, { free: [...seats], turn: lastWaiting });
  }
  return left;
}

async function bringAll(ctx: Ctx, input: GuestsInput, mode: Mode): Promise<GuestsDone> {
  const { sessions, known } = await enter(ctx, input);
  const nameless = input.guests.find((guest) => mode !== 'import' && !guest.email);
  if (nameless) throw new Refusal('registration.guest_email', 'unprocessable', { name: nameless.name });
  const organisations = await organisationsOf(ctx, input.guests);
  const coming = input.guests.filter((guest) => !(guest.email && known.get(guest.email)?.there));
  const left = await seatsOf(ctx, sessions, coming.length, mode);
  const done: GuestsDone = { added: 0, waiting: 0, already: input.guests.length - coming.length, ids: [] };
  const rows: Written = { person: [], registration: [], attendee: [], journal: [], outbox: [] };
  for (const guest of coming) {
    const person = (guest.email && known.get(guest.email)) || undefined;
    const personId = person?.id ?? newId();
    const language = person?.language ?? ctx.locale;
    if (!person) {
      const { name, email = null } = guest;
      rows.person.push({ id: personId, name, email, telephone: null, language, created_at: ctx.now });
    }
    const organisationId = organisations.get(guest.organisation?.toLowerCase() ?? '') ?? null;
    const asked = { personId, language, organisationId, note: organisationId ? null : (guest.organisation ?? null) };
    const sits = sessions.every((session) => left.get(session.id)!.free.length > 0);
    if (mode === 'hold' && !sits) throw new Refusal('registration.full', 'conflict');
    const requestId = sessions.length > 1 ? newId() : null;
    for (const session of sessions) one(ctx, { session, sits, requestId, ...asked }, mode, left.get(session.id)!, rows);
    // One mail for all the dates of a course.
    const first = rows.registration.at(-sessions.length)!;
    if (mode !== 'import')
      rows.outbox.push(...outboxRows(ctx, { topic: 'registration.invited', payload: { registrationId: first.id } }));
    done.added += 1;
    if (mode === 'import' && !sits) done.waiting += 1;
  }
  done.ids.push(...rows.registration.map((row) => String(row.id)));
  await write(ctx.db, rows);
  // What a group too large has let pass is for whoever comes to wait behind it.
  if (done.waiting > 0) for (const session of sessions) await offerSeats(ctx, session.id);
  return done;
}

type Written = Record<'person' | 'registration' | 'attendee' | 'journal' | 'outbox', Record<string, unknown>[]>;

type One = {
  session: SessionView;
  sits: boolean;
  requestId: string | null;
  personId: string;
  language: string;
  organisationId: string | null;
  note: string | null;
};

/** The rows of one guest of one session. */
function one(ctx: Ctx, asked: One, mode: Mode, left: { free: number[]; turn: Date | null }, rows: Written): void {
  const { session, personId } = asked;
  const id = newId();
  const status = mode !== 'import' ? 'invited' : asked.sits ? 'registered' : 'waiting';
  if (status === 'waiting') left.turn = nextTurn(ctx, left.turn);
  rows.registration.push({
    id,
    reference: newReference(),
    session_id: session.id,
    request_id: asked.requestId,
    person_id: personId,
    organisation_id: asked.organisationId,
    kind: 'self',
    status,
    places: 1,
    waiting_since: status === 'waiting' ? left.turn : null,
    answers: {},
    note: asked.note,
    language: asked.language,
    channel: mode === 'import' ? 'import' : 'desk',
    created_by: ctx.actor.personId,
    created_at: ctx.now,
    registered_at: status === 'registered' ? ctx.now : null,
    demonstration: false,
    version: 1,
  });
  const seat = status === 'waiting' || mode === 'invite' ? null : (left.free.shift() ?? null);
  const tariff = session.tariffs[0]?.key ?? null;
  const body = { session_id: session.id, person_id: personId, minor: false, rank: 0, seat, tariff };
  rows.attendee.push({ id: newId(), registration_id: id, ...body });
  rows.journal.push(
    ...journalRows(ctx, {
      kind: `registration.${status}`,
      subjectKind: 'registration',
      subjectId: id,
      onBehalfOf: personId,
      reason: mode === 'import' ? 'import' : null,
      data: { sessionId: session.id, places: 1 },
    }),
  );
}
