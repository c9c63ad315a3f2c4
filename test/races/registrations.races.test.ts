import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Ctx } from '../../src/core/context.ts';
import { Refusal } from '../../src/core/errors.ts';
import {
  acceptOffer,
  cancelRegistration,
  declineOffer,
  offerSeats,
  register,
  registrationsOf,
  releaseAllRanOut,
} from '../../src/modules/registrations/index.ts';
import { makeSession } from '../harness/agenda.ts';
import { actorOf, at, makeCtx, makePerson, makeSite, monday9 } from '../harness/make.ts';
import { race, useOpenDoors } from '../harness/races.ts';

const ground = useOpenDoors(60);

type Somebody = { person: { id: string }; ctx: Ctx };

const people = (count: number): Promise<Somebody[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const person = await makePerson(ground.db);
      return { person, ctx: makeCtx(ground.db, { actor: actorOf(person) }) };
    }),
  );

const come = ({ ctx, person }: Somebody, sessionId: string, places = 1, now = monday9) =>
  register(
    { ...ctx, now },
    {
      sessionIds: [sessionId],
      kind: places > 1 ? 'household' : 'self',
      person: { id: person.id },
      attendees: Array.from({ length: places }, (_, index) =>
        index === 0 ? { self: true } : { name: `Enfant ${index}` },
      ),
      channel: 'api',
    },
  );

/** Whatever must never be: more sit than there are seats, half of a household sits, somebody sits and waits, a turn passed over. */
async function faults(sessionIds: readonly string[]): Promise<unknown[]> {
  const ids = [...sessionIds];
  const { rows } = await sql`
    select 'oversold' as fault, s.id from session s where s.id = any(${ids}::uuid[])
      and (select count(*) from attendee a where a.session_id = s.id and a.seat is not null) > s.seats
    union all
    select 'half seated', r.id from registration r where r.session_id = any(${ids}::uuid[])
      and r.status in ('registered', 'offered') and r.places <>
        (select count(*) from attendee a where a.registration_id = r.id and a.seat is not null)
    union all
    select 'seat kept', r.id from registration r where r.session_id = any(${ids}::uuid[])
      and r.status in ('waiting', 'cancelled', 'invited')
      and exists (select from attendee a where a.registration_id = r.id and a.seat is not null)
    union all
    select 'places', r.id from registration r where r.session_id = any(${ids}::uuid[]) and r.status <> 'cancelled'
      and r.places <> (select count(*) from attendee a where a.registration_id = r.id)
    union all
    select 'twice', r.person_id from registration r where r.session_id = any(${ids}::uuid[])
      and r.status in ('held', 'registered', 'waiting', 'offered') group by r.person_id, r.session_id having count(*) > 1`.execute(
    ground.db,
  );
  return rows;
}

describe('many at once', () => {
  it('200 for 12 seats, twenty rounds: 12 sit, 188 wait in the order they came, nobody is lost', {
    timeout: 240_000,
  }, async () => {
    const site = await makeSite(ground.db);
    const crowd = await people(200);
    for (let round = 0; round < 20; round += 1) {
      const session = await makeSession(ground.db, { siteId: site.id });
      const told = await race(crowd.map((one) => () => come(one, session.id)));
      expect(told.filter((one) => one instanceof Refusal)).toEqual([]);
      const states = told.flatMap((one) => (one instanceof Refusal ? [] : one.registrations));
      expect(states.filter((one) => one.status === 'registered')).toHaveLength(12);
      // The rank each was told is its own, and still holds once all have come.
      const ranks = states.filter((one) => one.status === 'waiting').map((one) => one.rank!);
      expect([...ranks].sort((a, b) => a - b)).toEqual(Array.from({ length: 188 }, (_, index) => index + 1));
      const waiting = (await registrationsOf(crowd[0]!.ctx, session.id)).filter((one) => one.status === 'waiting');
      const now = new Map(waiting.map((one) => [one.id, one.rank]));
      for (const one of states) if (one.status === 'waiting') expect(now.get(one.id)).toBe(one.rank);
      expect(await faults([session.id])).toEqual([]);
    }
  });

  it('two for the last seat: one sits, the other waits first', { timeout: 60_000 }, async () => {
    const site = await makeSite(ground.db);
    const crowd = await people(2);
    for (let round = 0; round < 20; round += 1) {
      const session = await makeSession(ground.db, { siteId: site.id, seats: 1 });
      const told = await race(crowd.map((one) => () => come(one, session.id)));
      const states = told.map((one) => (one as Exclude<typeof one, Refusal>).registrations[0]!);
      expect(states.map(({ status, rank }) => [status, rank]).sort()).toEqual([
        ['registered', null],
        ['waiting', 1],
      ]);
    }
  });

  it('the same person, twenty times at once: registered once', { timeout: 60_000 }, async () => {
    const site = await makeSite(ground.db);
    const [one] = await people(1);
    const session = await makeSession(ground.db, { siteId: site.id });
    const told = await race(Array.from({ length: 20 }, () => () => come(one!, session.id)));
    expect(told.filter((answer) => !(answer instanceof Refusal))).toHaveLength(1);
    expect(new Set(told.flatMap((answer) => (answer instanceof Refusal ? answer.code : [])))).toEqual(
      new Set(['registration.already']),
    );
  });
});

describe('whatever the order of commands', () => {
  it('seats taken never pass the seats, nobody is passed over by a later one of the same size', {
    timeout: 240_000,
  }, async () => {
    const site = await makeSite(ground.db);
    const staff = await makePerson(ground.db);
    const crowd = await people(12);
    const command = fc.record({
      what: fc.constantFrom('come', 'come', 'come', 'cancel', 'accept', 'decline', 'later', 'seat'),
      who: fc.nat({ max: 11 }),
      places: fc.constantFrom(1, 1, 1, 2, 4),
      which: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (commands) => {
        const session = await makeSession(ground.db, {
          siteId: site.id,
          seats: 3,
          start: at('2027-06-26', '14:00', '+02:00'),
        });
        let clock = monday9;
        for (const { what, who, places, which } of commands) {
          clock = new Date(clock.getTime() + 60_000);
          const team = makeCtx(ground.db, { actor: actorOf(staff, ['team'], site.id), now: clock });
          const before = await registrationsOf(team, session.id);
          const some = (...status: string[]) => {
            const list = before.filter((one) => status.includes(one.status));
            return list.length > 0 ? list[which % list.length]!.id : undefined;
          };
          await race([
            async () => {
              if (what === 'come') await come(crowd[who]!, session.id, places, clock);
              const registration = what === 'cancel' ? some('registered', 'waiting') : some('offered');
              if (what === 'cancel' && registration) await cancelRegistration(team, { registration, reason: 'essai' });
              if (what === 'accept' && registration) await acceptOffer(team, { registration });
              if (what === 'decline' && registration) await declineOffer(team, { registration });
              if (what === 'later') {
                clock = new Date(clock.getTime() + 49 * 3_600_000);
                await releaseAllRanOut({ ...team, now: clock });
              }
              if (what === 'seat') {
                const { rows } = await sql<{ seats: number }>`
                  update session set seats = seats + 1 where id = ${session.id} returning seats`.execute(ground.db);
                await sql`insert into seat (session_id, number) values (${session.id}, ${rows[0]!.seats})`.execute(
                  ground.db,
                );
                await offerSeats(team, session.id);
              }
            },
          ]);
          expect(await faults([session.id])).toEqual([]);
          const after = await registrationsOf(team, session.id);
          const former = new Map(before.map((one) => [one.id, one.status]));
          const asked = after.filter((one) => one.status === 'offered' && former.get(one.id) === 'waiting');
          const still = after.filter((one) => one.status === 'waiting' && former.get(one.id) === 'waiting');
          for (const late of asked) {
            const passed = still.filter((one) => one.waitingSince! < late.waitingSince! && one.places <= late.places);
            expect(passed).toEqual([]);
          }
          // Nobody sits down at once while others wait.
          const sat = after.filter((one) => one.status === 'registered' && !former.has(one.id));
          if (sat.length > 0) expect(before.filter((one) => one.status === 'waiting')).toEqual([]);
        }
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
