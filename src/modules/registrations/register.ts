import { has } from '../../core/access.ts';
import { addMinutes, dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { notFound, type Reason, Refusal, sqlState } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { newId, newReference } from '../../core/ids.ts';
import type { RegistrationStatus } from '../../core/schema.ts';
import { organisationOf } from '../accounts/index.ts';
import {
  holdMinutes,
  journalRows,
  lockSessions,
  type Resolved,
  type Rows,
  resolveBooker,
  unconfirmedOf,
  write,
} from '../booking/index.ts';
import {
  type AttendeeInput,
  canPass,
  decide,
  growSeats,
  isMinor,
  offerSeats,
  offerUntil,
  type Registered,
  type RegisterInput,
  type RegistrationState,
  releaseRanOut,
  type Standing,
  seeRegistration,
  standingsOf,
  withCourse,
} from '../seating/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { takeInvitations, withOwn } from './answered.ts';
import { follow } from './follow.ts';
import { isRelay } from './party.ts';

/** Sessions registered for in one go, at most: a course of a whole year, week by week. */
const mostSessions = 60;
/** What an e-mail may hold unconfirmed, bookings included. */
const mostUnconfirmed = 2;

/**
 * Registers people for a session, for all dates of a course or for the parts chosen of an event: they sit, or wait in the order
 * in which they came. A course is had whole: where one of its dates is full, all of them wait. A visitor without an account
 * has the seats held until the e-mail is confirmed.
 */
export function register(ctx: Ctx, input: RegisterInput): Promise<Registered> {
  // The team may name somebody new by an e-mail that another desk writes down at the same time.
  return seatTaken(() => onceMore(() => atomically(ctx, (inside) => take(inside, input))));
}

/** The locks keep people in line; should they ever not, the constraint still gives a seat to one. */
export async function seatTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) === '23505') throw new Refusal('registration.full', 'conflict');
    throw error;
  }
}

type Plan = {
  sessions: SessionView[];
  attendees: AttendeeInput[];
  who: Resolved;
  team: boolean;
  organisationId: string | null;
};

/** What was asked for by name, and what goes with it and is to come. */
const isMeant = (ctx: Ctx, { sessionIds }: RegisterInput, { id, status, start }: SessionView): boolean =>
  sessionIds.includes(id) || (status === 'published' && start > ctx.now);

async function take(ctx: Ctx, input: RegisterInput): Promise<Registered> {
  const plan = await prepare(ctx, input);
  const ids = plan.sessions.map((session) => session.id);
  const { who, organisationId, attendees } = plan;
  const asks = { personId: who.personId, organisationId, places: attendees.length };
  let before = await standingsOf(ctx, ids, asks);
  // Cancelled, put off or moved while one waited for the lock: it is read again.
  if (plan.sessions.some(({ id, version }) => before.get(id)?.version !== version)) {
    plan.sessions = (await sessionsByIds(ctx, ids)).filter((session) => isMeant(ctx, input, session));
  }
  if ([...before.values()].some((standing) => standing.stale)) {
    await releaseRanOut(ctx, ids);
    before = await standingsOf(ctx, ids, asks);
  }
  const kept = settle(await reasonsOf(ctx, input, plan, before), plan.team, input.override);
  const answered = await takeInvitations(ctx, input, before);
  const standings = answered.size > 0 ? withOwn(await standingsOf(ctx, ids, asks), before) : before;
  const seats = await seatsFor(ctx, plan, standings, answered);
  const draft = draftOf(ctx, input, plan, standings, seats, kept);
  await write(ctx.db, { person: plan.who.created, ...draft.rows });
  for (const [index, session] of plan.sessions.entries()) {
    // Too many for what is free: the others wait behind them for a while, then are asked in their turn.
    if (!seats[index] && standings.get(session.id)!.free.length > 0) await offerSeats(ctx, session.id);
  }
  return { registrations: draft.states, personId: plan.who.personId };
}

async function prepare(ctx: Ctx, input: RegisterInput): Promise<Plan> {
  const asked = [...new Set(input.sessionIds)];
  if (asked.length === 0 || asked.length > mostSessions) throw notFound();
  const all = await sessionsByIds(ctx, await withCourse(ctx, asked));
  if (asked.some((id) => !all.some((session) => session.id === id))) throw notFound();
  const sessions = all.filter((session) => isMeant(ctx, input, session));
  const team = sessions.every((session) => has(ctx.actor, 'team', session.site.id));
  const relay = !team && (await isRelay(ctx, input));
  if (!team && sessions.some((session) => session.status === 'draft')) throw notFound();
  if (!team && (input.override || input.arrived)) throw notFound();
  const organisationId = await organisationOf(ctx, input.organisationId, team);
  const who = await resolveBooker(ctx, input.person, organisationId, team || relay);
  const ids = all.map((session) => session.id);
  await lockSessions(ctx, ids, {
    persons: who.created.length === 0 ? [who.personId] : [],
    emails: who.toConfirm ? [who.toConfirm] : [],
  });
  const attendees: AttendeeInput[] = input.attendees.length > 0 ? [...input.attendees] : [{ self: true }];
  return { sessions, attendees, who, team, organisationId };
}

async function reasonsOf(
  ctx: Ctx,
  input: RegisterInput,
  plan: Plan,
  standings: ReadonlyMap<string, Standing>,
): Promise<Reason[]> {
  const { sessions, who, team, attendees } = plan;
  const reasons: Reason[] = [];
  if (who.toConfirm && (await unconfirmedOf(ctx.db, who.toConfirm, ctx.now)) >= mostUnconfirmed) {
    reasons.push({ code: 'booking.unconfirmed', params: {} });
  }
  for (const session of sessions) {
    const standing = standings.get(session.id);
    if (!standing) throw notFound();
    const { own } = standing;
    if (own && own.status !== 'invited') {
      const next = input.channel === 'relay' ? undefined : seeRegistration(own.reference);
      reasons.push({ code: 'registration.already', params: {}, next });
      continue;
    }
    reasons.push(
      ...decide({
        now: ctx.now,
        session,
        attendees,
        consent: input.consent === true,
        answers: input.answers ?? {},
        group: input.kind === 'group',
        team,
        arrived: input.arrived === true || input.channel === 'demonstration',
        signedIn: who.party.signedIn,
        member: who.party.sites.some((site) => site === null || site === session.site.id),
        inGroup: standing.inGroup,
        invited: own?.status === 'invited',
        ofOrganisation: plan.organisationId ? standing.ofOrganisation : undefined,
        telephone: session.site.telephone ?? ctx.territory.telephone,
        say: (words) => say(words, ctx.locale, ctx.territory.mainLanguage),
      }),
    );
  }
  return reasons;
}

/** Refuses with every reason, unless the team goes past those that may be passed; returns what it said, if it had to. */
function settle(reasons: readonly Reason[], team: boolean, override: { reason: string } | undefined): string | null {
  const unique = reasons.filter(
    (one, index) => reasons.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index,
  );
  if (unique.length === 0) return null;
  const left = team && override ? unique.filter((reason) => !canPass(reason)) : unique;
  if (left.length === 0) return override!.reason;
  throw Refusal.all(left.some((reason) => toCorrect.has(reason.code)) ? 'unprocessable' : 'conflict', left);
}

/** What the form itself can mend; the rest is how the session stands. */
const toCorrect = new Set(
  ['birth_year', 'birth_future', 'consent', 'answer', 'tariff', 'too_many'].map((code) => `registration.${code}`),
);

/** The seats of each session, or nothing where one waits. */
async function seatsFor(
  ctx: Ctx,
  { sessions, attendees }: Plan,
  standings: ReadonlyMap<string, Standing>,
  answered: ReadonlyMap<string, number>,
): Promise<(number[] | undefined)[]> {
  const places = attendees.length;
  const fits = sessions.map((session) => {
    const { free, waiting } = standings.get(session.id)!;
    if (session.seats === null) return true;
    // Seats kept for an invitation are had before those who wait.
    const kept = (answered.get(session.id) ?? 0) >= places;
    return free.length === places && (kept || waiting === 0 || offerUntil(ctx.now, session.start) === null);
  });
  const whole = fits.every(Boolean);
  const seats: (number[] | undefined)[] = [];
  for (const [index, session] of sessions.entries()) {
    const { free } = standings.get(session.id)!;
    if (!(session.course ? whole : fits[index])) seats.push(undefined);
    else if (free.length === places) seats.push(free);
    else seats.push([...free, ...(await growSeats(ctx, session.id, places - free.length))]);
  }
  return seats;
}

function draftOf(
  ctx: Ctx,
  input: RegisterInput,
  plan: Plan,
  standings: ReadonlyMap<string, Standing>,
  seats: readonly (number[] | undefined)[],
  kept: string | null,
) {
  const { sessions, who, attendees } = plan;
  const requestId = sessions.length > 1 ? newId() : null;
  const holdUntil = who.toConfirm ? addMinutes(ctx.now, holdMinutes) : null;
  const registration = sessions.map((session, index) => {
    const { own, lastWaiting } = standings.get(session.id)!;
    const sits = seats[index] !== undefined;
    const status: RegistrationStatus = holdUntil ? 'held' : sits ? 'registered' : 'waiting';
    return {
      // Who answers an invitation keeps its number.
      id: own?.id ?? newId(),
      reference: own?.reference ?? newReference(),
      session_id: session.id,
      request_id: requestId,
      person_id: who.personId,
      organisation_id: plan.organisationId,
      kind: input.kind,
      status,
      places: attendees.length,
      waiting_since: sits ? null : nextTurn(ctx, lastWaiting),
      hold_expires_at: holdUntil,
      answers: answersOf(session, input.answers),
      consent_at: input.consent ? ctx.now : null,
      mandate: input.mandate ?? null,
      commune_code: input.communeCode ?? null,
      note: input.note ?? null,
      language: who.language,
      channel: input.channel,
      created_by: ctx.actor.personId,
      created_at: own ? new Date(own.created_at) : ctx.now,
      registered_at: status === 'registered' ? ctx.now : null,
      demonstration: input.channel === 'demonstration',
      // Calendars only ever go on: what was invited and moved has been numbered.
      version: own ? own.version + 1 : 1,
    };
  });
  const attendee = registration.flatMap((row, index) =>
    attendees.map((one, rank) => ({
      id: newId(),
      registration_id: row.id,
      session_id: row.session_id,
      seat: seats[index]?.[rank] ?? null,
      person_id: one.self ? who.personId : null,
      name: one.self ? typedBy(input) : (one.name ?? null),
      birth_year: one.birthYear ?? null,
      minor: isMinor(one, dayOf(sessions[index]!.start, sessions[index]!.timeZone)),
      tariff: one.tariff ?? sessions[index]!.tariffs[0]?.key ?? null,
      rank,
    })),
  );
  const journal = journalRows(
    ctx,
    ...registration.map((row) => ({
      kind: `registration.${row.status}`,
      subjectKind: 'registration',
      subjectId: row.id,
      onBehalfOf: who.personId === ctx.actor.personId ? null : who.personId,
      reason: kept,
      data: { sessionId: row.session_id, places: row.places },
    })),
  );
  const rows: Rows = { registration, attendee, journal, ...follow(ctx, input, plan, registration) };
  const states = registration.map(
    (row): RegistrationState => ({
      id: row.id,
      reference: row.reference,
      sessionId: row.session_id,
      status: row.status,
      // Whoever comes is the last in line.
      rank: row.status === 'waiting' ? standings.get(row.session_id)!.line + 1 : null,
      holdExpiresAt: row.hold_expires_at,
      offerExpiresAt: null,
      version: row.version,
    }),
  );
  return { rows, states };
}

/** What a relay typed stays what it reads: the e-mail may be somebody's whose name it has no business to learn. */
const typedBy = ({ channel, person }: RegisterInput): string | null =>
  channel === 'relay' && 'name' in person ? person.name : null;

/** Turns follow one another in the order in which the seats were asked for, even within one instant. */
export const nextTurn = (ctx: Ctx, last: Date | null): Date =>
  new Date(Math.max(ctx.now.getTime(), last ? last.getTime() + 1 : 0));

/** Only what the session asks is kept. */
const answersOf = (session: SessionView, answers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(session.questions.flatMap(({ key }) => (answers[key] ? [[key, answers[key]]] : [])));
