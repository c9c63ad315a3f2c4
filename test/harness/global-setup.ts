import { chmod, mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/build.mjs';
import { startEmbedded } from '../../src/core/embedded.ts';
import { prepareTemplate } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server the tests use; its databases are replaced in this address. */
    serverUrl: string;
    /** The migrated database that each test file clones. */
    templateName: string;
  }
}

type Cluster = { url: string; template: string; stop(): Promise<void> };

const FOLDER = 'quai-test-';
const ROOM = 2 * 2 ** 30;
// Each project loads this file anew: what they share is kept on the process.
const shared = globalThis as { quaiTestCluster?: { users: number; cluster: Promise<Cluster> } };

/** Starts one server for all projects of this run, with the template in it, and tells the tests where it is. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.quaiTestCluster ??= { users: 0, cluster: start() };
  const held = shared.quaiTestCluster;
  held.users += 1;
  const cluster = await held.cluster;
  project.provide('serverUrl', cluster.url);
  project.provide('templateName', cluster.template);
  return async () => {
    held.users -= 1;
    if (held.users === 0) await cluster.stop();
  };
}

async function start(): Promise<Cluster> {
  // A build that fails is the failure of `npm test`'s own step: the tests that need no bundle still say what they know.
  await build().catch((error: Error) => console.warn(`The build failed, the last one is used: ${error.message}`));
  const { TEST_DATABASE_URL: given, QUAI_POSTGRES_BINARIES: binaries } = process.env;
  const server = given ? { url: given, stop: async () => {} } : await startVolatile(binaries);
  const template = given ? `quai_template_${process.pid}` : 'quai_template';
  try {
    await recreate(server.url, template);
    await prepareTemplate(onDatabase(server.url, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  const stop = async () => {
    if (given) await drop(server.url, template);
    await server.stop();
  };
  return { url: server.url, template, stop };
}

/** A server that forgets everything in a crash, in a folder of its own. */
async function startVolatile(binaries: string | undefined): Promise<{ url: string; stop(): Promise<void> }> {
  const parent = await fastFolder();
  await forgetDeadRuns(parent);
  const dataDir = await mkdtemp(join(parent, `${FOLDER}${process.pid}-`));
  // mkdtemp closes its folder to others: as root, the server runs as the user postgres.
  await chmod(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, binaries, volatile: true, sharedBuffers: '128MB' });
  const stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

/** Memory where Linux offers enough of it: a clone is 300 small files, three times faster there than on a disk. */
async function fastFolder(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => undefined);
  return memory && memory.bavail * memory.bsize > ROOM ? '/dev/shm' : tmpdir();
}

/** Ends the servers of runs that were killed before they could. */
async function forgetDeadRuns(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const runner = Number(/^quai-test-(\d+)-/.exec(name)?.[1]);
    if (!runner || alive(runner)) continue;
    const folder = join(parent, name);
    const lock = await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '');
    const server = Number(lock.split('\n')[0]);
    if (server && alive(server)) {
      try {
        process.kill(server, 'SIGQUIT');
      } catch {
        continue;
      }
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
  }
}

async function recreate(server: string, name: string): Promise<void> {
  await drop(server, name);
  await onServer(server, `create database ${name}`);
}

function drop(server: string, name: string): Promise<void> {
  return onServer(server, `drop database if exists ${name} with (force)`);
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function onDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
