import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Ctx } from '../../src/core/context.ts';
import { reserve } from '../../src/modules/booking/index.ts';
import {
  cancelSession,
  moveSession,
  type PlanInput,
  planSessions,
  setSeats,
} from '../../src/modules/sessions/index.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite } from '../harness/make.ts';
import { outcomeOf, race, useOpenDoors } from '../harness/races.ts';

const ground = useOpenDoors(40);

/** Two claims on one unit at one time, or sessions that hold more or less than their state says. */
async function faults(): Promise<unknown[]> {
  const { rows } = await sql`
    select a.id from allocation a join allocation b on a.unit_id = b.unit_id and a.id < b.id and a.during && b.during
    union all
    select s.id from session s join session_thing h on h.session_id = s.id where s.status = 'published'
      and not exists (select from allocation a join unit u on u.id = a.unit_id
        where a.cause_id = s.id and u.resource_id = h.resource_id)
    union all
    select s.id from session s join allocation a on a.cause_id = s.id where s.status <> 'published'
    union all
    select s.id from session s where not s.demonstration and s.seats is not null
      and s.seats <> (select count(*) from seat where session_id = s.id)`.execute(ground.db);
  return rows;
}

async function hall(count: number) {
  const site = await makeSite(ground.db);
  const made = await Promise.all(Array.from({ length: count }, () => makeResource(ground.db, site.id)));
  const team = makeCtx(ground.db, { actor: actorOf(await makePerson(ground.db), ['team'], site.id) });
  return { site, rooms: made.map((room) => room.id), team };
}

const slot = { start: at('2026-11-24', '14:00'), end: at('2026-11-24', '16:00') };

const planFor = (siteId: string, rooms: readonly string[]): PlanInput => ({
  kind: 'workshop',
  title: { fr: 'Course' },
  siteId,
  placeKind: 'site',
  seats: 4,
  things: rooms.map((resourceId) => ({ resourceId, people: 4 })),
  dates: [slot],
  publish: true,
});

const book = async (ctx: Ctx, resourceId: string) => {
  const person = await makePerson(ground.db);
  const visitor = { ...ctx, actor: actorOf(person) };
  return reserve(visitor, { items: [{ resourceId, ...slot }], people: 2, person: { id: person.id }, channel: 'api' });
};

it('ten sessions of three rooms in every order and ten bookings of one of them: no overlap, nothing half-kept', {
  timeout: 90_000,
}, async () => {
  for (let round = 0; round < 6; round += 1) {
    const { site, rooms, team } = await hall(3);
    const turned = (turn: number) => rooms.map((_, index) => rooms[(index * (turn % 2 ? 2 : 1) + turn) % 3]!);
    const outcome = await outcomeOf(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0
          ? () => planSessions(team, planFor(site.id, turned(index / 2)))
          : () => book(team, rooms[(index >> 1) % 3]!),
      ),
    );
    expect(outcome.won).toBeGreaterThanOrEqual(1);
    const sessions = await ground.db.selectFrom('session').select('id').where('site_id', '=', site.id).execute();
    // A session takes all three rooms: where one won, nobody else did.
    expect(sessions.length === 1 ? outcome.won : sessions.length).toBe(sessions.length);
    expect(await faults()).toEqual([]);
  }
});

it('twenty sessions want one room at one time: one wins', { timeout: 60_000 }, async () => {
  const { site, rooms, team } = await hall(1);
  const outcome = await outcomeOf(Array.from({ length: 20 }, () => () => planSessions(team, planFor(site.id, rooms))));
  expect(outcome).toEqual({ won: 1, refused: { 'booking.thing_taken': 19 } });
  expect(await faults()).toEqual([]);
});

it('sessions that exchange rooms and hours, are resized and cancelled all at once leave no overlap', {
  timeout: 90_000,
}, async () => {
  const { site, rooms, team } = await hall(4);
  const ids = await Promise.all(
    rooms.map(async (room) => (await planSessions(team, planFor(site.id, [room]))).sessions[0]!.id),
  );
  for (let round = 0; round < 4; round += 1) {
    await race(
      ids.flatMap((session, index) => [
        () =>
          moveSession(team, {
            session,
            start: at('2026-11-24', index % 2 === round % 2 ? '14:00' : '16:00'),
            things: [{ resourceId: rooms[(index + round + 1) % 4]!, people: 4 }],
          }),
        () => setSeats(team, { session, seats: 4 + ((index + round) % 3) }),
        () => book(team, rooms[index]!),
        ...(round === 3 && index === 0 ? [() => cancelSession(team, { session })] : []),
      ]),
    );
    expect(await faults()).toEqual([]);
  }
});
