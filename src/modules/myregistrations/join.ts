import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import {
  changed,
  dropCalls,
  letGoOfRanOut,
  lockRegistrations,
  noted,
  offerSeats,
  type RegistrationRow,
  standUp,
  tell,
  update,
} from '../seating/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { type Joining, joinStandings, type Standing } from './join.rules.ts';

/** What becoming one person does to what they both registered for: one session, and what is done there. */
export type Joined = Joining & { session: SessionView };

type Row = Standing & { sessionId: string };

/** Sessions that are not over, for which both of two persons are registered, wait or are invited. */
export async function sessionsOfBoth(ctx: Ctx, keepId: string, mergedId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct s.id from registration a join registration b on b.session_id = a.session_id
      join session s on s.id = a.session_id
    where a.person_id = ${keepId} and b.person_id = ${mergedId}
      and a.status in ('registered', 'offered', 'waiting', 'invited')
      and b.status in ('registered', 'offered', 'waiting', 'invited')
      and ((s.status = 'published' and s.ends_at > ${ctx.now}) or s.status = 'postponed')
    order by s.id`.execute(ctx.db);
  return rows.map((row) => row.id);
}

async function standingsIn(ctx: Ctx, sessionIds: readonly string[], persons: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Omit<Row, 'createdAt' | 'waitingSince'> & { createdAt: Date; waitingSince: Date | null }>`
    select r.id, r.session_id as "sessionId", r.status, r.waiting_since as "waitingSince", r.created_at as "createdAt",
      r.organisation_id as "organisationId",
      exists (select from attendance m join attendee a on a.id = m.attendee_id where a.registration_id = r.id) as marked,
      coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'birthYear', a.birth_year,
          'own', coalesce(a.person_id = any(${[...persons]}::uuid[]), false)) order by a.rank, a.id)
        from attendee a where a.registration_id = r.id), '[]') as people
    from registration r where r.session_id = any(${[...sessionIds]}::uuid[])
      and r.person_id = any(${[...persons]}::uuid[])
      and r.status in ('registered', 'offered', 'waiting', 'invited')`.execute(ctx.db);
  return rows;
}

/** What making one of two persons would do to what they both registered for; nothing is changed. */
export async function foreseeJoining(ctx: Ctx, keepId: string, mergedId: string): Promise<Joined[]> {
  const ids = await sessionsOfBoth(ctx, keepId, mergedId);
  if (ids.length === 0) return [];
  const standings = Map.groupBy(await standingsIn(ctx, ids, [keepId, mergedId]), (row) => row.sessionId);
  const sessions = await sessionsByIds(ctx, ids);
  return sessions.flatMap((session) =>
    joinStandings(standings.get(session.id) ?? []).map((joining) => ({ ...joining, session })),
  );
}

/**
 * Makes one of what two persons registered for, session by session, in the caller's transaction and under the locks of these
 * sessions: the registration that stands best is kept, those the other alone brought come with it, or go on waiting in their
 * turn, and a seat had twice is offered to whoever is next. What was written down on the list stays. Called before anything else
 * of the one goes to the other.
 */
export async function joinRegistrations(
  ctx: Ctx,
  keepId: string,
  mergedId: string,
  why: { reason: string; told: I18nText },
): Promise<Joined[]> {
  const freed = await letGoOfRanOut(ctx, await sessionsOfBoth(ctx, keepId, mergedId));
  const joined = await foreseeJoining(ctx, keepId, mergedId);
  const person = ctx.db.selectFrom('person').select('email').where('id', '=', keepId);
  const personEmail = (await person.executeTakeFirst())?.email ?? null;
  const given: RegistrationRow[] = [];
  for (const one of joined) {
    if (one.outcome === 'left') continue;
    const rows = await lockRegistrations(ctx, [one.kept, one.other]);
    const [kept, other] = [one.kept, one.other].map((id) => rows.find((row) => row.id === id)!) as [
      RegistrationRow,
      RegistrationRow,
    ];
    if (one.outcome === 'apart') {
      await goOnAlone(ctx, other, one);
      continue;
    }
    if (one.outcome === 'moved') {
      const after = await comeAlong(ctx, kept, other, one);
      await tell(ctx, { row: after, personEmail, timeZone: one.session.timeZone }, 'changed', undefined);
    }
    given.push(await give(ctx, other, why.reason));
  }
  await dropCalls(
    ctx,
    given.map((row) => row.id),
    ['reminder', 'offered', 'moved', 'cancelled'],
  );
  // One mail for the dates of a course.
  for (const rows of Map.groupBy(given, (row) => row.request_id ?? row.id).values()) {
    const to = { row: rows[0]!, personEmail, timeZone: ctx.territory.timeZone };
    const ids = rows.map((row) => row.id);
    await tell(ctx, to, 'cancelled', undefined, { reason: why.told, ids });
  }
  for (const id of new Set([...freed, ...joined.map((one) => one.session.id)])) await offerSeats(ctx, id);
  return joined;
}

/** Those that one of them alone brought, with their seats, their consent and their answers. */
async function comeAlong(ctx: Ctx, kept: RegistrationRow, other: RegistrationRow, { alone }: Joining) {
  await sql`
    update attendee a set registration_id = ${kept.id}, rank = a.rank + (
        select coalesce(max(b.rank), -1) + 1 from attendee b where b.registration_id = ${kept.id})
    where a.id = any(${[...alone]}::uuid[])`.execute(ctx.db);
  await sql`
    update registration k set answers = o.answers || k.answers from registration o
    where k.id = ${kept.id} and o.id = ${other.id}`.execute(ctx.db);
  const after = await update(ctx, kept, {
    places: kept.places + alone.length,
    consent_at: kept.consent_at ?? other.consent_at,
    note: [kept.note, other.note === kept.note ? null : other.note].filter(Boolean).join('\n') || null,
  });
  await noted(ctx, 'people', after);
  return after;
}

/** Fewer people keep their turn, or their offer. */
async function goOnAlone(ctx: Ctx, other: RegistrationRow, { twice, alone }: Joining): Promise<void> {
  if (twice.length === 0) return;
  await sql`delete from attendee where id = any(${[...twice]}::uuid[])`.execute(ctx.db);
  await noted(ctx, 'people', await update(ctx, other, { places: alone.length }));
}

async function give(ctx: Ctx, other: RegistrationRow, reason: string): Promise<RegistrationRow> {
  await standUp(ctx, [other.id]);
  const after = await update(ctx, other, {
    status: 'cancelled',
    cancelled_at: ctx.now,
    cancel_cause: 'team',
    offer_expires_at: null,
  });
  await noted(ctx, 'cancelled', after, reason);
  await changed(ctx, { kind: 'cancelled', registrationId: other.id, sessionId: other.session_id });
  return after;
}
