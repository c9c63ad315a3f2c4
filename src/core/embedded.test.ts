import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Embedded, EmbeddedInUse, startEmbedded } from './embedded.ts';
import { projectRoot } from './root.ts';

let dataDir: string;
const running: Embedded[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), `quai-test-${process.pid}-embedded-`));
  await chmod(dataDir, 0o755);
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const binaries = process.env.QUAI_POSTGRES_BINARIES;

async function start(whenInUse: 'refuse' | 'share' = 'refuse'): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, binaries, volatile: true, whenInUse });
  running.push(server);
  return server;
}

async function ask<T>(url: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows as T[];
  } finally {
    await client.end();
  }
}

async function postmaster(server: Embedded): Promise<number> {
  const lock = await readFile(join(server.folder, 'cluster', 'postmaster.pid'), 'utf8');
  return Number(lock.split('\n')[0]);
}

/** Another process of Quai that starts the server and is killed before it can stop it. */
async function startElsewhereAndKill(): Promise<void> {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(join(projectRoot, 'src/core/embedded.ts'))});
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, binaries: ${JSON.stringify(binaries)}, volatile: true });
    console.log('started');
    setInterval(() => {}, 1000);`;
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('no output');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('the embedded database', () => {
  test('keeps its data, its port and its password from one start to the next', async () => {
    const first = await start();
    await ask(first.url, 'create table note (text text)');
    await ask(first.url, "insert into note values ('é, 漢, 🙂')");
    await first.stop();
    await expect(ask(first.url, 'select 1')).rejects.toThrow();
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select text from note')).toEqual([{ text: 'é, 漢, 🙂' }]);
  });

  test('listens on this machine only, with checksums, in UTF-8, and hides its password', async () => {
    const server = await start();
    const [settings] = await ask<Record<string, string>>(
      server.url,
      `select current_setting('listen_addresses') as host, current_setting('unix_socket_directories') as socket,
        current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
        upper('é') as upper`,
    );
    expect(settings).toEqual({ host: '127.0.0.1', socket: '', checksums: 'on', encoding: 'UTF8', upper: 'É' });
    const { mode } = await stat(join(server.folder, 'cluster', 'quai.json'));
    expect(mode & 0o077).toBe(0);
    await expect(ask(server.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/);
  });

  test('is adopted when the process that started it was killed', async () => {
    await startElsewhereAndKill();
    const server = await start();
    expect(server.adopted).toBe(true);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    await expect(postmaster(server)).rejects.toThrow('ENOENT');
    await expect(ask(server.url, 'select 1')).rejects.toThrow();
  });

  test('is refused to a second process, or shared without being stopped by it', async () => {
    const server = await start();
    await expect(start()).rejects.toThrow(EmbeddedInUse);
    const guest = await start('share');
    expect(guest.adopted).toBe(true);
    await guest.stop();
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is started again on the same port when it is killed', async () => {
    const server = await start();
    const before = await postmaster(server);
    process.kill(before, 'SIGKILL');
    await expect
      .poll(() => ask(server.url, 'select 1 as one').catch(() => []), { timeout: 10_000, interval: 50 })
      .toEqual([{ one: 1 }]);
    expect(await postmaster(server)).not.toBe(before);
  });

  test('starts once when two processes create it at the same moment', async () => {
    const results = await Promise.allSettled([start(), start()]);
    const started = results.filter((result) => result.status === 'fulfilled');
    const refused = results.filter((result) => result.status === 'rejected');
    expect(started).toHaveLength(1);
    expect(refused[0]?.reason).toBeInstanceOf(EmbeddedInUse);
  });
});
