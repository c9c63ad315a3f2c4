import { sql } from 'kysely';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { journalRows, outboxRows, write } from '../booking/index.ts';
import { active, dropCalls, offerSeats, reminderCall, standUp, withCourse } from '../seating/index.ts';
import type { ChangedDate, SessionChange } from '../sessions/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';

type Concerned = {
  id: string;
  session_id: string;
  person_id: string;
  status: 'held' | 'registered' | 'waiting' | 'offered' | 'invited';
  language: Locale;
  email: string | null;
  demonstration: boolean;
};

/**
 * What follows when sessions change, in their transaction: seats added serve the list, one cancelled gives all of its
 * registrations back, one moved or put off is told to everyone, once for all their dates; who has no e-mail is called.
 */
export async function onChange(ctx: Ctx, change: SessionChange): Promise<void> {
  const dates = change.dates.filter((date) => date.what.length > 0 || !['moved', 'edited'].includes(change.kind));
  if (change.kind === 'seats') {
    for (const { sessionId } of dates) await offerSeats(ctx, sessionId);
    return;
  }
  const ids = dates.map((date) => date.sessionId);
  const sessions = ids.length > 0 ? await sessionsByIds(ctx, ids) : [];
  if (sessions.length === 0) return;
  if (change.kind === 'cancelled') {
    await cancelAll(ctx, sessions, change);
    return lookAgain(ctx, sessions);
  }
  const people = await bump(ctx, dates);
  if (change.kind === 'edited') {
    // The link and what to know are for those who come for sure; the others read them when they do.
    const sure = people.filter((row) => row.status === 'registered');
    if (change.tell) await tellAll(ctx, sessions, sure, change);
    return;
  }
  // Told anew, nobody is called about the former change.
  await dropCalls(ctx, rowIds(people), ['moved']);
  if (change.kind === 'postponed') {
    await waitAgain(ctx, people);
    await dropCalls(ctx, rowIds(people), ['reminder', 'offered']);
  }
  if (change.tell) await tellAll(ctx, sessions, people, change);
  await lookAgain(ctx, sessions);
  if (change.kind === 'postponed') return;
  await callAgain(ctx, sessions, people);
  // What was given back while it had no day, or too late to be offered, is offered now.
  for (const session of sessions) await offerSeats(ctx, session.id);
}

/** Whoever waited for all dates of a course waits for those that are left: their lists are looked at again. */
async function lookAgain(ctx: Ctx, sessions: readonly SessionView[]): Promise<void> {
  const changed = sessions.filter((session) => session.course).map((session) => session.id);
  if (changed.length === 0) return;
  for (const id of await withCourse(ctx, changed)) if (!changed.includes(id)) await offerSeats(ctx, id);
}

const rowIds = (rows: readonly Concerned[]): string[] => rows.map((row) => row.id);

/** Without a day nobody can take a seat: who was offered one waits again, in the turn they had. */
async function waitAgain(ctx: Ctx, people: readonly Concerned[]): Promise<void> {
  const offered = rowIds(people.filter((row) => row.status === 'offered'));
  await standUp(ctx, offered);
  await sql`update registration set status = 'waiting', offer_expires_at = null,
      waiting_since = coalesce(waiting_since, created_at) where id = any(${offered}::uuid[])`.execute(ctx.db);
}

/** Their calendars must know: every registration has a new version. Another time is reminded of anew. */
async function bump(ctx: Ctx, dates: readonly ChangedDate[]): Promise<Concerned[]> {
  const ids = dates.map((date) => date.sessionId);
  const anew = dates.filter(({ what }) => what.length === 0 || what.includes('time')).map(({ sessionId }) => sessionId);
  const { rows } = await sql<Concerned>`
    update registration r set version = r.version + 1,
      reminded_at = case when r.session_id = any(${anew}::uuid[]) then null else r.reminded_at end
    from person p
    where r.session_id = any(${ids}::uuid[]) and r.status = any(${[...active, 'invited']}::text[]) and p.id = r.person_id
    returning r.id, r.session_id, r.person_id, r.status, r.language, p.email, r.demonstration`.execute(ctx.db);
  return rows;
}

async function cancelAll(ctx: Ctx, sessions: readonly SessionView[], change: SessionChange): Promise<void> {
  const ids = sessions.map((session) => session.id);
  await sql`update attendee a set seat = null from registration r where r.id = a.registration_id
    and r.session_id = any(${ids}::uuid[]) and r.status = any(${[...active, 'invited']}::text[])
    and a.seat is not null`.execute(ctx.db);
  const { rows } = await sql<Concerned>`
    with before as (select id, status from registration where session_id = any(${ids}::uuid[])
      and status = any(${[...active, 'invited']}::text[]))
    update registration r set status = 'cancelled', cancelled_at = ${ctx.now}, cancel_cause = 'session',
      hold_expires_at = null, offer_expires_at = null, version = r.version + 1
    from before b join registration x on x.id = b.id join person p on p.id = x.person_id where r.id = b.id
    returning r.id, r.session_id, r.person_id, b.status, r.language, p.email, r.demonstration`.execute(ctx.db);
  await sql`delete from call where done_at is null and registration_id = any(${rowIds(rows)}::uuid[])`.execute(ctx.db);
  await tellAll(ctx, sessions, rows, change);
}

const topics = {
  moved: 'registration.moved',
  edited: 'registration.edited',
  postponed: 'registration.postponed',
  resumed: 'registration.resumed',
  cancelled: 'registration.session_cancelled',
} as const;

/** One message a person and language, about all of their dates; one call a person, about the first. */
async function tellAll(
  ctx: Ctx,
  sessions: readonly SessionView[],
  people: readonly Concerned[],
  change: SessionChange,
): Promise<void> {
  const kind = change.kind as keyof typeof topics;
  const order = new Map(sessions.map((session, index) => [session.id, index]));
  const dates = new Map(change.dates.map((date) => [date.sessionId, date]));
  const told = people
    .filter((row) => row.status !== 'held')
    .sort((a, b) => order.get(a.session_id)! - order.get(b.session_id)! || (a.id < b.id ? -1 : 1));
  const byMail = Map.groupBy(
    told.filter((row) => row.email !== null),
    (row) => `${row.person_id} ${row.language}`,
  );
  const called = Map.groupBy(
    told.filter((row) => row.email === null && !row.demonstration && row.status !== 'invited'),
    (row) => row.person_id,
  );
  await write(ctx.db, {
    outbox: outboxRows(
      ctx,
      ...[...byMail.values()].map((rows) => ({ topic: topics[kind], payload: messageOf(rows, dates, change) })),
    ),
    call: [...called.values()].map(([first]) => ({
      id: newId(),
      registration_id: first!.id,
      due_day: dayOf(ctx.now, sessions[order.get(first!.session_id)!]!.timeZone),
      kind: kind === 'cancelled' ? 'cancelled' : 'moved',
    })),
    journal: journalRows(
      ctx,
      ...people.map((row) => ({
        kind: `registration.${kind === 'cancelled' ? 'session_cancelled' : kind}`,
        subjectKind: 'registration',
        subjectId: row.id,
        onBehalfOf: row.person_id,
        data: { sessionId: row.session_id },
      })),
    ),
  });
}

/** What one person is told: their registrations, soonest first, each with when it was, and all that they may be offered. */
function messageOf(rows: readonly Concerned[], dates: ReadonlyMap<string, ChangedDate>, { reason }: SessionChange) {
  const own = rows.map((row) => dates.get(row.session_id)!);
  const before = rows.map((row, index) => [row.id, { start: own[index]!.before.start, end: own[index]!.before.end }]);
  return {
    registrationId: rows[0]!.id,
    ids: rows.map((row) => row.id),
    before: Object.fromEntries(before),
    what: [...new Set(own.flatMap((date) => date.what))],
    reason: reason ?? null,
    insteadIds: [...new Set(own.flatMap((date) => date.insteadIds ?? []))],
  };
}

/** The calls of the eve go with the day; what was put off has none. */
async function callAgain(ctx: Ctx, sessions: readonly SessionView[], people: readonly Concerned[]): Promise<void> {
  const without = people.filter((row) => row.email === null);
  if (without.length === 0) return;
  await sql`delete from call where kind = 'reminder' and done_at is null
    and registration_id = any(${rowIds(without)}::uuid[])`.execute(ctx.db);
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const ahead = without.filter((row) => byId.get(row.session_id)!.status === 'published');
  await write(ctx.db, { call: ahead.flatMap((row) => reminderCall(ctx, row, byId.get(row.session_id)!)) });
}
