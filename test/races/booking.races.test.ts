import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { linkTokenFor } from '../../src/core/codes.ts';
import type { Ctx } from '../../src/core/context.ts';
import { Refusal } from '../../src/core/errors.ts';
import {
  cancel,
  checkIn,
  closeForOutage,
  confirm,
  endEarly,
  expireHolds,
  liftClosure,
  move,
  reserve,
} from '../../src/modules/booking/index.ts';
import { actorOf, at, makeCtx, makePerson, makeResource, makeSite, monday9 } from '../harness/make.ts';
import { outcomeOf, race, useOpenDoors } from '../harness/races.ts';

const ground = useOpenDoors(60);

const day = '2026-11-24';
const slot = (resourceId: string, from = '14:00', until = '15:00') => ({
  resourceId,
  start: at(day, from),
  end: at(day, until),
});

async function people(count: number) {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const person = await makePerson(ground.db);
      return { person, ctx: makeCtx(ground.db, { actor: actorOf(person) }) };
    }),
  );
}

const take = (ctx: Ctx, person: { id: string }, item: ReturnType<typeof slot>, seats = 1) =>
  reserve(ctx, { items: [item], people: seats, person: { id: person.id }, channel: 'api' });

/** Two claims on one unit at one time, and bookings that hold more or less than they should. */
async function faults(): Promise<unknown[]> {
  const { rows } = await sql`
    select a.id from allocation a join allocation b on a.unit_id = b.unit_id and a.id < b.id and a.during && b.during
    union all
    select b.id from booking b where b.status in ('confirmed', 'checked_in', 'requested') and b.ends_at > ${monday9}
      and not b.demonstration and not exists (select from allocation a where a.cause_id = b.id)
    union all
    select b.id from booking b join allocation a on a.cause_id = b.id
      where b.status in ('cancelled', 'displaced', 'no_show') and not b.demonstration`.execute(ground.db);
  return rows;
}

describe('many at once', () => {
  it('one slot, twenty rounds: exactly one wins each', { timeout: 90_000 }, async () => {
    const site = await makeSite(ground.db);
    const crowd = await people(50);
    for (let round = 0; round < 20; round += 1) {
      const room = await makeResource(ground.db, site.id);
      const outcome = await outcomeOf(
        crowd.map(
          ({ ctx, person }) =>
            () =>
              take(ctx, person, slot(room.id)),
        ),
      );
      expect(outcome).toEqual({ won: 1, refused: { 'booking.taken': 49 } });
    }
    expect(await faults()).toEqual([]);
  });

  it('a pool of twelve desks: exactly twelve win', { timeout: 60_000 }, async () => {
    const site = await makeSite(ground.db);
    const desks = await makeResource(ground.db, site.id, { kind: 'coworking_desk', units: 12, capacity: 1 });
    const crowd = await people(100);
    const outcome = await outcomeOf(
      crowd.map(
        ({ ctx, person }) =>
          () =>
            take(ctx, person, slot(desks.id)),
      ),
    );
    expect(outcome).toEqual({ won: 12, refused: { 'booking.taken': 88 } });
    expect(await faults()).toEqual([]);
  });

  it('a limit of one booking, a hundred requests on a hundred rooms: one wins', { timeout: 60_000 }, async () => {
    const site = await makeSite(ground.db, { rules: { personAtOnce: 1 } });
    const rooms = await Promise.all(Array.from({ length: 100 }, () => makeResource(ground.db, site.id)));
    const [one] = await people(1);
    const outcome = await outcomeOf(rooms.map((room) => () => take(one!.ctx, one!.person, slot(room.id))));
    expect(outcome).toEqual({ won: 1, refused: { 'booking.person_at_once': 99 } });
  });

  it('a hold that ran out, wanted by fifty: exactly one has it', { timeout: 60_000 }, async () => {
    const site = await makeSite(ground.db);
    const room = await makeResource(ground.db, site.id);
    const visitor = makeCtx(ground.db);
    const { bookings } = await reserve(visitor, {
      items: [slot(room.id)],
      people: 1,
      person: { name: 'Nina', email: 'nina@essai.example' },
      channel: 'web',
    });
    const late = at('2026-11-23', '09:31');
    const outbox = await ground.db
      .selectFrom('outbox')
      .selectAll()
      .where('topic', '=', 'booking.confirm_asked')
      .executeTakeFirstOrThrow();
    const token = linkTokenFor(visitor.secret, (outbox.payload as { codeId: string }).codeId);
    const crowd = await people(50);
    const outcome = await outcomeOf([
      ...crowd.map(
        ({ ctx, person }) =>
          () =>
            take({ ...ctx, now: late }, person, slot(room.id)),
      ),
      () => confirm({ ...visitor, now: late }, { token }),
      () => expireHolds({ ...visitor, now: late }).then(() => Promise.reject(new Refusal('done', 'conflict'))),
    ]);
    expect(outcome.won).toBe(1);
    expect(bookings).toHaveLength(1);
    expect(await faults()).toEqual([]);
  });

  it('moves, cancels, outages, check-ins and containers crossed at random: no deadlock shows, nothing overlaps', {
    timeout: 120_000,
  }, async () => {
    const site = await makeSite(ground.db);
    const rooms = await Promise.all(Array.from({ length: 3 }, () => makeResource(ground.db, site.id)));
    const desks = await makeResource(ground.db, site.id, { kind: 'coworking_desk', units: 4, capacity: 1 });
    const half = await makeResource(ground.db, site.id, { contains: [rooms[0]!.id, desks.id] });
    const whole = await makeResource(ground.db, site.id, { contains: [half.id, rooms[1]!.id] });
    const things = [...rooms, desks, desks, half, whole].map((thing) => thing.id);
    const staff = await makePerson(ground.db);
    const team = makeCtx(ground.db, { actor: actorOf(staff, ['team'], site.id), now: at(day, '10:00') });
    const crowd = await people(20);
    const known: string[] = [];
    const closures: string[] = [];
    const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;
    const hour = () => 8 + Math.floor(Math.random() * 10);
    const when = () => {
      const from = hour();
      return {
        start: at(day, `${String(from).padStart(2, '0')}:00`),
        end: at(day, `${from + 1 + Math.floor(Math.random() * 2)}:30`.padStart(5, '0')),
      };
    };
    const acts: (() => Promise<unknown>)[] = [
      ...Array.from({ length: 4 }, () => async () => {
        const { bookings } = await reserve(team, {
          items: Array.from({ length: 1 + Math.floor(Math.random() * 2) }, () => ({
            resourceId: pick(things),
            ...when(),
          })),
          people: 1,
          person: { id: pick(crowd).person.id },
          channel: 'desk',
        });
        known.push(...bookings.map((one) => one.id));
      }),
      () => move(team, { booking: pick(known), resourceId: pick(things), ...when() }),
      () => move(team, { booking: pick(known), ...when() }),
      () => cancel(team, { booking: pick(known), reason: 'essai' }),
      () => checkIn(team, { booking: pick(known) }),
      () => endEarly(team, { booking: pick(known) }),
      async () => {
        closures.push((await closeForOutage(team, { resourceId: pick(things), ...when(), reason: {} })).closureId);
      },
      () => (closures.length > 0 ? liftClosure(team, { closureId: pick(closures) }) : Promise.resolve()),
    ];
    for (let n = 0; n < 10; n += 1) await race([acts[0]!]);
    let won = 0;
    for (let round = 0; round < 8; round += 1) {
      won += (await outcomeOf(Array.from({ length: 60 }, () => () => pick(acts)()))).won;
    }
    expect(won).toBeGreaterThan(50);
    expect(await faults()).toEqual([]);
  });
});

describe('whatever the order of commands', () => {
  it('no two claims on a unit overlap, and a pool refuses only when some instant is full', {
    timeout: 120_000,
  }, async () => {
    const staff = await makePerson(ground.db);
    const command = fc.record({
      what: fc.constantFrom('reserve', 'reserve', 'reserve', 'move', 'cancel', 'whole'),
      from: fc.integer({ min: 16, max: 36 }),
      steps: fc.integer({ min: 1, max: 8 }),
      which: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 25 }), async (commands) => {
        const site = await makeSite(ground.db);
        const pool = await makeResource(ground.db, site.id, { units: 3, capacity: 1 });
        const around = await makeResource(ground.db, site.id, { contains: [pool.id] });
        const team = makeCtx(ground.db, { actor: actorOf(staff, ['team'], site.id) });
        const known: string[] = [];
        for (const { what, from, steps, which } of commands) {
          const start = new Date(at(day, '00:00').getTime() + from * 30 * 60_000);
          const end = new Date(Math.min(start.getTime() + steps * 30 * 60_000, at(day, '20:00').getTime()));
          const full = await isFull(pool.units, start, end);
          try {
            if (what === 'cancel' || what === 'move') {
              const booking = known[which % Math.max(1, known.length)];
              if (!booking) continue;
              if (what === 'cancel') await cancel(team, { booking, reason: 'essai' });
              else await move(team, { booking, start, end });
            } else {
              const resourceId = what === 'whole' ? around.id : pool.id;
              const item = { resourceId, start, end };
              const { bookings } = await reserve(team, {
                items: [item],
                people: 1,
                person: { id: staff.id },
                channel: 'desk',
              });
              known.push(bookings[0]!.id);
              if (what === 'reserve') expect(full).toBe(false);
            }
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            if (what === 'reserve') expect([error.code, full]).toEqual(['booking.taken', true]);
          }
        }
        expect(await faults()).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('after all of this', () => {
  it('the database never had to break a ring of commands waiting for one another', async () => {
    expect(await ground.deadlocks()).toBe(0);
  });
});

/** Whether at some instant of the time all units are claimed, counted by the database. */
async function isFull(units: readonly string[], start: Date, end: Date): Promise<boolean> {
  const { rows } = await sql<{ most: number }>`
    select coalesce(max((select count(*)::int from allocation b where b.unit_id = any(${[...units]}::uuid[]) and b.during @> i.at)), 0) as most
    from (select ${start}::timestamptz as at union select lower(a.during) from allocation a
      where a.unit_id = any(${[...units]}::uuid[]) and lower(a.during) >= ${start} and lower(a.during) < ${end}) i`.execute(
    ground.db,
  );
  return rows[0]!.most >= units.length;
}
