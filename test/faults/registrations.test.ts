import { expect, test } from 'vitest';
import type { Db } from '../../src/core/db.ts';
import { makeSession } from '../harness/agenda.ts';
import { makeSite } from '../harness/make.ts';
import { ask, askForSure, countOf, makeLoad, outboxEmpty, pause, useProgram, workOn } from './ground.ts';

let tokens: string[];
let sessions: string[];
const house = useProgram(async (db) => {
  ({ tokens } = await makeLoad(db, 0, crowd));
  sessions = await makeSessions(db, 60);
});

const seats = 12;
/** So many ask for each session: twelve sit, the others wait. */
const crowd = 20;

async function makeSessions(db: Db, count: number): Promise<string[]> {
  const site = await makeSite(db);
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const beginning = new Date(Date.now() + (10 + index) * 86_400_000);
    ids.push((await makeSession(db, { siteId: site.id, seats, start: beginning })).id);
  }
  return ids;
}

type Told = { id: string; status: string; rank?: number | null };
type Outcome = { turn: number; key: string; told: Told; tries: number };

/** One registration, asked for until it is answered. */
async function registerForSure(turn: number): Promise<Outcome> {
  const key = `seat-${turn}`;
  const session = sessions[Math.floor(turn / crowd)]!;
  const address = `${house.url}/api/v1/sessions/${session}/registrations`;
  const asked = { token: tokens[turn % crowd]!, key, body: { people: [{ name: 'Camille' }] } };
  const { status, said, tries } = await askForSure(address, asked);
  if (status !== 201) throw new Error(`A ${status}: ${JSON.stringify(said)}`);
  return { turn, key, told: said as Told, tries };
}

/** Registers without end; every fifth request is sent twice at once, as a phone in a lift would. */
const registerOn = (lanes: number) =>
  workOn(
    lanes,
    (turn) => Promise.all(turn % 5 === 0 ? [registerForSure(turn), registerForSure(turn)] : [registerForSure(turn)]),
    sessions.length * crowd,
  );

test('the server is killed four times and its database once under registrations: every seat is somebody’s, once', async () => {
  const load = registerOn(6);
  const more = async (count: number) => {
    const from = load.outcomes.length;
    await house.until('more registrations', async () => load.outcomes.length >= from + count);
  };
  await more(10);
  for (let fall = 0; fall < 4; fall += 1) {
    await house.fall();
    await more(8);
    // Not always at the same point of a registration.
    await pause(fall * 7);
  }
  await house.databaseFalls();
  await more(8);
  const outcomes = await load.stop();
  expect(outcomes.some((one) => one.tries > 1)).toBe(true);
  expect(outcomes.some((one) => one.told.status === 'waiting')).toBe(true);
  await expectSeated(outcomes);
}, 120_000);

type Row = { id: string; session: string; status: string; seats: number; people: number; told: number };

/** Nothing that was answered is lost, nothing is double, nobody sits who was not told, and the line stands as it was told. */
async function expectSeated(outcomes: readonly Outcome[]): Promise<void> {
  const told = new Map(outcomes.map((one) => [one.told.id, one.told]));
  const turns = new Map(outcomes.map((one) => [one.turn, one.told.id]));
  expect(told.size).toBe(turns.size);
  for (const one of outcomes) expect(one.told).toEqual(told.get(turns.get(one.turn)!));

  const rows = await ask<Row>(
    house.tables,
    `select r.id, r.session_id as session, r.status,
       (select count(a.seat)::int from attendee a where a.registration_id = r.id) as seats,
       (select count(*)::int from attendee a where a.registration_id = r.id) as people,
       (select count(*)::int from journal j where j.subject_id = r.id and j.kind like 'registration.%') as told
     from registration r where r.session_id = any($1::uuid[])
     order by r.session_id, r.status, r.waiting_since, r.id`,
    [sessions],
  );
  expect(rows.map((row) => row.id).sort()).toEqual([...told.keys()].sort());
  for (const row of rows) {
    const status = told.get(row.id)!.status;
    expect(row).toMatchObject({ status, people: 1, told: 1, seats: status === 'registered' ? 1 : 0 });
  }
  for (const session of new Set(rows.map((row) => row.session))) {
    const here = rows.filter((row) => row.session === session);
    const sitting = here.filter((row) => row.status === 'registered');
    expect(sitting).toHaveLength(Math.min(seats, here.length));
    // The turn each was told is the turn they have.
    const line = here.filter((row) => row.status === 'waiting');
    expect(line.map((row) => told.get(row.id)!.rank)).toEqual(line.map((_, index) => index + 1));
  }
  const double = await countOf(
    house.tables,
    `select count(*)::int as count from (select 1 from attendee where seat is not null group by session_id, seat
     having count(*) > 1) t`,
  );
  expect(double).toBe(0);

  for (const one of [...outcomes.filter((each) => each.tries > 1), ...outcomes.slice(-5)]) {
    expect((await registerForSure(one.turn)).told).toEqual(one.told);
  }
  await outboxEmpty(house.tables);
}
