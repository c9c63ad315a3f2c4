import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { sqlState } from '../core/errors.ts';
import { migrate, readMigrations } from '../core/migrate.ts';
import { ensureTerritory, type Hosted, listHosted } from '../core/territories.ts';
import { ArchiveReader, type Section } from './archive.ts';
import { connectPlain, dropEverything, quote, setForeignKeysAside } from './catalogue.ts';
import { type Command, CommandError, plural, progress, readOptions, type Shell } from './command.ts';
import { copyIn } from './copy.ts';
import { explainDatabase, type House, urlOf, withHouse } from './open.ts';
import { forgetTerritory, isEmpty, refuseWhileServed } from './restore-place.ts';

type Announced = Extract<Section, { section: 'territory' }>;

/** Reads a backup back, all or nothing. */
export const restore: Command = {
  help: `
npm run quai -- restore FILE [--territory SHORT_NAME] [--replace] [--while-running]

Reads back what "backup" wrote: every territory of FILE (or one), into a database where they are absent or empty;
with --replace, in the place of what they hold now, which is lost. The file is read to its end and checked first;
then everything is restored, or nothing. It may come from an older Quai (its tables are then brought up to date)
and from another version of PostgreSQL. Stop Quai first, and start it afterwards: while it serves one of these
territories nothing is restored, unless you add --while-running (people may then see errors for a moment, and what
they do meanwhile may be lost).`,
  async run(shell, args) {
    const options = {
      territory: { type: 'string' },
      replace: { type: 'boolean', default: false },
      'while-running': { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = readOptions(args, options, ['FILE']);
    const path = positionals[0]!;
    const announced = await verify(shell, path);
    const wanted =
      values.territory === undefined ? announced : announced.filter((one) => one.slug === values.territory);
    if (wanted.length === 0) {
      const names = announced.map((one) => one.slug).join(', ');
      throw new CommandError(
        `There is no territory "${values.territory}" in ${path}. There is: ${names}. Nothing was changed.`,
      );
    }
    await refuseUnknownMigrations(path, wanted);
    await withHouse(shell, async (house) => {
      const made: Hosted[] = [];
      const restoration = new Restoration(shell, house, new Map(wanted.map((one) => [one.slug, one])));
      let done: { rows: number; files: number };
      try {
        if (!values['while-running']) await refuseWhileServed(house, wanted.map(hostedOf));
        await preparePlaces(house, wanted, values.replace, made);
        done = await restoration.run(path);
      } catch (error) {
        await restoration.undo();
        for (const hosted of made) await forgetTerritory(house.ground.directUrl, hosted);
        throw explain(error);
      }
      for (const one of wanted) await migrate(urlOf(house, hostedOf(one)));
      const names = wanted.map((one) => one.slug).join(', ');
      shell.say(
        `Restored ${names}: ${plural(done.rows, 'row', 'rows')}, ${plural(done.files, 'file', 'files')}. Start Quai again to serve them.`,
      );
    });
  },
};

const hostedOf = (one: Announced): Hosted => ({ slug: one.slug, schema: `territory_${one.slug}`, hosts: one.hosts });

function explain(error: unknown): unknown {
  const { message, detail } = error as { message: string; detail?: string };
  if (sqlState(error) === '55P03')
    return new CommandError('Quai is at work on this database: stop it first. Nothing was changed.');
  if (sqlState(error))
    return new CommandError(
      `The database refused the backup: ${message}.${detail ? ` ${detail}` : ''} Nothing was changed.`,
    );
  return error;
}

/** Reads the whole file before anything is written; gives the territories in it. */
async function verify(shell: Shell, path: string): Promise<Announced[]> {
  const reader = new ArchiveReader(path);
  const step = progress(shell, 'parts of the file checked');
  const found: Announced[] = [];
  let read = 0;
  try {
    for await (const section of reader.sections()) {
      if (read === 0 && (section.section !== 'quai-backup' || section.format !== 1))
        throw new CommandError(`${path} is not a backup this version of Quai can read. Nothing was changed.`);
      if (section.section === 'territory') found.push(section);
      read += 1;
      step(read);
    }
  } finally {
    reader.close();
  }
  return found;
}

async function refuseUnknownMigrations(path: string, wanted: Announced[]): Promise<void> {
  const known = new Map((await readMigrations()).map((one) => [one.name, one.checksum]));
  for (const { name, checksum } of wanted.flatMap((one) => one.migrations)) {
    if (known.get(name) === checksum) continue;
    throw new CommandError(
      `${path} comes from another or a later version of Quai: its migration ${name} is ${known.has(name) ? 'different' : 'unknown'} here. Restore it with that version. Nothing was changed.`,
    );
  }
}

/** Makes the places that are missing, once it is sure that none is taken; adds them to `made`. */
async function preparePlaces(house: House, wanted: Announced[], replace: boolean, made: Hosted[]): Promise<void> {
  const { directUrl, secret } = house.ground;
  const there = new Set((await listHosted(directUrl)).map((one) => one.slug));
  for (const one of wanted) {
    const hosted = hostedOf(one);
    if (replace || !there.has(one.slug) || (await isEmpty(urlOf(house, hosted), hosted))) continue;
    throw new CommandError(
      `The territory "${one.slug}" is here already and holds something: restore into an empty database, or add --replace to lose what it holds. Nothing was changed.`,
    );
  }
  for (const one of wanted) {
    if (there.has(one.slug)) continue;
    made.push(hostedOf(one));
    await ensureTerritory(directUrl, secret, one, new Date(one.created_at));
  }
}

/** One transaction a territory, all kept at the end of the file, none otherwise. */
class Restoration {
  readonly #shell: Shell;
  readonly #house: House;
  readonly #wanted: Map<string, Announced>;
  readonly #clients: pg.Client[] = [];
  #restoreKeys: () => Promise<void> = async () => undefined;
  #rows = 0;
  #files = 0;

  constructor(shell: Shell, house: House, wanted: Map<string, Announced>) {
    this.#shell = shell;
    this.#house = house;
    this.#wanted = wanted;
  }

  async run(path: string): Promise<{ rows: number; files: number }> {
    const reader = new ArchiveReader(path);
    let client: pg.Client | undefined;
    let loaded = 0;
    try {
      for await (const section of reader.sections()) {
        if (section.section === 'territory') {
          await this.#restoreKeys();
          client = await this.#begin(section);
        } else if (section.section === 'table') {
          loaded = client ? await this.#load(client, section, reader) : 0;
        } else if (section.section === 'counted' && client && section.rows !== loaded) {
          throw new CommandError(`${path} announces ${section.rows} rows where it has ${loaded}. Nothing was changed.`);
        } else if (section.section === 'file') await this.#file(section.path, reader);
      }
      await this.#restoreKeys();
      for (const one of this.#clients) await one.query('commit');
      for (const one of this.#clients) await one.end();
    } finally {
      reader.close();
    }
    return { rows: this.#rows, files: this.#files };
  }

  /** Gives everything back as it was. */
  async undo(): Promise<void> {
    for (const client of this.#clients) await client.end().catch(() => undefined);
  }

  async #begin(section: Announced): Promise<pg.Client | undefined> {
    this.#restoreKeys = async () => undefined;
    if (!this.#wanted.has(section.slug)) return undefined;
    this.#shell.note(`Restoring ${section.slug}.`);
    const hosted = hostedOf(section);
    const client = await connectPlain(urlOf(this.#house, hosted)).catch((error) => {
      throw explainDatabase(error, hosted);
    });
    this.#clients.push(client);
    await client.query('begin');
    await client.query("set local lock_timeout = '5s'");
    await dropEverything(client);
    await client.query(
      'create table migration (name text primary key, checksum text not null, applied_at timestamptz not null)',
    );
    // The tables of the time of the backup; what came since is applied to its rows afterwards, as it would have been then.
    const then = new Set(section.migrations.map((one) => one.name));
    for (const migration of await readMigrations())
      if (then.has(migration.name)) for (const statement of migration.statements) await client.query(statement);
    this.#restoreKeys = await setForeignKeysAside(client);
    return client;
  }

  async #load(client: pg.Client, table: { name: string; columns: string[] }, reader: ArchiveReader): Promise<number> {
    const columns = table.columns.map(quote).join(', ');
    const step = progress(this.#shell, `kB read into ${table.name}`);
    let read = 0;
    const blocks = async function* () {
      for await (const block of reader.blocks()) {
        read += block.length;
        step(Math.round(read / 1024));
        yield block;
      }
    };
    const rows = await copyIn(client, `copy ${quote(table.name)} (${columns}) from stdin`, blocks());
    this.#rows += rows;
    return rows;
  }

  /** Files are named by their content: one already there is the same, one too many does no harm. */
  async #file(path: string, reader: ArchiveReader): Promise<void> {
    const parts = path.split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part)))
      throw new CommandError(`The backup names a file outside its folder (${path}). Nothing was changed.`);
    const target = join(this.#house.ground.folder, 'files', ...parts);
    this.#files += 1;
    if (
      await stat(target).then(
        () => true,
        () => false,
      )
    )
      return;
    await mkdir(dirname(target), { recursive: true });
    const draft = `${target}.${process.pid}.part`;
    try {
      await pipeline(reader.blocks(), createWriteStream(draft));
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }
}
