import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { beforeSeatsCount } from './hooks.ts';

/** Seats 1 to n of new sessions. */
export async function makeSeats(inside: Ctx, sessionIds: readonly string[], seats: number): Promise<void> {
  await sql`insert into seat (session_id, number)
    select id, n from unnest(${[...sessionIds]}::uuid[]) id, generate_series(1, ${seats}::int) n`.execute(inside.db);
}

/**
 * Brings the seats of a session to a number, under its lock. Only free seats go, from the last, those nobody answered for in
 * time among them: what is taken stays taken. Where as many come as like (null), a seat is made for each who comes: those
 * there are stay.
 */
export async function bringSeats(inside: Ctx, { id }: SessionView, seats: number | null): Promise<void> {
  if (seats === null) return;
  for (const settle of beforeSeatsCount) await settle(inside, id);
  const [{ taken }] = (await sessionsByIds(inside, [id])) as [SessionView];
  if (seats < taken) throw new Refusal('session.seats_taken', 'conflict', { taken, wanted: seats });
  const { count } = await inside.db
    .selectFrom('seat')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('session_id', '=', id)
    .executeTakeFirstOrThrow();
  const more = seats - Number(count);
  if (more > 0) {
    // Seats given up in the middle come back first.
    await sql`insert into seat (session_id, number)
      select ${id}::uuid, n from generate_series(1, ${seats}::int) n
      where not exists (select from seat where session_id = ${id} and number = n)
      order by n limit ${more}::int`.execute(inside.db);
  } else if (more < 0) {
    await sql`delete from seat where session_id = ${id} and number in (
      select s.number from seat s where s.session_id = ${id}
        and not exists (select from attendee a where a.session_id = s.session_id and a.seat = s.number)
      order by s.number desc limit ${-more}::int)`.execute(inside.db);
  }
}
