import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { connect } from '../src/core/db.ts';
import { projectRoot } from '../src/core/root.ts';
import { cloneDatabase } from './harness/cluster.ts';

type Columns = Record<string, Record<string, { nullable: boolean }>>;

/** The tables as src/core/schema.ts writes them. */
function typed(): Columns {
  const text = readFileSync(join(projectRoot, 'src/core/schema.ts'), 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '');
  const body = text.slice(
    text.indexOf('export interface Database {'),
    text.indexOf('\n}', text.indexOf('export interface Database {')),
  );
  const tables: Columns = {};
  for (const [, name, columns] of body.matchAll(/^ {2}(\w+): \{([\s\S]*?)\s*\};$/gm)) {
    tables[name!] = Object.fromEntries(
      columns!
        .split(';')
        .map((entry) => /^\s*(\w+):([\s\S]*)$/.exec(entry))
        .filter((entry) => entry !== null)
        .map(([, column, type]) => [column!, { nullable: /\bnull\b|MaybeInstant/.test(type!) }]),
    );
  }
  return tables;
}

test('the types of the tables say what the migrations made: same tables, columns and nulls', async () => {
  const clone = await cloneDatabase();
  const db = connect(clone.url, { max: 1 });
  try {
    const { rows } = await sql<{ table_name: string; column_name: string; nullable: boolean }>`
      select table_name, column_name, is_nullable = 'YES' as nullable from information_schema.columns
      where table_schema = current_schema() and table_name <> 'migration'`.execute(db);
    const real: Columns = {};
    for (const row of rows) {
      real[row.table_name] = { ...real[row.table_name], [row.column_name]: { nullable: row.nullable } };
    }
    expect(Object.keys(real).length).toBeGreaterThan(30);
    expect(typed()).toEqual(real);
  } finally {
    await db.destroy();
    await clone.drop();
  }
});
