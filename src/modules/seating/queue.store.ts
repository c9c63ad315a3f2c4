import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { RegistrationRow } from './seating.store.ts';

/** Who waits for a session, the first in line first. */
export const queueOf = (ctx: Ctx, sessionId: string): Promise<RegistrationRow[]> =>
  ctx.db
    .selectFrom('registration')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('status', '=', 'waiting')
    .orderBy('waiting_since')
    .orderBy('id')
    .execute();

/** With those who wait for a date of a course, what they asked for in the same go and wait for too. */
export async function waitingTogether(ctx: Ctx, queue: readonly RegistrationRow[]): Promise<RegistrationRow[]> {
  const requests = queue.flatMap((row) => row.request_id ?? []);
  const others = await ctx.db
    .selectFrom('registration')
    .selectAll()
    .where(sql<boolean>`request_id = any(${requests}::uuid[])`)
    .where('status', '=', 'waiting')
    .execute();
  const known = new Set(queue.map((row) => row.id));
  return [...queue, ...others.filter((row) => !known.has(row.id))];
}

/** The dates for which people wait, of courses that had a date begin between two instants, and that come after it. */
export async function datesThatRemain(ctx: Ctx, from: Date, to: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct o.id from session s
      join session_series e on e.id = s.series_id and e.enrolment = 'course'
      join session o on o.series_id = e.id and o.starts_at > s.starts_at and o.status = 'published'
    where s.starts_at > ${from} and s.starts_at <= ${to} and s.status <> 'draft' and s.kind <> 'appointment'
      and exists (select from registration r where r.session_id = o.id and r.status = 'waiting')`.execute(ctx.db);
  return rows.map((row) => row.id);
}

/** Sessions in which a hold or an offer has run out. */
export async function ranOutIn(ctx: Ctx, limit: number): Promise<string[]> {
  const some = ctx.db.selectFrom('registration').select('session_id').distinct().limit(limit);
  const held = await some.where('status', '=', 'held').where('hold_expires_at', '<=', ctx.now).execute();
  const offered = await some.where('status', '=', 'offered').where('offer_expires_at', '<=', ctx.now).execute();
  return [...new Set([...held, ...offered].map((row) => row.session_id))];
}

/** Holds and offers of these sessions that ran out: they stand in the way of nobody any more. */
export async function ranOut(ctx: Ctx, sessionIds: readonly string[]): Promise<RegistrationRow[]> {
  return ctx.db
    .selectFrom('registration')
    .selectAll()
    .where(sql<boolean>`session_id = any(${[...sessionIds]}::uuid[])`)
    .where((where) =>
      where.or([
        where.and([where('status', '=', 'held'), where('hold_expires_at', '<=', ctx.now)]),
        where.and([where('status', '=', 'offered'), where('offer_expires_at', '<=', ctx.now)]),
      ]),
    )
    .execute();
}
