import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from './root.ts';

export type Migration = { name: string; checksum: string; statements: string[] };

/** The migrations in order, each cut into its statements (a statement ends with a semicolon at the end of a line). */
export async function readMigrations(folder = join(projectRoot, 'migrations')): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const statements = text
        .replace(/^\s*--.*$/gm, '')
        .split(/;\s*$/m)
        .map((statement) => statement.trim())
        .filter(Boolean);
      return { name, checksum: createHash('sha256').update(text).digest('hex'), statements };
    }),
  );
}

/**
 * Brings the schema of this connection up to date, one statement a call, under a lock of that schema; returns the names applied.
 * A migration whose text changed after it was applied stops everything.
 */
export async function migrate(connectionString: string, searchPath?: string): Promise<string[]> {
  const migrations = await readMigrations();
  const client = new pg.Client({
    connectionString,
    ...(searchPath ? { options: `-c search_path=${searchPath}` } : {}),
  });
  // A connection that breaks is told by the statement under way, not by ending the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`quai:migrate:${rows[0]?.schema}`]);
    await client.query(
      'create table if not exists migration (name text primary key, checksum text not null, applied_at timestamptz not null)',
    );
    const known = await client.query<{ name: string; checksum: string }>('select name, checksum from migration');
    const applied = new Map(known.rows.map((row) => [row.name, row.checksum]));
    const done: string[] = [];
    for (const migration of migrations) {
      const checksum = applied.get(migration.name);
      if (checksum === migration.checksum) continue;
      if (checksum) throw new Error(`The migration ${migration.name} was changed after it had been applied.`);
      await client.query('begin');
      try {
        for (const statement of migration.statements) await client.query(statement);
        await client.query('insert into migration (name, checksum, applied_at) values ($1, $2, $3)', [
          migration.name,
          migration.checksum,
          new Date(),
        ]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`The migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
      }
      done.push(migration.name);
    }
    return done;
  } finally {
    await client.end();
  }
}
