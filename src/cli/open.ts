import { join } from 'node:path';
import { type Config, readConfig } from '../core/config.ts';
import { type Ctx, system } from '../core/context.ts';
import { connect, type Db } from '../core/db.ts';
import { sqlState } from '../core/errors.ts';
import { makeFileStore } from '../core/files.ts';
import { quietLog } from '../core/log.ts';
import { makePostman } from '../core/mail.ts';
import { readMigrations } from '../core/migrate.ts';
import { gatherSentences } from '../core/sentences.ts';
import { type Hosted, listHosted, readTerritory, territoryUrl } from '../core/territories.ts';
import { type Ground, openGround } from '../house.ts';
import { modules } from '../modules.ts';
import { CommandError, type Shell } from './command.ts';

/** The database of this installation, with the settings it came from. */
export type House = { config: Config; ground: Ground; now: Date };

/** Opens the database, of a running Quai or of a stopped one, and leaves it as it was found. */
export async function withHouse<T>(shell: Shell, work: (house: House) => Promise<T>): Promise<T> {
  const config = readConfig(shell.env);
  const ground = await openGround(config, shell.note, 'share');
  try {
    return await work({ config, ground, now: config.clock ?? shell.now() });
  } finally {
    await ground.embedded?.stop();
  }
}

/** The territory meant: the one asked for, else the only one. */
export async function chooseTerritory(house: House, slug: string | undefined): Promise<Hosted> {
  const hosted = await listHosted(house.ground.directUrl);
  if (hosted.length === 0) {
    throw new CommandError(
      'This database holds no territory yet. Make one: npm run quai -- territory create --help (or start Quai once to load the demonstration).',
    );
  }
  const known = hosted.map((one) => one.slug).join(', ');
  if (slug !== undefined) {
    const found = hosted.find((one) => one.slug === slug);
    if (!found) throw new CommandError(`There is no territory "${slug}" here. There is: ${known}.`);
    return found;
  }
  if (hosted.length > 1) throw new CommandError(`Several territories live here: add --territory with one of ${known}.`);
  return hosted[0]!;
}

export const urlOf = ({ ground }: House, hosted: Hosted): string =>
  territoryUrl(ground.directUrl, ground.secret, hosted.schema);

/** Opens a territory's tables, once its role lets us in. */
export async function withTables<T>(house: House, hosted: Hosted, work: (db: Db) => Promise<T>): Promise<T> {
  const db = connect(urlOf(house, hosted), { max: 2, applicationName: 'quai-cli' });
  try {
    return await work(db);
  } catch (error) {
    throw explainDatabase(error, hosted);
  } finally {
    await db.destroy();
  }
}

/** Says the likely cause of the failures of an installation; any other error as it came. */
export function explainDatabase(error: unknown, hosted: Hosted): unknown {
  if (sqlState(error) === '28P01') {
    return new CommandError(
      `The database refuses the password of the territory "${hosted.slug}": SECRET_KEY is not the one Quai was started with. Set the same here.`,
    );
  }
  return error;
}

/** The names of the migrations this version of Quai brings that the territory has not had yet. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const known = await appliedMigrations(db);
  return (await readMigrations()).filter(({ name }) => !known.has(name)).map(({ name }) => name);
}

async function appliedMigrations(db: Db): Promise<Set<string>> {
  const query = db.withTables<{ migration: { name: string } }>().selectFrom('migration').select('name');
  try {
    return new Set((await query.execute()).map((row) => row.name));
  } catch (error) {
    // No such table: nothing was ever applied.
    if (sqlState(error) === '42P01') return new Set();
    throw error;
  }
}

/** Opens a territory that is up to date and has a name, with the context of work done by the software itself. */
export async function withTerritory<T>(
  shell: Shell,
  slug: string | undefined,
  work: (ctx: Ctx, hosted: Hosted, house: House) => Promise<T>,
): Promise<T> {
  return withHouse(shell, async (house) => {
    const hosted = await chooseTerritory(house, slug);
    return withTables(house, hosted, async (db) => {
      const pending = await pendingMigrations(db);
      if (pending.length > 0) {
        throw new CommandError(
          `The tables of "${hosted.slug}" are older than this version of Quai (${pending.join(', ')}). First: npm run quai -- migrate`,
        );
      }
      return work(await contextOf(house, hosted, db), hosted, house);
    });
  });
}

async function contextOf({ config, ground, now }: House, hosted: Hosted, db: Db): Promise<Ctx> {
  const territory = await readTerritory(db);
  if (!territory) {
    throw new CommandError(
      `The territory "${hosted.slug}" is empty: it has no name yet. Load the demonstration (npm run quai -- seed) or make it (npm run quai -- territory create --help).`,
    );
  }
  return {
    db,
    now,
    actor: system,
    locale: territory.mainLanguage,
    territory,
    publicUrl: config.publicUrl,
    secret: ground.secret,
    sentences: gatherSentences(modules.map((module) => module.sentences)),
    // Commands leave mails in the outbox; the server sends them.
    postman: makePostman({ smtpUrl: undefined, mailFrom: undefined, keep: false }),
    files: makeFileStore(join(ground.folder, 'files')),
    log: quietLog,
  };
}
