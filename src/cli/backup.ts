import { createReadStream } from 'node:fs';
import { access, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import pg from 'pg';
import { type Hosted, listHosted } from '../core/territories.ts';
import { ArchiveWriter } from './archive.ts';
import { connectPlain, listTables, quote } from './catalogue.ts';
import { type Command, CommandError, count, plural, progress, readOptions, type Shell } from './command.ts';
import { copyOut } from './copy.ts';
import { chooseTerritory, explainDatabase, type House, urlOf, withHouse } from './open.ts';

/** Writes all territories, or one, to a file: everything as it was at one instant. */
export const backup: Command = {
  help: `
npm run quai -- backup FILE [--territory SHORT_NAME]

Writes every territory of this database (or one) to FILE: all rows as they are at one instant, and the files
of DATA_DIR/files. Quai may go on working meanwhile. The file is compressed text, readable by any later version
of Quai and on any PostgreSQL from 15; it holds personal data: keep it like the database itself.
Not in it: the settings (keep SECRET_KEY: links in mails already sent depend on it), and jobs already begun.`,
  async run(shell, args) {
    const { values, positionals } = readOptions(args, { territory: { type: 'string' } }, ['FILE']);
    const path = positionals[0]!;
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      throw new CommandError(`${path} is already there: give another name. Nothing was written.`);
    await withHouse(shell, async (house) => {
      const one = values.territory === undefined ? undefined : await chooseTerritory(house, values.territory);
      const hosted = one ? [one] : await listHosted(house.ground.directUrl);
      if (hosted.length === 0) await chooseTerritory(house, undefined);
      // Under another name until it is whole: half a backup never looks like one.
      const draft = `${path}.${process.pid}.part`;
      const writer = new ArchiveWriter(draft);
      try {
        const rows = await writeTerritories(shell, house, hosted, writer);
        const files = await writeFiles(shell, join(house.ground.folder, 'files'), writer, one && rows.hashes);
        await writer.finish();
        await rename(draft, path);
        const { size } = await stat(path);
        shell.say(
          `${path}: ${plural(hosted.length, 'territory', 'territories')}, ${plural(rows.count, 'row', 'rows')}, ${plural(files, 'file', 'files')}, ${count(Math.ceil(size / 1024))} kB.`,
        );
      } catch (error) {
        await writer.abandon();
        await rm(draft, { force: true });
        const { code, message } = error as NodeJS.ErrnoException;
        if (code && /^E[A-Z]+$/.test(code) && code !== 'ECONNREFUSED')
          throw new CommandError(`The backup could not be written: ${message}.`);
        throw error;
      }
    });
  },
};

type Written = { count: number; hashes: Set<string> };

/** Every territory's role looks at the same snapshot, which the first connection holds open. */
async function writeTerritories(shell: Shell, house: House, hosted: Hosted[], writer: ArchiveWriter): Promise<Written> {
  const owner = await connectPlain(house.ground.directUrl);
  try {
    await owner.query('begin transaction isolation level repeatable read, read only');
    const { rows } = await owner.query<{ snapshot: string; version: string }>(
      "select pg_export_snapshot() as snapshot, current_setting('server_version') as version",
    );
    const { snapshot, version } = rows[0]!;
    await writer.section({ section: 'quai-backup', format: 1, made_at: house.now.toISOString(), postgres: version });
    const written: Written = { count: 0, hashes: new Set() };
    for (const one of hosted) {
      const created = await owner.query<{ at: string }>(
        'select created_at::text as at from quai.hosted_territory where slug = $1',
        [one.slug],
      );
      await writeTerritory(
        shell,
        urlOf(house, one),
        one,
        { snapshot, createdAt: created.rows[0]!.at },
        writer,
        written,
      );
    }
    return written;
  } finally {
    await owner.end();
  }
}

async function writeTerritory(
  shell: Shell,
  url: string,
  hosted: Hosted,
  { snapshot, createdAt }: { snapshot: string; createdAt: string },
  writer: ArchiveWriter,
  written: Written,
): Promise<void> {
  const client = await connectPlain(url).catch((error) => {
    throw explainDatabase(error, hosted);
  });
  try {
    await client.query('begin transaction isolation level repeatable read, read only');
    await client.query(`set transaction snapshot ${pg.escapeLiteral(snapshot)}`);
    const migrations = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migration order by name',
    );
    await writer.section({
      section: 'territory',
      slug: hosted.slug,
      hosts: hosted.hosts,
      created_at: createdAt,
      migrations: migrations.rows,
    });
    const step = progress(shell, `kB written, at ${hosted.slug}`);
    for (const table of await listTables(client)) {
      await writer.section({ section: 'table', name: table.name, columns: table.columns });
      const columns = table.columns.map(quote).join(', ');
      const rows = await copyOut(client, `copy ${quote(table.name)} (${columns}) to stdout`, async (block) => {
        await writer.block(block);
        step(Math.round(writer.bytes / 1024));
      });
      await writer.endOfBlocks();
      await writer.section({ section: 'counted', rows });
      written.count += rows;
    }
    const files = await client.query<{ sha256: string }>('select sha256 from file');
    for (const { sha256 } of files.rows) written.hashes.add(sha256);
  } finally {
    await client.end();
  }
}

/** The files kept beside the database; of one territory, those its tables name. */
async function writeFiles(
  shell: Shell,
  folder: string,
  writer: ArchiveWriter,
  only: Set<string> | undefined,
): Promise<number> {
  const step = progress(shell, 'files written');
  let written = 0;
  for (const path of await walk(folder)) {
    const name = relative(folder, path).split(sep).join('/');
    if (only && !only.has(/[0-9a-f]{64}/.exec(name)?.[0] ?? '')) continue;
    await writer.section({ section: 'file', path: name });
    for await (const block of createReadStream(path)) await writer.block(block as Buffer);
    await writer.endOfBlocks();
    written += 1;
    step(written);
  }
  return written;
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
