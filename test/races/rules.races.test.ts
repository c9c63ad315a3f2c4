import { expect, test } from 'vitest';
import type { Db } from '../../src/core/db.ts';
import { Refusal } from '../../src/core/errors.ts';
import { lockThings, move, reserve } from '../../src/modules/booking/index.ts';
import { useHouse } from '../harness/house.ts';
import { until, waiting } from '../harness/locks.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite, monday9 } from '../harness/make.ts';

// What must be waiting for what is made to wait, by a transaction kept open: nothing here is left to luck.
const house = useHouse({ eachTest: true, max: 6 });

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );

/** Changes a thing under its lock, and lets go only when `meanwhile` waits behind it. */
async function whileWaiting(
  resourceId: string,
  change: Partial<{ archived_at: Date; rules: string }>,
  meanwhile: () => Promise<unknown>,
): Promise<string> {
  const answer: { code?: Promise<string> } = {};
  await house.db.transaction().execute(async (trx) => {
    const held = trx as unknown as Db;
    await lockThings(makeCtx(held), [resourceId]);
    answer.code = codeOf(meanwhile());
    await until(async () => (await waiting(house.db)) === 1);
    await held
      .updateTable('resource')
      .set((set) => ({ ...change, version: set('version', '+', 1) }))
      .where('id', '=', resourceId)
      .execute();
  });
  return answer.code!;
}

const slot = (resourceId: string, from: string, to: string) => ({
  resourceId,
  start: at('2026-11-24', from),
  end: at('2026-11-24', to),
});

async function scene() {
  const site = await makeSite(house.db);
  const room = await makeResource(house.db, site.id);
  const person = await makePerson(house.db);
  const ctx = makeCtx(house.db, { actor: actorOf(person) });
  const take = (resourceId: string, from: string, to: string) =>
    reserve(ctx, { items: [slot(resourceId, from, to)], people: 1, person: { id: person.id }, channel: 'api' });
  return { site, room, ctx, take };
}

test('what was withdrawn while a booking waited for its turn is not booked', async () => {
  const { room, take } = await scene();
  const archived = await whileWaiting(room.id, { archived_at: monday9 }, () => take(room.id, '14:00', '15:00'));
  expect(archived).toBe('booking.archived');
});

test('a rule made stricter while a booking waited for its turn binds it', async () => {
  const { room, take } = await scene();
  const shorter = await whileWaiting(room.id, { rules: JSON.stringify({ maxMinutes: 30 }) }, () =>
    take(room.id, '14:00', '15:00'),
  );
  expect(shorter).toBe('booking.too_long');
});

test('a booking is not moved to what was withdrawn while it waited for its turn', async () => {
  const { site, room, ctx, take } = await scene();
  const other = await makeResource(house.db, site.id);
  const { bookings } = await take(other.id, '14:00', '15:00');
  const archived = await whileWaiting(room.id, { archived_at: monday9 }, () =>
    move(ctx, { booking: bookings[0]!.id, resourceId: room.id }),
  );
  expect(archived).toBe('booking.archived');
});
