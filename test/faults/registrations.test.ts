import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../src/core/db.ts';
import { makeSession } from '../harness/agenda.ts';
import { makeSite } from '../harness/make.ts';
import {
  ask,
  freePort,
  kept,
  makeFolder,
  makeLoad,
  opened,
  openTables,
  type Program,
  pause,
  start,
  until,
} from './ground.ts';

// The program as `npm start` runs it, with its own database in a folder of its own.
let folder: Awaited<ReturnType<typeof makeFolder>>;
let env: Record<string, string>;
let url: string;
let program: Program;
let database: Awaited<ReturnType<typeof kept>>;
let tokens: string[];
let sessions: string[];

const seats = 12;
/** So many ask for each session: twelve sit, the others wait. */
const crowd = 20;

beforeAll(async () => {
  folder = await makeFolder();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  env = { DATA_DIR: folder.path, PORT: String(port), PUBLIC_URL: url };
  program = start(env);
  await opened(program, url);
  database = await kept(folder.path);
  const db = openTables(database.url);
  ({ tokens } = await makeLoad(db, 0, crowd));
  sessions = await makeSessions(db, 60);
  await db.destroy();
}, 60_000);

afterAll(async () => {
  program?.process.kill('SIGTERM');
  const ended = await Promise.race([program?.ended, pause(15_000)]);
  program?.process.kill('SIGKILL');
  await folder?.remove();
  expect(ended).toEqual({ code: 0, signal: null });
}, 30_000);

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

/** One registration by REST, asked again with the same key until somebody answers for good. */
async function registerForSure(turn: number): Promise<Outcome> {
  const key = `seat-${turn}`;
  const session = sessions[Math.floor(turn / crowd)]!;
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await fetch(`${url}/api/v1/sessions/${session}/registrations`, {
        method: 'POST',
        body: JSON.stringify({ people: [{ name: 'Camille' }] }),
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${tokens[turn % crowd]}`,
          'idempotency-key': key,
        },
        signal: AbortSignal.timeout(10_000),
      });
      const told = (await answer.json()) as Told;
      if (answer.status === 201) return { turn, key, told, tries };
      if (answer.status !== 503) throw new Error(`A ${answer.status}: ${JSON.stringify(told)}`);
    } catch (error) {
      if (/^A \d/.test((error as Error).message) || tries > 400) throw error;
    }
    await pause(25);
  }
}

/** Registers over several connections until told to stop; every fifth request is sent twice at once, as a phone in a lift would. */
function registerOn(lanes: number) {
  const outcomes: Outcome[] = [];
  let next = 0;
  let going = true;
  const lane = async () => {
    while (going && next < sessions.length * crowd) {
      const turn = next++;
      const sent = turn % 5 === 0 ? [registerForSure(turn), registerForSure(turn)] : [registerForSure(turn)];
      outcomes.push(...(await Promise.all(sent)));
      await pause(5);
    }
  };
  const done = Promise.all(Array.from({ length: lanes }, lane));
  // Told of by stop(): until then nobody waits for it.
  done.catch(() => undefined);
  return {
    outcomes,
    stop: async () => {
      going = false;
      await done;
      return outcomes;
    },
  };
}

test('the server is killed four times and its database once under registrations: every seat is somebody’s, once', async () => {
  const load = registerOn(6);
  const more = async (count: number) => {
    const from = load.outcomes.length;
    await until('more registrations', async () => load.outcomes.length >= from + count, program);
  };
  await more(10);
  for (let fall = 0; fall < 4; fall += 1) {
    program.process.kill('SIGKILL');
    await program.ended;
    program = start(env);
    await opened(program, url);
    await more(8);
    // Not always at the same point of a registration.
    await pause(fall * 7);
  }
  process.kill(await database.pid(), 'SIGKILL');
  await opened(program, url);
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
    database.url,
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
  const [double] = await ask<{ count: number }>(
    database.url,
    `select count(*)::int as count from (select 1 from attendee where seat is not null group by session_id, seat
     having count(*) > 1) t`,
  );
  expect(double!.count).toBe(0);

  for (const one of [...outcomes.filter((each) => each.tries > 1), ...outcomes.slice(-5)]) {
    expect((await registerForSure(one.turn)).told).toEqual(one.told);
  }
  await until('the outbox to be empty', async () => {
    const [left] = await ask<{ count: number }>(
      database.url,
      'select count(*)::int as count from outbox where taken_at is null and due_at <= now()',
    );
    return left!.count === 0;
  });
}
