import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { oldestPostgres, oldestPostgresMissing } from '../../scripts/oldest-postgres.mjs';
import { emptyDatabase, newSlug, quai, secret } from '../../test/harness/cli.ts';
import type { Clone } from '../../test/harness/cluster.ts';
import { startEmbedded } from '../core/embedded.ts';
import { territoryUrl } from '../core/territories.ts';
import { connectPlain, listTables, quote } from './catalogue.ts';

// Several servers and a few thousand rows: seconds on a machine at rest, more on a busy one.
vi.setConfig({ testTimeout: 60_000 });

const slug = newSlug();
const other = newSlug();
const sha = 'ab'.repeat(32);
let source: Clone;
let folder: string;
let env: Record<string, string>;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quai-cli-backup-'));
  source = await emptyDatabase(slug, other);
  env = { DATABASE_URL: source.url, DATA_DIR: join(folder, 'source') };
  await mkdir(join(folder, 'source', 'files', sha), { recursive: true });
  await writeFile(join(folder, 'source', 'files', sha, '400.webp'), Buffer.alloc(200_000, 'picture'));
  expect(await quai(env, 'seed', '--territory', slug)).toMatchObject({ code: 0 });
  const made = await quai(env, 'territory', 'create', '--slug', other, '--name', 'Ailleurs', '--admin', 'a@b.example');
  expect(made).toMatchObject({ code: 0 });
  await awkwardRows(territoryUrl(source.url, secret, `territory_${slug}`));
  file = join(folder, 'backup.quai');
  expect(await quai(env, 'backup', file)).toMatchObject({ code: 0 });
}, 60_000);

afterAll(async () => {
  await source?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** What a text format may lose: tabs, backslashes, empty against null, circles of keys, infinity, fractions. */
async function awkwardRows(url: string): Promise<void> {
  const client = await connectPlain(url);
  const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`;
  await client.query(
    `insert into person (id, name, email, telephone, language, created_at, merged_into) values
      ($1, E'tab\\t new\\n line \\\\N \\\\ é 😀', '', null, 'fr', '2026-11-23 09:00:00.123456+01', null),
      ($2, '', null, '', 'nl', 'infinity', $1)`,
    [id(1), id(2)],
  );
  await client.query('update person set merged_into = $1 where id = $2', [id(2), id(1)]);
  await client.query(
    `insert into file (id, sha256, media_type, byte_size, created_at) values ($1, $2, 'image/webp', 200000, '2026-11-23')`,
    [id(3), sha],
  );
  await client.query(
    `insert into journal (id, occurred_at, recorded_at, kind, subject_kind, subject_id, data)
      select gen_random_uuid(), '2026-11-23', '2026-11-23', 'test', 'person', $1, jsonb_build_object('n', n, 'x', repeat('long ', 40))
      from generate_series(1, 5000) n`,
    [id(1)],
  );
  await client.end();
}

/** Every row of every table of a territory, as text. */
async function everything(database: string, territory: string): Promise<Record<string, string[]>> {
  const client = await connectPlain(territoryUrl(database, secret, `territory_${territory}`));
  const found: Record<string, string[]> = {};
  for (const { name } of await listTables(client)) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${quote(name)} t order by 1`);
    found[name] = rows.map(({ row }) => row);
  }
  const definitions = await client.query<{ row: string }>(
    `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as row from pg_constraint
      where connamespace = current_schema()::regnamespace and contype <> 'n' order by 1`,
  );
  await client.end();
  return { ...found, '(constraints)': definitions.rows.map(({ row }) => row) };
}

test('what is restored into another database is identical, row by row and file by file', async () => {
  const target = await emptyDatabase();
  const place = { DATABASE_URL: target.url, DATA_DIR: join(folder, 'target') };
  try {
    const restored = await quai(place, 'restore', file);
    expect(restored).toMatchObject({ code: 0 });
    for (const territory of [slug, other])
      expect(await everything(target.url, territory)).toEqual(await everything(source.url, territory));
    const picture = await readFile(join(folder, 'target', 'files', sha, '400.webp'));
    expect(picture.equals(Buffer.alloc(200_000, 'picture'))).toBe(true);
    expect(await quai(place, 'restore', file)).toMatchObject({ code: 1, notes: expect.stringContaining('--replace') });
    expect(await quai(place, 'restore', file, '--replace')).toMatchObject({ code: 0 });
    expect(await everything(target.url, slug)).toEqual(await everything(source.url, slug));
    const doctor = await quai(place, 'doctor');
    expect(doctor.out).toContain(`territory ${slug}: its tables are up to date`);
  } finally {
    await target.drop();
  }
});

const onOldest = process.env.QUAI_POSTGRES_BINARIES !== undefined;

// From the PostgreSQL that Quai brings to the oldest promised, or back when the tests themselves run on that one: .ci/run does both.
test('what is restored on another version of PostgreSQL is identical', async () => {
  const missing = onOldest ? undefined : oldestPostgresMissing();
  if (missing) throw new Error(missing);
  const dataDir = await mkdtemp(join(tmpdir(), `quai-test-${process.pid}-major-`));
  await chmod(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, binaries: onOldest ? undefined : oldestPostgres, volatile: true });
  try {
    const place = { DATABASE_URL: server.url, DATA_DIR: join(folder, 'major') };
    expect(await quai(place, 'restore', file)).toMatchObject({ code: 0 });
    expect(await everything(server.url, slug)).toEqual(await everything(source.url, slug));
    const back = join(folder, 'back.quai');
    expect(await quai(place, 'backup', back)).toMatchObject({ code: 0 });
    const here = { DATABASE_URL: source.url, DATA_DIR: join(folder, 'source') };
    const before = await everything(source.url, slug);
    expect(await quai(here, 'restore', back, '--replace', '--territory', slug)).toMatchObject({ code: 0 });
    expect(await everything(source.url, slug)).toEqual(before);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test('a backup that cannot be written says why, and leaves no half of one', async () => {
  const nowhere = join(folder, 'nowhere', 'x.quai');
  expect(await quai(env, 'backup', nowhere)).toMatchObject({ code: 1, notes: expect.stringContaining('ENOENT') });
  expect(await quai(env, 'backup', file)).toMatchObject({ code: 1, notes: expect.stringContaining('already there') });
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('one territory can be written, and one read back, alone', async () => {
  const alone = join(folder, 'alone.quai');
  const written = await quai(env, 'backup', alone, '--territory', other);
  expect(written.out).toContain('1 territory,');
  expect(written.out).toContain('0 files');
  const target = await emptyDatabase();
  const place = { DATABASE_URL: target.url, DATA_DIR: join(folder, 'alone') };
  try {
    expect(await quai(place, 'restore', file, '--territory', other)).toMatchObject({ code: 0 });
    expect(await everything(target.url, other)).toEqual(await everything(source.url, other));
    expect(await quai(place, 'restore', alone, '--territory', slug)).toMatchObject({ code: 1 });
  } finally {
    await target.drop();
  }
});

test('a backup that is cut short, changed or something else is refused before anything is written', async () => {
  const whole = await readFile(file);
  const cut = join(folder, 'cut.quai');
  await writeFile(cut, whole.subarray(0, whole.length - 200));
  const text = join(folder, 'text.quai');
  await writeFile(text, 'not a backup');
  const changed = join(folder, 'changed.quai');
  await pipeline(
    createReadStream(file),
    createGunzip(),
    async function* (parts: AsyncIterable<Buffer>) {
      for await (const part of parts)
        yield Buffer.from(part.toString('latin1').replace('long long', 'lone long'), 'latin1');
    },
    createGzip(),
    createWriteStream(changed),
  );
  const target = await emptyDatabase();
  const place = { DATABASE_URL: target.url, DATA_DIR: join(folder, 'broken') };
  try {
    for (const [path, why] of [
      [cut, 'cut short'],
      [changed, 'checksum'],
      [text, 'not what Quai wrote'],
      [join(folder, 'none'), 'There is no file'],
    ] as const)
      expect(await quai(place, 'restore', path)).toMatchObject({ code: 1, notes: expect.stringContaining(why) });
    const client = await connectPlain(target.url);
    const { rows } = await client.query(
      "select nspname from pg_namespace where nspname !~ '^pg_|^information_schema$|^public$'",
    );
    await client.end();
    expect(rows).toEqual([]);
  } finally {
    await target.drop();
  }
});

test('a restoration that fails on the way leaves what was there', async () => {
  const target = await emptyDatabase();
  const place = { DATABASE_URL: target.url, DATA_DIR: join(folder, 'failing') };
  try {
    expect(await quai(place, 'restore', file, '--territory', slug)).toMatchObject({ code: 0 });
    const client = await connectPlain(territoryUrl(target.url, secret, `territory_${slug}`));
    await client.query("update territory set name = 'Kept'");
    const before = await everything(target.url, slug);
    // A reader that stays in a transaction, as a running Quai might.
    await client.query('begin');
    await client.query('select name from territory');
    const refused = await quai(place, 'restore', file, '--replace');
    expect(refused).toMatchObject({ code: 1, notes: expect.stringContaining('stop it first') });
    await client.query('commit');
    const served = await quai(place, 'restore', file, '--replace', '--territory', slug);
    expect(served).toMatchObject({ code: 1, notes: expect.stringContaining('--while-running') });
    await client.query('begin');
    await client.query('select name from territory');
    const forced = await quai(place, 'restore', file, '--replace', '--territory', slug, '--while-running');
    expect(forced).toMatchObject({ code: 1, notes: expect.stringContaining('stop it first') });
    await client.query('commit');
    expect(await everything(target.url, slug)).toEqual(before);
    const restored = await quai(place, 'restore', file, '--replace', '--territory', slug, '--while-running');
    expect(restored).toMatchObject({ code: 0 });
    await client.end();
    expect(await everything(target.url, slug)).toEqual(await everything(source.url, slug));
    const doctor = await quai(place, 'doctor');
    expect(doctor.out).not.toContain(other);
  } finally {
    await target.drop();
  }
});
