import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from '../../src/core/embedded.ts';
import { freePort } from '../harness/port.ts';
import {
  bookForSure,
  countOf,
  type Load,
  makeFolder,
  makeLoad,
  opened,
  openTables,
  outboxEmpty,
  type Program,
  pause,
  start,
  statusOf,
  until,
} from './ground.ts';

const secret = 'the secret of the faults, thirty-two characters long';

/** A database that is given by its address, as in use: the program cannot start it again by itself. */
let folder: Awaited<ReturnType<typeof makeFolder>>;
let database: Embedded;
let env: Record<string, string>;
let url: string;
let program: Program;
let load: Load;

const startDatabase = () => startEmbedded({ dataDir: join(folder.path, 'postgres') });

beforeAll(async () => {
  folder = await makeFolder();
  database = await startDatabase();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  env = {
    DATABASE_URL: database.url,
    SECRET_KEY: secret,
    DATA_DIR: join(folder.path, 'data'),
    PORT: String(port),
    PUBLIC_URL: url,
  };
  program = start(env);
  await opened(program, url);
  const db = openTables(database.url);
  load = await makeLoad(db, 6, 4);
  await db.destroy();
}, 60_000);

afterAll(async () => {
  program?.process.kill('SIGKILL');
  await program?.ended;
  await database?.stop();
  await folder?.remove();
}, 30_000);

const wish = (hour: number) => {
  const start = Math.ceil(Date.now() / 86_400_000) * 86_400_000 + (48 + hour) * 3_600_000;
  return {
    resource: load.slugs[0],
    start: new Date(start).toISOString(),
    end: new Date(start + 3_600_000).toISOString(),
    people: 1,
  };
};

const bookings = () => countOf(database.url, "select count(*)::int as count from booking where channel = 'api'");

/** Keeps every booking waiting until it is let go. */
async function holdBookings(): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('begin');
  await client.query('lock table territory_demo.booking in access exclusive mode');
  return async () => {
    await client.query('commit');
    await client.end();
  };
}

describe('While the database is away', () => {
  test('pages say so, nothing is half done, and all comes back by itself', async () => {
    const before = await bookings();
    await database.stop();
    const page = await fetch(`${url}/fr`);
    expect(page.status).toBe(503);
    expect(page.headers.get('retry-after')).toBe('30');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('Nous ne joignons pas notre base de données');
    expect(await (await fetch(`${url}/nl/trouver`)).text()).toContain('We bereiken onze databank niet');
    const signedIn = await fetch(`${url}/fr/compte`, { headers: { cookie: 'quai_session=anything' } });
    expect(signedIn.status).toBe(503);
    const form = await fetch(`${url}/fr/connexion`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'habitant@quai.example' }),
      headers: { 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
    });
    expect(form.status).toBe(503);
    const problem = await fetch(`${url}/api/v1/sites`);
    expect([problem.status, problem.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
    expect(await problem.json()).toMatchObject({ code: 'unavailable' });
    expect(await statusOf(`${url}/readyz`)).toBe(503);
    expect(await statusOf(`${url}/healthz`)).toBe(200);
    expect(await statusOf(`${url}/fr/nowhere`)).toBe(404);
    const waiting = bookForSure(url, load.tokens[0]!, 'while away', wish(0));
    await pause(2_500);
    expect(program.process.exitCode).toBeNull();

    database = await startDatabase();
    const booked = await waiting;
    expect([booked.status, booked.tries > 1]).toEqual([201, true]);
    await opened(program, url);
    expect(await statusOf(`${url}/fr`)).toBe(200);
    expect(await bookings()).toBe(before + 1);
    // Its mail leaves: the jobs are back at work too.
    await until(
      'the mail of the booking',
      async () => (await countOf(database.url, 'select count(*)::int as count from mail')) > 0,
      program,
    );
  }, 60_000);
});

describe('Told to stop', () => {
  test('it ends what is under way, refuses what is new, and leaves in order', async () => {
    const letGo = await holdBookings();
    const under = bookForSure(url, load.tokens[1]!, 'under way', wish(5));
    await pause(500);
    program.process.kill('SIGTERM');
    await until('the door to be closed', async () => {
      const refused = await fetch(`${url}/healthz`).catch(() => undefined);
      return refused === undefined;
    });
    await letGo();
    expect(await under).toMatchObject({ status: 201, tries: 1 });
    expect(await program.ended).toEqual({ code: 0, signal: null });
    // What was left for later is done by the next one.
    program = start(env);
    await opened(program, url);
    await outboxEmpty(database.url, program);
  }, 60_000);
});

describe('Several processes', () => {
  test('serve together, share what they know, and survive one of them', async () => {
    program.process.kill('SIGTERM');
    await program.ended;
    program = start({ ...env, WEB_CONCURRENCY: '2' });
    await opened(program, url);
    const workers = () =>
      countOf(
        database.url,
        "select count(distinct client_port)::int as count from pg_stat_activity where application_name = 'quai-changes'",
      );
    await until('two processes that listen', async () => (await workers()) === 2, program);

    // One key sent to both at once books once.
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => bookForSure(url, load.tokens[2]!, 'to both', wish(9))),
    );
    expect(new Set(answers.map((one) => one.id)).size).toBe(1);
    // One of them falls: the other serves, and another takes its place.
    const children = await childrenOf(program.process.pid!);
    expect(children.length).toBe(2);
    process.kill(children[0]!, 'SIGKILL');
    await until('an answer of the other', async () => (await statusOf(`${url}/fr`)) === 200, program);
    await until('two again', async () => (await childrenOf(program.process.pid!)).length === 2, program);
    program.process.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 0, signal: null });
  }, 60_000);
});

async function childrenOf(pid: number): Promise<number[]> {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(' ').filter(Boolean).map(Number);
}
