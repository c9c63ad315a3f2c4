import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connect, type Db } from '../../src/core/db.ts';
import { hashSecret, newId, newToken } from '../../src/core/ids.ts';
import { projectRoot } from '../../src/core/root.ts';
import { makeAccount, makePerson, makeResource, makeSite } from '../harness/make.ts';

/** A folder that the database's user can reach, taken away at the end. */
export async function makeFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `quai-test-${process.pid}-faults-`));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
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

/** One booking by REST, asked again with the same key until somebody answers for good. */
export async function bookForSure(url: string, token: string, key: string, body: object): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await fetch(`${url}/api/v1/bookings`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
        signal: AbortSignal.timeout(10_000),
      });
      const said = (await answer.json()) as { id?: string };
      if (answer.status < 500) return { key, token, body, status: answer.status, id: said.id, tries };
      if (answer.status !== 503) throw new Error(`A ${answer.status}: ${JSON.stringify(said)}`);
    } catch (error) {
      if (/^A \d/.test((error as Error).message) || tries > 400) throw error;
    }
    await pause(25);
  }
}

/**
 * Books without end until told to stop, over several connections: each hour of each room is asked for by two people at once,
 * so that one of the two must be refused.
 */
export function bookOn(url: string, load: Load, lanes: number) {
  const outcomes: Outcome[] = [];
  let next = 0;
  let going = true;
  const base = Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 2 * 86_400_000;
  const lane = async () => {
    while (going) {
      const turn = next++;
      const slot = Math.floor(turn / 2);
      const start = base + Math.floor(slot / load.slugs.length) * 3_600_000;
      const body = {
        resource: load.slugs[slot % load.slugs.length],
        start: new Date(start).toISOString(),
        end: new Date(start + 3_600_000).toISOString(),
        people: 1,
      };
      outcomes.push(await bookForSure(url, load.tokens[turn % load.tokens.length]!, `load-${turn}`, body));
      await pause(5);
    }
  };
  const lanesDone = Promise.all(Array.from({ length: lanes }, lane));
  // Told of by stop(): until then nobody waits for it.
  lanesDone.catch(() => undefined);
  return {
    outcomes,
    stop: async () => {
      going = false;
      await lanesDone;
      return outcomes;
    },
  };
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
