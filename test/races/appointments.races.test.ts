import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Db } from '../../src/core/db.ts';
import type { Refusal } from '../../src/core/errors.ts';
import { newId } from '../../src/core/ids.ts';
import { makeAppointment, moveAppointment } from '../../src/modules/appointments/index.ts';
import { cancelStops } from '../../src/modules/tour/cancel.ts';
import { makeHelper, makePresence, makeReason } from '../harness/help.ts';
import { until, waiting } from '../harness/locks.ts';
import { actorOf, at, makeCommune, makeCtx, makePerson, makeSite } from '../harness/make.ts';
import { outcomeOf, race, useOpenDoors } from '../harness/races.ts';

const ground = useOpenDoors(50);

async function helped() {
  const near = await makeSite(ground.db, { lat: 50.705, lon: 2.12 });
  const far = await makeSite(ground.db, { lat: 50.638, lon: 2.396 });
  const reason = await makeReason(ground.db);
  const helper = await makeHelper(ground.db, near.id, [reason.id]);
  await makePresence(ground.db, helper.id, near.id, 2, 540, 720);
  await makePresence(ground.db, helper.id, far.id, 2, 720, 900);
  const people = await Promise.all(Array.from({ length: 50 }, () => makePerson(ground.db)));
  return { near, far, reason, helper, people };
}

type Scene = Awaited<ReturnType<typeof helped>>;
const take = ({ reason, helper }: Scene, person: Scene['people'][number], siteId: string, time: string) =>
  makeAppointment(makeCtx(ground.db, { actor: actorOf(person) }), {
    reasonSlug: reason.slug,
    helperId: helper.id,
    siteId,
    stopId: null,
    start: at('2026-11-24', time),
    person: { id: person.id },
    channel: 'web',
  });

it('gives one time to one of fifty who ask for it together', async () => {
  const scene = await helped();
  const asked = scene.people.map((person) => () => take(scene, person, scene.near.id, '09:45'));
  expect((await outcomeOf(asked)).won).toBe(1);
  const { rows } = await sql<{ sessions: number; seats: number }>`
    select (select count(*)::int from allocation where unit_id = ${scene.helper.unitId}) as sessions,
      (select count(*)::int from attendee a join session_leader d on d.session_id = a.session_id
        where d.person_id = ${scene.helper.person.id} and a.seat is not null) as seats`.execute(ground.db);
  expect(rows[0]).toEqual({ sessions: 1, seats: 1 });
});

it('never sends a helper to two places nearer in time than the road, taken or moved at the same instant', async () => {
  let most = 0;
  for (let round = 0; round < 4; round += 1) {
    const scene = await helped();
    const { helper, near, far, people } = scene;
    const first = await take(scene, people[0]!, near.id, '09:00');
    const moves = [near, far].flatMap((site, index) =>
      Array.from({ length: 4 }, () => () => {
        const ctx = makeCtx(ground.db, { actor: actorOf(people[0]!) });
        const start = at('2026-11-24', index === 0 ? '10:30' : '12:30');
        return moveAppointment(ctx, {
          reference: first.reference,
          helperId: helper.id,
          siteId: site.id,
          stopId: null,
          start,
        });
      }),
    );
    const takes = people
      .slice(1, 17)
      .map(
        (person, index) => () =>
          index % 2 ? take(scene, person, near.id, '11:15') : take(scene, person, far.id, '12:00'),
      );
    await race([...takes, ...moves]);
    const { rows } = await sql<{ start: Date; end: Date; site: string }>`
      select lower(a.during) as start, upper(a.during) as "end", s.site_id as site
      from allocation a join session s on s.id = a.cause_id where a.unit_id = ${helper.unitId} order by 1`.execute(
      ground.db,
    );
    // One alone where the move to the far place came first: nothing else goes with it.
    most = Math.max(most, rows.length);
    for (const [index, next] of rows.entries()) {
      const former = rows[index - 1];
      if (!former) continue;
      const apart = (next.start.getTime() - former.end.getTime()) / 60_000;
      expect(apart).toBeGreaterThanOrEqual(former.site === next.site ? 0 : 45);
    }
  }
  expect(most).toBeGreaterThanOrEqual(2);
});

it('gives no time at a stop of the bus that is being cancelled, taken or moved there', async () => {
  const { reason, helper, people, near } = await helped();
  const bus = await makeSite(ground.db, { kind: 'mobile' });
  await makePresence(ground.db, helper.id, bus.id, 3, 540, 1020);
  const commune_code = await makeCommune(ground.db);
  const team = actorOf(await makePerson(ground.db), ['team'], bus.id);
  const makeStop = async () => {
    const [starts_at, ends_at] = [at('2026-11-25', '09:00'), at('2026-11-25', '12:00')];
    const row = { id: newId(), site_id: bus.id, commune_code, lat: 50.7, lon: 2.2, starts_at, ends_at };
    await ground.db
      .insertInto('stop')
      .values({ ...row, place: '{"fr":"Place"}' })
      .execute();
    return row.id;
  };
  const [me, other] = people.map((person) => ({ person, ctx: makeCtx(ground.db, { actor: actorOf(person) }) }));
  const aboard = (stopId: string) => ({
    helperId: helper.id,
    siteId: bus.id,
    stopId,
    start: at('2026-11-25', '09:30'),
  });
  const scene = { reason, helper } as Scene;
  const { reference } = await take(scene, me!.person, near.id, '09:00');
  const asks = [
    (stopId: string) =>
      makeAppointment(other!.ctx, {
        ...aboard(stopId),
        reasonSlug: reason.slug,
        person: { id: other!.person.id },
        channel: 'web',
      }),
    (stopId: string) => moveAppointment(me!.ctx, { ...aboard(stopId), reference }),
  ];
  for (const ask of asks) {
    const stopId = await makeStop();
    let asked: Promise<unknown> | undefined;
    await ground.db.transaction().execute(async (transaction) => {
      const ctx = makeCtx(transaction as unknown as Db, { actor: team });
      const seen = { version: 1, told: 0, scope: 'one' as const };
      await cancelStops(ctx, { id: bus.id, time_zone: 'Europe/Paris' }, stopId, seen);
      asked = ask(stopId).then(
        () => 'taken there',
        (error: Refusal) => error.code,
      );
      await until(async () => (await waiting(ground.db)) > 0);
    });
    expect(await asked).toBe('appointment.taken');
  }
});

it('lets nobody take more than three times for one reason, however many helpers they ask at once and by whatever name', async () => {
  for (const named of ['signed in', 'by e-mail', 'by both'] as const) {
    const scene = await helped();
    const [me] = scene.people;
    const helpers = [scene.helper];
    for (let more = 1; more < 10; more += 1) {
      const helper = await makeHelper(ground.db, scene.near.id, [scene.reason.id]);
      await makePresence(ground.db, helper.id, scene.near.id, 2, 540, 900);
      helpers.push(helper);
    }
    const times = ['09:00', '09:45', '10:30', '11:15', '12:00'];
    const asked = Array.from({ length: 50 }, (_, index) => () => {
      const signedIn = named === 'signed in' || (named === 'by both' && index % 2 === 0);
      return makeAppointment(makeCtx(ground.db, signedIn ? { actor: actorOf(me!) } : {}), {
        reasonSlug: scene.reason.slug,
        helperId: helpers[index % 10]!.id,
        siteId: scene.near.id,
        stopId: null,
        start: at('2026-11-24', times[Math.floor(index / 10)]!),
        person: signedIn ? { id: me!.id } : { name: 'Camille', email: me!.email! },
        channel: 'web',
      });
    });
    const { won } = await outcomeOf(asked);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from session s join registration r on r.session_id = s.id
      where s.reason_id = ${scene.reason.id} and r.status in ('registered', 'held')`.execute(ground.db);
    // Of those whose e-mail still waits for its code, two is the most.
    const most = named === 'by e-mail' ? 2 : 3;
    expect([won, rows[0]!.n], named).toEqual([most, most]);
  }
});
