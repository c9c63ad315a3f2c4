import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { atomically, onceMore } from '../../core/db.ts';
import { type Reason, Refusal } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { hashSecret } from '../../core/ids.ts';
import { later } from '../../core/outbox.ts';
import { belongTo } from '../accounts/index.ts';
import { attach, isUsed, lockSessions, organisationLike, personWith, tryCode } from '../booking/index.ts';
import {
  changed,
  decide,
  growSeats,
  lockRegistrations,
  noted,
  offerSeats,
  offerUntil,
  type Registered,
  type RegistrationRow,
  releaseRanOut,
  seatAll,
  seeRegistration,
  seeSession,
  standingsOf,
  standUp,
  statesOf,
  update,
  withCourse,
} from '../seating/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { newsOf } from './follow.ts';
import { isAnyMarkedOf, wasMarked } from './marks.ts';
import { nextTurn, seatTaken } from './register.ts';

type ConfirmRegistration = { token: string } | { reference: string; code: string };

type CodeRow = { id: string; hash: string; email: string; subjectId: string; usedAt: Date | null; expiresAt: Date };

/**
 * Confirms a visitor's e-mail and with it all that was registered in one go. Later than the half hour, the seats are given if
 * they are still free, else they wait. The registrations then belong to the person who has that e-mail, if there is one.
 */
export async function confirmRegistration(ctx: Ctx, input: ConfirmRegistration): Promise<Registered> {
  const byLink = 'token' in input;
  const code = byLink
    ? await codeWhere(ctx, sql`c.token_hash = ${hashSecret(input.token)}`)
    : await byCode(ctx, input.reference, input.code);
  // Somebody may take this e-mail in the very same instant.
  return seatTaken(() => onceMore(() => confirmHeld(ctx, code, byLink)));
}

/** An unknown reference is answered as a wrong code is: nothing tells which it was. */
async function codeWhere(ctx: Ctx, which: RawBuilder<unknown>): Promise<CodeRow> {
  const { rows } = await sql<CodeRow>`
    select c.id, c.code_hash as hash, c.email, c.subject_id as "subjectId", c.used_at as "usedAt", c.expires_at as "expiresAt"
    from email_code c join registration first on first.id = c.subject_id
    where c.purpose = 'registration' and ${which} order by c.id desc limit 1`.execute(ctx.db);
  if (!rows[0]) throw new Refusal('booking.code_wrong', 'unprocessable');
  return rows[0];
}

async function byCode(ctx: Ctx, reference: string, given: string): Promise<CodeRow> {
  const row = await codeWhere(
    ctx,
    sql`exists (select from registration asked where asked.reference = ${reference.toUpperCase()}
      and (asked.id = first.id or asked.request_id = first.request_id))`,
  );
  await tryCode(ctx, row, given);
  if (row.usedAt) throw new Refusal('registration.code_used', 'conflict');
  return row;
}

async function idsOf(ctx: Ctx, registrationId: string) {
  const { rows } = await sql<{ id: string; session_id: string; person_id: string }>`
    select r.id, r.session_id, r.person_id from registration first
      join registration r on r.id = first.id or r.request_id = first.request_id
    where first.id = ${registrationId} order by r.id`.execute(ctx.db);
  return rows;
}

function confirmHeld(ctx: Ctx, code: CodeRow, byLink: boolean): Promise<Registered> {
  return atomically(ctx, async (inside) => {
    const found = await idsOf(inside, code.subjectId);
    const ids = found.map((row) => row.id);
    const visitor = found[0]!.person_id;
    const before = await personWith(inside, code.email);
    const sessionIds = await withCourse(
      inside,
      found.map((row) => row.session_id),
    );
    const persons = [visitor, ...(before && before !== visitor ? [before] : [])];
    await lockSessions(inside, sessionIds, { emails: [code.email], persons });
    const rows = await lockRegistrations(inside, ids);
    if (await isUsed(inside, code.id)) {
      if (!byLink) throw new Refusal('registration.code_used', 'conflict');
      return { registrations: await statesOf(inside, ids), personId: rows[0]!.person_id };
    }
    await releaseRanOut(inside, sessionIds, ids);
    const sessions = await sessionsByIds(
      inside,
      found.map((row) => row.session_id),
    );
    return keep(
      inside,
      code,
      rows,
      new Map(sessions.map((one) => [one.id, one])),
      await personWith(inside, code.email),
    );
  });
}

/** A hold that ran out keeps its end, one given back on purpose does not: the others are not lost with it. */
const canBeKept = (row: RegistrationRow): boolean =>
  row.status === 'held' || (row.status === 'cancelled' && row.hold_expires_at !== null);

async function keep(
  ctx: Ctx,
  code: CodeRow,
  all: readonly RegistrationRow[],
  sessions: ReadonlyMap<string, SessionView>,
  owner: string | undefined,
): Promise<Registered> {
  const rows = all.filter(canBeKept);
  const first = all[0]!;
  if (rows.length === 0) {
    throw new Refusal(`registration.state_${first.status}`, 'conflict', {}, seeRegistration(first.reference));
  }
  const session = sessions.get(rows[0]!.session_id)!;
  const again = seeSession(session.reference);
  if (code.expiresAt <= ctx.now) throw new Refusal('registration.code_expired', 'conflict', {}, again);
  const organisationId = await organisationLike(ctx.db, owner, first.organisation_id);
  const settled = await settleAll(ctx, rows, sessions, owner, organisationId);
  const ids = rows.map((row) => row.id);
  const visitor = first.person_id;
  const attendees = await ctx.db
    .selectFrom('attendee')
    .select('id')
    .where('person_id', '=', visitor)
    .where('registration_id', 'in', ids)
    .execute();
  const moved = { registrations: ids, attendees: attendees.map((row) => row.id) };
  const personId = await attach(ctx, visitor, owner, code.email, moved);
  const self = ctx.db.updateTable('attendee').set({ person_id: personId }).where('person_id', '=', visitor);
  await self.where('registration_id', 'in', ids).execute();
  if (organisationId && organisationId === first.organisation_id) await belongTo(ctx, organisationId, personId);
  const after: RegistrationRow[] = [];
  for (const { row, sits } of settled) {
    const changes = sits
      ? { status: 'registered' as const, waiting_since: null, registered_at: ctx.now }
      : { status: 'waiting' as const, waiting_since: await turnOf(ctx, row) };
    const kept = await update(ctx, row, {
      ...changes,
      person_id: personId,
      organisation_id: organisationId,
      hold_expires_at: null,
      cancelled_at: null,
      cancel_cause: null,
    });
    after.push(kept);
    await noted(ctx, kept.status, kept);
    await changed(ctx, { kind: 'registered', registrationId: row.id, sessionId: row.session_id });
  }
  await ctx.db.updateTable('email_code').set({ used_at: ctx.now }).where('id', '=', code.id).execute();
  await later(ctx, ...newsOf(after));
  // A seat kept for them that they do not need is for whoever waits; so is one that a group too large has let pass.
  for (const { row, sits, freed } of settled) if (freed || !sits) await offerSeats(ctx, row.session_id);
  return { registrations: await statesOf(ctx, ids), personId };
}

const hasRunOut = (ctx: Ctx, row: RegistrationRow): boolean =>
  row.status === 'cancelled' || row.hold_expires_at! <= ctx.now;

/** Its turn is when it was asked for; who comes back late has lost it. */
async function turnOf(ctx: Ctx, row: RegistrationRow): Promise<Date> {
  if (row.waiting_since && !hasRunOut(ctx, row)) return row.waiting_since;
  const who = { personId: row.person_id, organisationId: null, places: 1, except: [row.id] };
  return nextTurn(ctx, (await standingsOf(ctx, [row.session_id], who)).get(row.session_id)!.lastWaiting);
}

/** Who sits and who waits of what was held; the dates of a course sit together or not at all. */
async function settleAll(
  ctx: Ctx,
  rows: readonly RegistrationRow[],
  sessions: ReadonlyMap<string, SessionView>,
  owner: string | undefined,
  organisationId: string | null,
) {
  const reasons: Reason[] = [];
  const settled: { row: RegistrationRow; session: SessionView; fits: boolean; seated: boolean; kept: number }[] = [];
  for (const row of rows) {
    const session = sessions.get(row.session_id)!;
    const mine = await ctx.db.selectFrom('attendee').select('seat').where('registration_id', '=', row.id).execute();
    const who = { personId: owner ?? row.person_id, organisationId, places: row.places, except: [row.id] };
    let standing = (await standingsOf(ctx, [session.id], who)).get(session.id)!;
    const seated = mine.every(({ seat }) => seat !== null);
    const { own } = standing;
    if (own && own.status !== 'invited') {
      reasons.push({ code: 'registration.already', params: {}, next: seeRegistration(own.reference) });
    }
    reasons.push(...stillOpen(ctx, session, seated && row.status === 'held', standing.ofOrganisation, row));
    const nobodyBefore = standing.waiting === 0 || offerUntil(ctx.now, session.start) === null;
    let kept = 0;
    if (own?.status === 'invited') {
      kept = await answerInvitation(ctx, own.id);
      standing = (await standingsOf(ctx, [session.id], who)).get(session.id)!;
    }
    const first = kept >= row.places || nobodyBefore;
    const fits = seated || session.seats === null || (first && standing.free.length === row.places);
    settled.push({ row, session, fits, seated, kept });
  }
  if (reasons.length > 0) throw Refusal.all('conflict', reasons);
  const whole = settled.every(({ fits }) => fits);
  const result: { row: RegistrationRow; sits: boolean; freed: boolean }[] = [];
  for (const { row, session, fits, seated, kept } of settled) {
    const sits = session.course ? whole : fits;
    if (sits && !seated) {
      if (session.seats === null) await growSeats(ctx, session.id, row.places);
      if (!(await seatAll(ctx, row.id))) throw new Refusal('registration.full', 'conflict');
    }
    if (!sits && seated)
      await ctx.db.updateTable('attendee').set({ seat: null }).where('registration_id', '=', row.id).execute();
    result.push({ row, sits, freed: kept > 0 || (seated && !sits) });
  }
  return result;
}

/** Who registers by the form has answered the invitation they had: they come once. Returns how many seats were kept by it. */
async function answerInvitation(ctx: Ctx, registrationId: string): Promise<number> {
  const [row] = await lockRegistrations(ctx, [registrationId]);
  if (await isAnyMarkedOf(ctx, [registrationId])) throw wasMarked(row!.reference);
  const kept = ctx.db.selectFrom('attendee').select('id').where('registration_id', '=', registrationId);
  const seats = await kept.where('seat', 'is not', null).execute();
  await standUp(ctx, [registrationId]);
  const changes = { status: 'cancelled', cancelled_at: ctx.now, cancel_cause: 'person' } as const;
  await noted(ctx, 'cancelled', await update(ctx, row!, changes));
  return seats.length;
}

/** What may have changed since it was asked: the session, and how many of an organisation come. */
function stillOpen(
  ctx: Ctx,
  session: SessionView,
  begun: boolean,
  ofOrganisation: number,
  row: RegistrationRow,
): Reason[] {
  const reasons = decide({
    now: ctx.now,
    session: { ...session, questions: [], ageMin: null, ageMax: null },
    attendees: Array.from({ length: row.places }, () => ({})),
    consent: true,
    answers: {},
    group: true,
    team: false,
    arrived: false,
    signedIn: true,
    member: true,
    inGroup: true,
    invited: true,
    ofOrganisation: row.organisation_id ? ofOrganisation : undefined,
    telephone: session.site.telephone ?? ctx.territory.telephone,
    say: (words) => say(words, ctx.locale, ctx.territory.mainLanguage),
    begun,
  });
  return reasons;
}
