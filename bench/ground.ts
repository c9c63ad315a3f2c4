import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connect, type Db } from '../src/core/db.ts';
import { type Embedded, startEmbedded } from '../src/core/embedded.ts';
import { newId } from '../src/core/ids.ts';
import { projectRoot } from '../src/core/root.ts';
import { ensureTerritory, territoryUrl } from '../src/core/territories.ts';
import { seedDemonstration } from '../src/world/index.ts';
import { freePort } from '../test/harness/port.ts';

const secret = 'the secret of the bench, thirty-two characters long';

/** A PostgreSQL of its own in a new folder, durable as in use, with the demonstration in it. */
export type Ground = {
  embedded: Embedded;
  folder: string;
  /** As the territory's own role. */
  url: string;
  db: Db;
  /** The settings with which a server uses this ground. */
  env: Record<string, string>;
  end: () => Promise<void>;
};

export async function makeGround(options: { seeded?: boolean } = {}): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'quai-bench-'));
  await chmod(folder, 0o755);
  const embedded = await startEmbedded({ dataDir: join(folder, 'postgres') });
  const hosted = await ensureTerritory(embedded.url, secret, { slug: 'demo', hosts: [] }, new Date());
  const ground = { url: embedded.url, directUrl: embedded.url, secret, folder, embedded };
  if (options.seeded !== false) await seedDemonstration(ground, hosted, new Date());
  const url = territoryUrl(embedded.url, secret, hosted.schema);
  const db = connect(url, { max: 4 });
  return {
    embedded,
    folder,
    url,
    db,
    env: { DATABASE_URL: embedded.url, SECRET_KEY: secret, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'error' },
    end: async () => {
      await db.destroy();
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A site made for the measure, open every day of the week between the same two times (minutes after midnight). */
export async function openSite(
  db: Db,
  site: { slug: string; name: string; opens: number; closes: number },
): Promise<string> {
  const id = newId();
  await db
    .insertInto('site')
    .values({
      id,
      slug: site.slug,
      kind: 'station',
      name: JSON.stringify({ fr: site.name }),
      summary: '{}',
      how_to_come: '{}',
      accessibility: '{}',
      time_zone: 'Europe/Paris',
      closed_on_holidays: false,
      rules: '{}',
    })
    .execute();
  const { opens, closes } = site;
  await db
    .insertInto('opening_rule')
    .values([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ id: newId(), site_id: id, weekday, opens, closes })))
    .execute();
  return id;
}

export type Server = { url: string; process: ChildProcess; startMs: number; stop: () => Promise<void> };

/** The real program, as `npm start` runs it once built, until its first page answers. */
export async function startServer(env: Record<string, string>): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'dist', 'main.js')], {
    env: { PATH: process.env.PATH ?? '', ...env, PORT: String(port), PUBLIC_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (;;) {
    if (child.exitCode !== null) throw new Error('The server stopped before it answered.');
    const answer = await fetch(`${url}/fr`).catch(() => undefined);
    if (answer) {
      await answer.arrayBuffer();
      if (answer.ok) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const startMs = performance.now() - started;
  return {
    url,
    process: child,
    startMs,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

export const percentile = (values: number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

export const median = (values: number[]): number => percentile(values, 0.5);

/** Runs `work` for each of the items with so many at once; returns the seconds it took. */
export async function inParallel<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T, lane: number) => Promise<void>,
): Promise<number> {
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let index = next++; index < items.length; index = next++) await work(items[index]!, lane);
    }),
  );
  return (performance.now() - started) / 1000;
}

/** The time the database's processes and the server have spent on the processor so far, in seconds (Linux). */
export async function processorSeconds(roots: number[]): Promise<number> {
  const { readdir, readFile } = await import('node:fs/promises');
  const parents = new Map<number, number>();
  const spent = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    parents.set(Number(name), Number(fields[1]));
    // Its own time and that of the children it has buried, in ticks of 10 ms.
    spent.set(Number(name), (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / 100);
  }
  const under = (pid: number | undefined): boolean =>
    pid !== undefined && (roots.includes(pid) || under(parents.get(pid)));
  return [...spent].filter(([pid]) => under(pid)).reduce((sum, [, seconds]) => sum + seconds, 0);
}

/** The process of a PostgreSQL server, by its port. */
export async function serverPid(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(`/proc/${rows[0]!.pid}/stat`, 'utf8');
  await client.end();
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
}

/** The memory that belongs to these processes and their children alone, shared pages counted once, in MB (Linux). */
export async function memoryMegabytes(roots: number[]): Promise<number> {
  const { readdir, readFile } = await import('node:fs/promises');
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const under = (pid: number | undefined): boolean =>
    pid !== undefined && (roots.includes(pid) || under(parents.get(pid)));
  let kilobytes = 0;
  for (const pid of parents.keys()) {
    if (!under(pid)) continue;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}
