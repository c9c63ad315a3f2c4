import cluster from 'node:cluster';
import type { IncomingMessage, Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Changes } from './core/changes.ts';
import { type Config, ConfigError, readConfig } from './core/config.ts';
import { EmbeddedError, EmbeddedInUse } from './core/embedded.ts';
import { Jobs } from './core/jobs.ts';
import { makeLog } from './core/log.ts';
import { ensureTerritory, listHosted } from './core/territories.ts';
import { type Ground, migrateAll, type Open, openGround, openTerritory, startFault } from './house.ts';
import { modules } from './modules.ts';
import { seedDemonstration } from './world/index.ts';

const say = (message: string) => console.log(message);
const demo = 'demo';

/** The clock, or the one of a scene: it starts at the instant asked and runs on. */
function makeClock(config: Config): () => Date {
  const shift = config.clock ? config.clock.getTime() - Date.now() : 0;
  return () => new Date(Date.now() + shift);
}

async function isAlreadyServed(config: Config): Promise<boolean> {
  if (config.port === 0) return false;
  try {
    const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host;
    const answer = await fetch(`http://${host}:${config.port}/healthz`, { signal: AbortSignal.timeout(1_000) });
    return answer.headers.has('x-request-id');
  } catch {
    return false;
  }
}

/**
 * Migrates; on a new database in demonstration, loads the demonstration, or finishes what a crash left empty.
 * Tells whether it is the demonstration that is served.
 */
async function prepare(config: Config, ground: Ground, clock: () => Date): Promise<boolean> {
  const hosted = await migrateAll(ground, clock());
  if (hosted.length === 0 && config.mode === 'production') {
    throw new ConfigError('This database holds no territory yet. Make one: npm run quai -- territory create --help');
  }
  const first =
    hosted[0] ?? (await ensureTerritory(ground.directUrl, ground.secret, { slug: demo, hosts: [] }, clock()));
  const demonstration = config.mode === 'demo' && first.slug === demo && hosted.length <= 1;
  if (demonstration) await seedDemonstration(ground, first, clock());
  return demonstration;
}

/** Which territory answers to a host name: the one that lists it, else the first. */
function chooser(open: Open[]): (host: string | undefined) => Open {
  const byHost = new Map(open.flatMap((one) => one.hosted.hosts.map((host) => [host, one] as const)));
  return (host) => byHost.get((host ?? '').replace(/:\d+$/, '').toLowerCase()) ?? open[0]!;
}

async function openAll(
  config: Config,
  ground: Ground,
  clock: () => Date,
  changes: Changes,
  onActed: () => void,
): Promise<Open[]> {
  const log = makeLog(config.logLevel);
  const open: Open[] = [];
  for (const hosted of await listHosted(ground.directUrl)) {
    const one = await openTerritory(config, ground, hosted, { clock, log, changes, onActed });
    if (one) open.push(one);
  }
  if (open.length === 0)
    throw new ConfigError('No territory is ready. Make one: npm run quai -- territory create --help');
  return open;
}

/** Serves until told to stop; resolves with what stops it. */
async function run(config: Config, ground: Ground): Promise<() => Promise<void>> {
  const clock = makeClock(config);
  const log = makeLog(config.logLevel);
  const changes = new Changes(ground.directUrl, log);
  let jobs: Jobs | undefined;
  const open = await openAll(config, ground, clock, changes, () => {
    changes.touch();
    jobs?.nudge();
  });
  const choose = chooser(open);
  const server = serve({
    port: config.port,
    hostname: config.host,
    fetch: (request, env) =>
      choose(request.headers.get('host') ?? undefined).app.fetch(request, env as { incoming: IncomingMessage }),
  }) as Server;
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    const said = `PORT, HOST: cannot listen at ${config.host}, port ${config.port}`;
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ConfigError(`${said} (${error.code}).`)));
  });
  jobs = new Jobs({
    url: ground.directUrl,
    territories: open.map((one) => ({ slug: one.hosted.slug, context: async () => one.app.systemContext() })),
    modules,
    log,
  });
  // After the first answer is possible: neither is needed for it, and both wait for the database by themselves.
  void jobs.start();
  void changes.listen();
  return async () => {
    server.closeIdleConnections();
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => server.closeAllConnections(), 10_000);
      server.close(() => {
        clearTimeout(force);
        resolve();
      });
    });
    await jobs.stop();
    await changes.stop();
    for (const one of open) await one.close();
  };
}

/** Stops in order when told to, even while still starting: then as soon as there is something to stop. */
function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const once = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', once);
  process.on('SIGINT', once);
  process.on('message', (message) => message === 'stop' && once());
}

function greet(config: Config, demonstration: boolean): void {
  say(`\n  Quai is open:   ${config.publicUrl}`);
  if (config.mode === 'demo') {
    say(`  The mails:      ${config.publicUrl}/dev/mails`);
    const who = demonstration
      ? 'habitant@quai.example, equipe@quai.example or admin@quai.example'
      : 'your e-mail address';
    say(`  To enter:       ${who};`);
    say('                  the code arrives at the address of the mails, above.');
    say('  To stop:        Ctrl+C\n');
  }
}

/** One process does all; with more, the first keeps the database and the others serve. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (cluster.isWorker) {
    const running = openGround(config, () => undefined, 'share').then((ground) => run(config, ground));
    onStop(async () => (await running)());
    await running.catch((error: unknown) => {
      throw startFault(config, error);
    });
    return;
  }
  if (await isAlreadyServed(config)) {
    say(`Quai already runs at ${config.publicUrl}: nothing was changed.`);
    return;
  }
  const ground = await openGround(config, say, 'refuse');
  try {
    const demonstration = await prepare(config, ground, makeClock(config));
    if (config.processes === 1) {
      const stop = await run(config, ground);
      onStop(async () => {
        await stop();
        await ground.embedded?.stop();
      });
    } else {
      await runMany(config, ground);
    }
    greet(config, demonstration);
  } catch (error) {
    await ground.embedded?.stop();
    throw startFault(config, error);
  }
}

async function runMany(config: Config, ground: Ground): Promise<void> {
  let stopping = false;
  const fork = () =>
    cluster.fork({
      DATABASE_URL: ground.url,
      DATABASE_DIRECT_URL: ground.directUrl,
      SECRET_KEY: ground.secret,
      ...clockOf(config),
    });
  cluster.on('exit', () => {
    setTimeout(() => stopping || fork(), 500);
  });
  // A process that ends before any serves has said why; starting it again would not help.
  const listening = new Promise<void>((resolve, reject) => {
    cluster.once('listening', () => resolve());
    cluster.once('exit', () => reject(new ConfigError('Quai did not start: the reason is said above.')));
  });
  for (let count = 0; count < config.processes; count += 1) fork();
  await listening.catch((error: unknown) => {
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL');
    throw error;
  });
  onStop(async () => {
    stopping = true;
    const workers = Object.values(cluster.workers ?? {});
    for (const worker of workers) worker?.send('stop');
    await Promise.all(workers.map((worker) => worker && new Promise((resolve) => worker.once('exit', resolve))));
    await ground.embedded?.stop();
  });
}

/** A forked process starts later: the scene's clock is handed over where it stands now. */
const clockOf = (config: Config): Record<string, string> =>
  config.clock ? { QUAI_CLOCK: makeClock(config)().toISOString() } : {};

main().catch((error: unknown) => {
  if (error instanceof EmbeddedInUse) {
    say(`Quai already runs on this data: nothing was changed. (${error.message})`);
    process.exit(0);
  }
  const known = error instanceof ConfigError || error instanceof EmbeddedError;
  console.error(known ? (error as Error).message : error);
  process.exit(1);
});
