import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Ctx } from '../../src/core/context.ts';
import type { Db } from '../../src/core/db.ts';
import type { Refusal } from '../../src/core/errors.ts';
import { newId } from '../../src/core/ids.ts';
import { editSession, type PlanInput, planSessions } from '../../src/modules/sessions/index.ts';
import { cancelStops } from '../../src/modules/tour/cancel.ts';
import { editStop, stopInput } from '../../src/modules/tour/tour.ts';
import { until, waiting } from '../harness/locks.ts';
import { actorOf, at, makeCommune, makeCtx, makePerson, makeResource, makeSite } from '../harness/make.ts';
import { race, useOpenDoors } from '../harness/races.ts';

const ground = useOpenDoors(30);

async function scene() {
  const bus = await makeSite(ground.db, { kind: 'mobile' });
  const aid = await makeResource(ground.db, bus.id, { kind: 'mobile_lab' });
  const commune = await makeCommune(ground.db);
  // A hub that goes aboard with its own workshops: it is not the bus that they hold.
  const hub = await makeSite(ground.db);
  const person = await makePerson(ground.db);
  const grants = [bus, hub].flatMap((site) => actorOf(person, ['team'], site.id).grants);
  const team = makeCtx(ground.db, { actor: { ...actorOf(person), grants } });
  const stopOn = async (day: string) => {
    const id = newId();
    const row = { id, site_id: bus.id, commune_code: commune, place: JSON.stringify({ fr: 'Place' }) };
    const when = { starts_at: at(day, '10:00'), ends_at: at(day, '18:00'), lat: 50.7, lon: 2.2 };
    await ground.db
      .insertInto('stop')
      .values({ ...row, ...when })
      .execute();
    return id;
  };
  const planAt = (stopId: string, day: string, hour: number, things: PlanInput['things'] = []): PlanInput => ({
    kind: 'workshop',
    title: { fr: 'À bord' },
    siteId: hub.id,
    placeKind: 'stop',
    stopId,
    things,
    dates: [{ start: at(day, `${hour}:00`), end: at(day, `${hour}:30`) }],
    publish: true,
  });
  const cancel = (ctx: Ctx, stopId: string) =>
    cancelStops(ctx, { id: bus.id, time_zone: 'Europe/Paris' }, stopId, { version: 1, told: 0, scope: 'one' });
  return { bus, aid, team, stopOn, planAt, cancel };
}

/** What is still on at a stop that is cancelled. */
const left = async (stopId: string) => {
  const { rows } = await sql`
    select s.id from session s join stop t on t.id = s.stop_id
    where t.id = ${stopId} and t.cancelled_at is not null and s.status <> 'cancelled'`.execute(ground.db);
  return rows;
};

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Refusal) => error.code,
  );

it('a stop is neither cancelled nor made shorter over a session being planned at it, nor is one planned at a stop being cancelled', async () => {
  const { bus, team, stopOn, planAt, cancel } = await scene();
  const runs = makeCtx(ground.db, { actor: actorOf(await makePerson(ground.db), ['administrator'], bus.id) });
  const inside = (work: (ctx: Ctx) => Promise<unknown>, beside: () => Promise<unknown>): Promise<string> => {
    let other: Promise<string> | undefined;
    return ground.db
      .transaction()
      .execute(async (transaction) => {
        await work({ ...team, db: transaction as unknown as Db });
        other = codeOf(beside());
        await until(async () => (await waiting(ground.db)) > 0);
      })
      .then(() => other!);
  };
  const one = await stopOn('2026-12-15');
  const plan = planAt(one, '2026-12-15', 11);
  expect(
    await inside(
      (ctx) => planSessions(ctx, plan),
      () => cancel(team, one),
    ),
  ).toBe('tour.others');
  const two = await stopOn('2026-12-16');
  expect(
    await inside(
      (ctx) => cancel(ctx, two),
      () => planSessions(team, planAt(two, '2026-12-16', 11)),
    ),
  ).toBe('session.stop_cancelled');
  const three = await stopOn('2026-12-17');
  const shorter = {
    commune: 'Arques',
    'place.fr': 'Place',
    day: '2026-12-17',
    from: '10:00',
    to: '11:00',
    version: '1',
  };
  expect(
    await inside(
      (ctx) => planSessions(ctx, planAt(three, '2026-12-17', 11)),
      () => editStop(runs, { id: bus.id, time_zone: 'Europe/Paris' }, three, stopInput('fr').parse(shorter)),
    ),
  ).toBe('tour.sessions');
  expect([...(await left(one)), ...(await left(two))]).toEqual([]);
});

it('nothing is left at a stop that is cancelled while sessions are planned at it, moved to it, and put in a room of the bus', {
  timeout: 90_000,
}, async () => {
  const { aid, team, stopOn, planAt, cancel } = await scene();
  for (let round = 0; round < 6; round += 1) {
    const day = `2026-12-${String(round + 1).padStart(2, '0')}`;
    const stopId = await stopOn(day);
    const plan = (hour: number) => planAt(stopId, day, hour, hour % 2 ? [] : [{ resourceId: aid.id, people: 1 }]);
    const online = { ...plan(17), placeKind: 'online' as const, stopId: null };
    const { sessions } = await planSessions(team, online);
    await race([
      ...[10, 11, 12, 13].map((hour) => () => planSessions(team, plan(hour))),
      ...[0, 1].map(() => () => cancel(team, stopId)),
      () => editSession(team, { session: sessions[0]!.id, fields: { placeKind: 'stop', stopId } }),
      ...[14, 15, 16].map((hour) => () => planSessions(team, plan(hour))),
    ]);
    expect(await left(stopId)).toEqual([]);
  }
});
