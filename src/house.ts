import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type App, createApp } from './app.ts';
import { Changes } from './core/changes.ts';
import { type Config, ConfigError } from './core/config.ts';
import type { Territory } from './core/context.ts';
import { connect, type Db, isDatabaseAway } from './core/db.ts';
import { type Embedded, startEmbedded } from './core/embedded.ts';
import { makeFileStore } from './core/files.ts';
import { makePostman } from './core/mail.ts';
import { PageCache } from './core/page-cache.ts';
import { projectRoot } from './core/root.ts';
import { ensureTerritory, type Hosted, listHosted, readTerritory, territoryUrl } from './core/territories.ts';
import { modules } from './modules.ts';

/** The database and the secrets of this installation, whether PostgreSQL is ours or given. */
export type Ground = { url: string; directUrl: string; secret: string; folder: string; embedded: Embedded | undefined };

/** Finds or starts the database. `share` leaves a server that another process of Quai runs as it is. */
export async function openGround(
  config: Config,
  log: (message: string) => void,
  whenInUse: 'refuse' | 'share',
): Promise<Ground> {
  const wanted = config.dataDir ?? join(projectRoot, 'var');
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbedded({ dataDir: join(wanted, 'postgres'), log, whenInUse });
  const url = config.databaseUrl ?? embedded!.url;
  const secret = config.secret ?? (await keptSecret(wanted));
  return { url, directUrl: config.databaseDirectUrl ?? url, secret, folder: wanted, embedded };
}

/** In demonstration the secret is drawn once and kept beside the data, so that links in mails outlive a restart. */
async function keptSecret(folder: string): Promise<string> {
  const file = join(folder, 'secret');
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}

/** A territory that is open: its pool, its application, and what it says of itself. */
export type Open = { hosted: Hosted; db: Db; app: App; close: () => Promise<void> };

export type OpenOptions = { clock: () => Date; log: Logger; onActed?: () => void; changes?: Changes };

/** Opens a territory already migrated; undefined while it has no name (nothing was seeded or created in it). */
export async function openTerritory(
  config: Config,
  ground: Ground,
  hosted: Hosted,
  options: OpenOptions,
): Promise<Open | undefined> {
  const db = connect(territoryUrl(ground.url, ground.secret, hosted.schema), {
    // A database that is frozen rather than stopped: the page says so instead of waiting for ever.
    answerWithinMs: 20_000,
    onError: () => options.log.warn('a connection to the database broke'),
  });
  const first = await readTerritory(db);
  if (!first) {
    await db.destroy();
    return undefined;
  }
  let territory: Territory = first;
  const changes = options.changes ?? new Changes(undefined, options.log);
  const app = createApp({
    db,
    territory: () => territory,
    modules,
    files: makeFileStore(join(ground.folder, 'files')),
    postman: makePostman({ smtpUrl: config.smtpUrl, mailFrom: config.mailFrom, keep: config.mode === 'demo' }),
    clock: options.clock,
    publicUrl: config.publicUrl,
    secret: ground.secret,
    demo: config.mode === 'demo',
    trustedProxies: config.trustedProxies,
    log: options.log,
    changes,
    pages: new PageCache(changes),
    ...(options.onActed ? { onActed: options.onActed } : {}),
  });
  // The name and the telephone change once in a while: read again each minute, by every process.
  const refresh = setInterval(() => {
    readTerritory(db).then(
      (fresh) => {
        if (fresh) territory = fresh;
      },
      () => undefined,
    );
  }, 60_000);
  refresh.unref();
  return {
    hosted,
    db,
    app,
    close: async () => {
      clearInterval(refresh);
      await db.destroy();
    },
  };
}

/** A failure of the start in words that name the setting at fault, where it is one of the settings. */
export function startFault(config: Config | undefined, error: unknown): unknown {
  const code = (error as { code?: string } | null)?.code ?? '';
  const refused = ['28P01', '28000', '3D000'].includes(code);
  if (config?.databaseUrl && (refused || isDatabaseAway(error))) {
    return new ConfigError(
      `DATABASE_URL: the database ${refused ? 'refuses the name, the password or the database given' : 'does not answer'} (${code}).`,
    );
  }
  return error;
}

/** Every territory of the database, brought up to date; on a new database none. */
export async function migrateAll(ground: Ground, now: Date): Promise<Hosted[]> {
  const hosted = await listHosted(ground.directUrl);
  for (const one of hosted) await ensureTerritory(ground.directUrl, ground.secret, one, now);
  return hosted;
}
