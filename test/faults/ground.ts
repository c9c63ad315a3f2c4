import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { connect, type Db } from '../../src/core/db.ts';
import { hashSecret, newId, newToken } from '../../src/core/ids.ts';
import { projectRoot } from '../../src/core/root.ts';
import { makeAccount, makePerson, makeResource, makeSite } from '../harness/make.ts';
import { freePort } from '../harness/port.ts';

/** A folder that the database's user can reach, taken away at the end. */
export async function makeFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `quai-test-${process.pid}-faults-`));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

export type Program = {
  process: ChildProcess;
  /** All it said so far. */
  said: () => string;
  /** Resolves with how it ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** The real program, with these settings and no others. */
export function start(env: Record<string, string>): Program {
  const child = spawn(process.execPath, [join(projectRoot, 'dist', 'main.js')], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  return {
    process: child,
    said: () => text,
    ended: new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal }))),
  };
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Waits until something is so; says what it waited for when it never is. */
export async function until(what: string, test: () => Promise<boolean>, program?: Program, ms = 20_000): Promise<void> {
  const started = Date.now();
  while (!(await test().catch(() => false))) {
    if (program && program.process.exitCode !== null) throw new Error(`It stopped. It had said:\n${program.said()}`);
    if (Date.now() - started > ms) throw new Error(`Waited ${ms} ms for: ${what}\n${program?.said() ?? ''}`);
    await pause(20);
  }
}

export const statusOf = async (url: string): Promise<number> => {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  await answer.arrayBuffer();
  return answer.status;
};

/** Waits until the program serves pages. */
export async function opened(program: Program, url: string): Promise<void> {
  await until('the first page', async () => (await statusOf(`${url}/readyz`)) === 200, program);
}

/**
 * The program as `npm start` runs it, with its own database in a folder of its own, for the tests of one file; `prepare`
 * writes what they need. It must leave in order at the end, whatever was done to it.
 */
export function useProgram(prepare: (db: Db) => Promise<void>) {
  let folder: Awaited<ReturnType<typeof makeFolder>> | undefined;
  let database: Awaited<ReturnType<typeof kept>> | undefined;
  let program: Program | undefined;
  const env: Record<string, string> = {};
  const open = async () => {
    program = start(env);
    await opened(program, env.PUBLIC_URL!);
  };
  beforeAll(async () => {
    folder = await makeFolder();
    const port = await freePort();
    Object.assign(env, { DATA_DIR: folder.path, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` });
    await open();
    database = await kept(folder.path);
    const db = openTables(database.url);
    await prepare(db);
    await db.destroy();
  }, 60_000);
  afterAll(async () => {
    program?.process.kill('SIGTERM');
    const ended = await Promise.race([program?.ended, pause(15_000)]);
    program?.process.kill('SIGKILL');
    await folder?.remove();
    expect(ended).toEqual({ code: 0, signal: null });
  }, 30_000);
  return {
    env,
    get url() {
      return env.PUBLIC_URL!;
    },
    get tables() {
      return database!.url;
    },
    pid: () => database!.pid(),
    until: (what: string, test: () => Promise<boolean>) => until(what, test, program),
    /** The server falls, and another starts in its place. */
    fall: async () => {
      program!.process.kill('SIGKILL');
      await program!.ended;
      await open();
    },
    /** The database falls under the server, which starts it again. */
    databaseFalls: async () => {
      process.kill(await database!.pid(), 'SIGKILL');
      await opened(program!, env.PUBLIC_URL!);
    },
  };
}

/** The address of the database that the program keeps in its folder, as its owner, with the tables of the demonstration. */
export async function kept(folder: string): Promise<{ url: string; pid: () => Promise<number> }> {
  const cluster = join(folder, 'postgres', 'cluster');
  const { port, password } = JSON.parse(await readFile(join(cluster, 'quai.json'), 'utf8'));
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/quai`,
    pid: async () => Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]),
  };
}

export const openTables = (url: string): Db =>
  connect(url, { max: 2, searchPath: 'territory_demo,extensions', onError: () => undefined });

/** Rooms open day and night, and people with tokens who may book without limit. */
export async function makeLoad(db: Db, rooms: number, people: number) {
  const opening = [1, 2, 3, 4, 5, 6, 7].map((weekday): [number, number, number] => [weekday, 0, 1440]);
  const site = await makeSite(db, { opening, rules: { horizonDays: 400, personAtOnce: 100_000, ownOverlaps: true } });
  const slugs: string[] = [];
  for (let count = 0; count < rooms; count += 1) slugs.push((await makeResource(db, site.id, { step: 60 })).slug);
  const tokens: string[] = [];
  for (let count = 0; count < people; count += 1) {
    const account_id = await makeAccount(db, (await makePerson(db)).id);
    const token = newToken();
    const scopes = ['bookings:read', 'bookings:write'];
    const row = {
      id: newId(),
      account_id,
      name: 'faults',
      token_hash: hashSecret(token),
      scopes,
      created_at: new Date(),
    };
    await db.insertInto('api_token').values(row).execute();
    tokens.push(token);
  }
  return { slugs, tokens };
}

export type Load = Awaited<ReturnType<typeof makeLoad>>;

export type Outcome = {
  key: string;
  token: string;
  body: object;
  status: number;
  id: string | undefined;
  tries: number;
};

/** Asks for one thing by REST, again with the same key until somebody answers for good. */
export async function askForSure(
  address: string,
  { token, key, body }: { token: string; key: string; body: object },
): Promise<{ status: number; said: object; tries: number }> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await fetch(address, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
        signal: AbortSignal.timeout(10_000),
      });
      const said = (await answer.json()) as object;
      if (answer.status < 500) return { status: answer.status, said, tries };
      if (answer.status !== 503) throw new Error(`A ${answer.status}: ${JSON.stringify(said)}`);
    } catch (error) {
      if (/^A \d/.test((error as Error).message) || tries > 400) throw error;
    }
    await pause(25);
  }
}

/** One booking, asked for until it is answered. */
export async function bookForSure(url: string, token: string, key: string, body: object): Promise<Outcome> {
  const { status, said, tries } = await askForSure(`${url}/api/v1/bookings`, { token, key, body });
  return { key, token, body, status, id: (said as { id?: string }).id, tries };
}

/** Works over several connections, turn after turn, until told to stop. */
export function workOn<T>(lanes: number, work: (turn: number) => Promise<T[]>, most = Number.POSITIVE_INFINITY) {
  const outcomes: T[] = [];
  let next = 0;
  let going = true;
  const lane = async () => {
    while (going && next < most) {
      outcomes.push(...(await work(next++)));
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

/** Books without end: each hour of each room is asked for by two people at once, so that one of the two must be refused. */
export function bookOn(url: string, load: Load, lanes: number) {
  const base = Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 2 * 86_400_000;
  return workOn(lanes, async (turn) => {
    const slot = Math.floor(turn / 2);
    const start = base + Math.floor(slot / load.slugs.length) * 3_600_000;
    const body = {
      resource: load.slugs[slot % load.slugs.length],
      start: new Date(start).toISOString(),
      end: new Date(start + 3_600_000).toISOString(),
      people: 1,
    };
    return [await bookForSure(url, load.tokens[turn % load.tokens.length]!, `load-${turn}`, body)];
  });
}

/** Asks the tables, on a connection of its own that bears the database's falls. */
export async function ask<T extends object>(url: string, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=territory_demo,extensions' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** How many rows a query counts. */
export const countOf = async (url: string, text: string): Promise<number> =>
  (await ask<{ count: number }>(url, text))[0]!.count;

/** Waits until the work left for later is handed over. */
export const outboxEmpty = (url: string, program?: Program): Promise<void> =>
  until(
    'the outbox to be empty',
    async () =>
      (await countOf(url, 'select count(*)::int as count from outbox where taken_at is null and due_at <= now()')) ===
      0,
    program,
  );
