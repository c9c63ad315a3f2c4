import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { alive, initialise, isServer, majorVersion, settings, signal, type Tuning } from './embedded-cluster.ts';
import {
  cannotRun,
  complete,
  EmbeddedError,
  exists,
  findPlace,
  freePort,
  giveTo,
  launch,
  type Place,
} from './embedded-system.ts';

export { EmbeddedError } from './embedded-system.ts';

const DATABASE = 'quai';
/** The advisory lock, in the database `postgres`, of the process that answers for the server: "Quai" in ASCII. */
const OWNER_LOCK = 0x51756169;
const READY_MS = 120_000;
const STOP_MS = 30_000;
const LOG_LIMIT = 5_000_000;

export type EmbeddedOptions = Tuning & {
  /** The folder of the data; as root, another one is used when the server's user cannot enter it. */
  dataDir: string;
  log?: (message: string) => void;
  /** Another PostgreSQL: a folder with `bin/postgres` in it. */
  binaries?: string | undefined;
  /** When another process of Quai already runs this server: 'refuse' throws EmbeddedInUse, 'share' uses it and leaves it running. */
  whenInUse?: 'refuse' | 'share';
};

export type Embedded = {
  url: string;
  port: number;
  /** The folder really used. */
  folder: string;
  /** True when the server was already running. */
  adopted: boolean;
  /** Stops the server (fast shutdown), adopted or not, unless another process answers for it. */
  stop(): Promise<void>;
};

/** Another process already runs this database. */
export class EmbeddedInUse extends EmbeddedError {
  override name = 'EmbeddedInUse';
}

/** What the data folder remembers of its server. */
type Memory = { port: number; password: string };

/**
 * Starts the PostgreSQL that comes with Quai, creating its data the first time and adopting a server whose
 * process died; a server that falls later is started again on the same port until `stop()`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const place = await findPlace(options.dataDir, options.binaries);
  const server = new Server(place, options);
  await server.create();
  const adopted = await server.ensureRunning();
  await server.ensureDatabase();
  return { url: server.url(DATABASE), port: server.port, folder: place.folder, adopted, stop: () => server.stop() };
}

class Server {
  readonly #place: Place;
  readonly #options: EmbeddedOptions;
  readonly #cluster: string;
  #memory: Memory = { port: 0, password: '' };
  #owner: pg.Client | undefined;
  #recovery: Promise<void> | undefined;
  #stopping = false;

  constructor(place: Place, options: EmbeddedOptions) {
    this.#place = place;
    this.#options = options;
    this.#cluster = join(place.folder, 'cluster');
  }

  get port(): number {
    return this.#memory.port;
  }

  url(database: string): string {
    return `postgres://postgres:${this.#memory.password}@127.0.0.1:${this.#memory.port}/${database}`;
  }

  /** Creates the data beside their place and moves them there in one step: an interrupted first start leaves nothing half-made. */
  async create(): Promise<void> {
    if (!(await exists(this.#cluster))) {
      this.#log(`creating the database in ${this.#place.folder}`);
      const draft = `${this.#cluster}.${randomBytes(4).toString('hex')}.new`;
      await mkdir(draft, { mode: 0o700 });
      await giveTo(this.#place.user, draft);
      const password = randomBytes(24).toString('base64url');
      await initialise(this.#place, draft, password, this.#options.volatile === true);
      await this.#remember({ port: await freePort(), password }, draft);
      await rename(draft, this.#cluster).catch(() => rm(draft, { recursive: true, force: true }));
    }
    const memory = await readFile(join(this.#cluster, 'quai.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EACCES') throw error;
      throw new EmbeddedError(`The data in ${this.#cluster} belong to another user: start Quai as that user.`);
    });
    this.#memory = JSON.parse(memory) as Memory;
  }

  /** Adopts the server that runs or starts one, and answers for it from then on; tells whether it was running. */
  async ensureRunning(): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      let adopted = await this.#waitWhileAlive();
      if (!adopted) adopted = !(await this.#start().catch((error: unknown) => this.#retryable(error, attempt)));
      if (await this.#claim()) return adopted;
      if (attempt >= 10) throw new EmbeddedError(`PostgreSQL does not answer: see ${this.#logFile()}.`);
      await pause(100 * attempt);
    }
  }

  async ensureDatabase(): Promise<void> {
    const client = await this.#connect();
    try {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
      if (rowCount === 0) await client.query(`create database ${DATABASE}`);
    } catch (error) {
      // 42P04, 23505: another process created it meanwhile.
      if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    await this.#recovery;
    const owner = this.#owner;
    this.#owner = undefined;
    if (!owner) return;
    const { pid } = (await this.#lockFile()) ?? {};
    if (process.platform === 'win32') {
      await complete(this.#place, 'pg_ctl', ['stop', '-m', 'fast', '-w', '-D', this.#cluster]);
    } else if (pid) {
      await this.#signal(pid);
    }
    await owner.end().catch(() => undefined);
  }

  async #signal(pid: number): Promise<void> {
    signal(pid, 'SIGINT');
    const started = Date.now();
    let insisted = false;
    while (alive(pid) && (await this.#lockFile())?.pid === pid) {
      if (!insisted && Date.now() - started > STOP_MS) {
        insisted = true;
        this.#log('PostgreSQL is slow to stop: stopping it at once (it recovers at the next start)');
        signal(pid, 'SIGQUIT');
      }
      await pause(10);
    }
  }

  async #remember(memory: Memory, folder = this.#cluster): Promise<void> {
    const file = join(folder, 'quai.json');
    await writeFile(`${file}.new`, JSON.stringify(memory), { mode: 0o600 });
    await chmod(`${file}.new`, 0o600);
    await giveTo(this.#place.user, `${file}.new`);
    await rename(`${file}.new`, file);
    this.#memory = memory;
  }

  /** Waits for a server under way (starting, recovering, stopping) to be ready: true, or gone: false. */
  async #waitWhileAlive(): Promise<boolean> {
    const started = Date.now();
    for (;;) {
      const lock = await this.#lockFile();
      if (!lock) return false;
      if (!(await isServer(lock.pid, this.#cluster))) {
        // The number now belongs to another program (after a reboot, in a container): PostgreSQL would refuse to start.
        await rm(join(this.#cluster, 'postmaster.pid'), { force: true });
        return false;
      }
      if (lock.ready) {
        if (lock.port !== this.#memory.port) await this.#remember({ ...this.#memory, port: lock.port });
        return true;
      }
      if (Date.now() - started > READY_MS) throw new EmbeddedError(`PostgreSQL is stuck: see ${this.#logFile()}.`);
      await pause(20);
    }
  }

  async #start(): Promise<boolean> {
    const data = (await readFile(join(this.#cluster, 'PG_VERSION'), 'utf8')).trim();
    const version = await majorVersion(this.#place);
    if (Number(data) !== version) {
      throw new EmbeddedError(
        `The data in ${this.#cluster} were written by PostgreSQL ${data}, and this is PostgreSQL ${version}. Make a backup with the version of Quai that wrote them and restore it here.`,
      );
    }
    const port = await freePort(this.#memory.port);
    if (port !== this.#memory.port) await this.#remember({ ...this.#memory, port });
    const flags = Object.entries(settings(version, this.#options)).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const output = await this.#openLog();
    let failed: Error | undefined;
    try {
      const child = launch(this.#place, 'postgres', ['-D', this.#cluster, '-p', String(port), ...flags], output.fd);
      child.on('error', (error) => {
        failed = cannotRun('postgres', error);
      });
      child.on('exit', (code, by) => {
        failed ??= new Error(`PostgreSQL stopped (${by ?? code}): see ${this.#logFile()}.`);
      });
      child.unref();
    } finally {
      await output.close();
    }
    const started = Date.now();
    while (!(await this.#lockFile())?.ready) {
      if (failed) throw failed;
      if (Date.now() - started > READY_MS) throw new EmbeddedError(`PostgreSQL is stuck: see ${this.#logFile()}.`);
      await pause(10);
    }
    return true;
  }

  /** A start that may succeed in a moment: an orphan backend still holds the memory, or another process won the race. */
  async #retryable(error: unknown, attempt: number): Promise<boolean> {
    if (error instanceof EmbeddedError || attempt >= 10) throw error;
    return false;
  }

  /** Takes the owner's lock on a connection kept open; false when the server went away meanwhile. */
  async #claim(): Promise<boolean> {
    const client = await this.#connect().catch((error: { code?: string; message: string }) => {
      if (error.code === '28P01') {
        throw new EmbeddedError(`The server on port ${this.port} refuses the password kept in ${this.#cluster}.`);
      }
      return undefined;
    });
    if (!client) return false;
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [OWNER_LOCK]);
    if (!rows[0]?.mine) {
      await client.end();
      if (this.#options.whenInUse === 'share') return true;
      throw new EmbeddedInUse(`Quai already runs with the data in ${this.#place.folder}.`);
    }
    this.#owner = client;
    client.once('end', () => {
      this.#recovery = this.#recover();
    });
    return true;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url('postgres'),
      application_name: 'quai-owner',
      keepAlive: true,
    });
    // A broken connection is told by 'end'; without a listener 'error' would end the process.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** The server fell without having been asked to: it is started again until it holds. */
  async #recover(): Promise<void> {
    if (this.#stopping) return;
    this.#owner = undefined;
    this.#log('PostgreSQL fell: starting it again');
    for (let wait = 100; !this.#stopping; wait = Math.min(wait * 2, 5_000)) {
      try {
        await this.ensureRunning();
        this.#log('PostgreSQL is back');
        return;
      } catch (error) {
        this.#log(`PostgreSQL does not start: ${(error as Error).message}`);
        await pause(wait);
      }
    }
  }

  async #lockFile(): Promise<{ pid: number; port: number; ready: boolean } | undefined> {
    const text = await readFile(join(this.#cluster, 'postmaster.pid'), 'utf8').catch(() => '');
    const lines = text.split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' };
  }

  async #openLog() {
    const file = this.#logFile();
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size > LOG_LIMIT) await rename(file, `${file}.1`);
    return open(file, 'a', 0o600);
  }

  #logFile(): string {
    return join(this.#place.folder, 'postgresql.log');
  }

  #log(message: string): void {
    this.#options.log?.(message);
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
