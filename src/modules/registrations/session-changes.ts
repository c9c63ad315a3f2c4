import { sql } from 'kysely';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { newId } from '../../core/ids.ts';
import { journalRows, outboxRows, type Rows, write } from '../booking/index.ts';
import { active, dropCalls, offerSeats, reminderCall, standUp } from '../seating/index.ts';
import { type SessionChange, type SessionView, sessionsByIds } from '../sessions/index.ts';

type Concerned = {
  id: string;
  person_id: string;
  status: 'held' | 'registered' | 'waiting' | 'offered' | 'invited';
  email: string | null;
  demonstration: boolean;
};

/**
 * What follows when a session changes, in its transaction: seats added serve the list, one cancelled gives all of its
 * registrations back, one moved or put off is told to everyone; who has no e-mail is called.
 */
export async function onChange(ctx: Ctx, change: SessionChange): Promise<void> {
  if (change.kind === 'seats') return offerSeats(ctx, change.sessionId);
  if (change.kind === 'edited') return;
  const [session] = await sessionsByIds(ctx, [change.sessionId]);
  if (!session) return;
  if (change.kind === 'cancelled') return cancelAll(ctx, session, change);
  const people = await bump(ctx, session.id);
  const ids = people.map((row) => row.id);
  // Told anew, nobody is called about the former change.
  await dropCalls(ctx, ids, ['moved']);
  if (change.kind === 'postponed') {
    await waitAgain(ctx, people);
    await dropCalls(ctx, ids, ['reminder', 'offered']);
  }
  await tellAll(ctx, session, people, change);
  if (change.kind === 'postponed') return;
  await callAgain(ctx, session, people);
  // What was given back while it had no day, or too late to be offered, is offered now.
  await offerSeats(ctx, session.id);
}

/** Without a day nobody can take a seat: who was offered one waits again, in the turn they had. */
async function waitAgain(ctx: Ctx, people: readonly Concerned[]): Promise<void> {
  const offered = people.filter((row) => row.status === 'offered').map((row) => row.id);
  await standUp(ctx, offered);
  await sql`update registration set status = 'waiting', offer_expires_at = null,
      waiting_since = coalesce(waiting_since, created_at) where id = any(${offered}::uuid[])`.execute(ctx.db);
}

/** Their calendars must know: every registration has a new version. */
async function bump(ctx: Ctx, sessionId: string): Promise<Concerned[]> {
  const { rows } = await sql<Concerned>`
    update registration r set version = r.version + 1, reminded_at = null from person p
    where r.session_id = ${sessionId} and r.status = any(${[...active, 'invited']}::text[]) and p.id = r.person_id
    returning r.id, r.person_id, r.status, p.email, r.demonstration`.execute(ctx.db);
  return rows;
}

async function cancelAll(ctx: Ctx, session: SessionView, change: SessionChange): Promise<void> {
  await sql`update attendee a set seat = null from registration r where r.id = a.registration_id
    and r.session_id = ${session.id} and r.status = any(${[...active]}::text[]) and a.seat is not null`.execute(ctx.db);
  const { rows } = await sql<Concerned>`
    with before as (select id, status from registration where session_id = ${session.id}
      and status = any(${[...active, 'invited']}::text[]))
    update registration r set status = 'cancelled', cancelled_at = ${ctx.now}, cancel_cause = 'session',
      hold_expires_at = null, offer_expires_at = null, version = r.version + 1
    from before b join registration x on x.id = b.id join person p on p.id = x.person_id where r.id = b.id
    returning r.id, r.person_id, b.status, p.email, r.demonstration`.execute(ctx.db);
  await sql`delete from call where done_at is null and registration_id = any(${rows.map((row) => row.id)}::uuid[])`.execute(
    ctx.db,
  );
  await tellAll(ctx, session, rows, change);
}

const topics = {
  moved: 'registration.moved',
  postponed: 'registration.postponed',
  resumed: 'registration.resumed',
  cancelled: 'registration.session_cancelled',
} as const;

async function tellAll(
  ctx: Ctx,
  session: SessionView,
  people: readonly Concerned[],
  change: SessionChange,
): Promise<void> {
  const kind = change.kind as keyof typeof topics;
  const more = {
    before: { start: change.before.start, end: change.before.end },
    reason: change.reason ?? null,
    insteadIds: [...(change.insteadIds ?? [])],
  };
  const told = people.filter((row) => row.status !== 'held');
  const byMail = told.filter((row) => row.email !== null);
  const called = told.filter((row) => row.email === null && !row.demonstration && row.status !== 'invited');
  const rows: Rows = {
    outbox: outboxRows(
      ctx,
      ...byMail.map((row) => ({ topic: topics[kind], payload: { registrationId: row.id, ...more } })),
    ),
    call: called.map((row) => ({
      id: newId(),
      registration_id: row.id,
      due_day: dayOf(ctx.now, session.timeZone),
      kind: kind === 'cancelled' ? 'cancelled' : 'moved',
    })),
    journal: journalRows(
      ctx,
      ...people.map((row) => ({
        kind: `registration.${kind === 'cancelled' ? 'session_cancelled' : kind}`,
        subjectKind: 'registration',
        subjectId: row.id,
        onBehalfOf: row.person_id,
        data: { sessionId: session.id },
      })),
    ),
  };
  await write(ctx.db, rows);
}

/** The calls of the eve go with the day. */
async function callAgain(ctx: Ctx, session: SessionView, people: readonly Concerned[]): Promise<void> {
  const without = people.filter((row) => row.email === null);
  if (without.length === 0) return;
  await sql`delete from call where kind = 'reminder' and done_at is null
    and registration_id = any(${without.map((row) => row.id)}::uuid[])`.execute(ctx.db);
  await write(ctx.db, {
    call: without.flatMap((row) => reminderCall(ctx, row, session)),
  });
}
