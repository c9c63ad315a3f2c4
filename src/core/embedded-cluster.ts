import { readFile, rm, writeFile } from 'node:fs/promises';
import { cannotRun, complete, giveTo, launch, type Place } from './embedded-system.ts';

export type Tuning = {
  /** For tests: loses everything in a crash, several times faster. */
  volatile?: boolean;
  sharedBuffers?: string;
  maxConnections?: number;
};

/** Creates the data of a server in an empty folder. */
export async function initialise(place: Place, folder: string, password: string, volatile: boolean): Promise<void> {
  const secret = `${folder}.password`;
  await writeFile(secret, `${password}\n`, { mode: 0o600 });
  await giveTo(place.user, secret);
  const version = await majorVersion(place);
  // A locale that every system has the same, so that an index never depends on the machine's C library.
  const locale = version >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
  const ctype = process.platform === 'linux' ? 'C.UTF-8' : 'C';
  try {
    await complete(place, 'initdb', [
      `--pgdata=${folder}`,
      '--username=postgres',
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      `--locale=${ctype}`,
      ...locale,
      '--lc-messages=C',
      '--data-checksums',
      ...(volatile ? ['--no-sync'] : []),
    ]);
  } finally {
    await rm(secret, { force: true });
  }
}

/** The major version of the programs, such as 18. */
export async function majorVersion(place: Place): Promise<number> {
  const child = launch(place, 'postgres', ['--version'], 'pipe');
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  await new Promise<void>((done, fail) => {
    child.on('error', (error) => fail(cannotRun('postgres', error)));
    child.on('close', () => done());
  });
  return Number(/(\d+)\.\d+/.exec(text)?.[1] ?? 0);
}

/** What the server is told at each start: small, on this machine only, and nothing personal in its log. */
export function settings(version: number, options: Tuning): Record<string, string | number> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: options.maxConnections ?? 120,
    shared_buffers: options.sharedBuffers ?? '32MB',
    autovacuum_max_workers: 2,
    // Pages are short queries: compiling them costs more time and memory than it saves.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Neither statements nor details of errors in the log: they quote personal data.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...(version >= 18 ? { io_method: 'sync' } : {}),
    ...(options.volatile ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
}

/** Whether a live process is the server of this folder, as far as the system tells. */
export async function isServer(pid: number, cluster: string): Promise<boolean> {
  if (!alive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(cluster);
}

/** Whether a process exists, ours or not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Sends a signal, to nobody when the process is already gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}
