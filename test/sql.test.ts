import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMigrations } from '../src/core/migrate.ts';
import { projectRoot } from '../src/core/root.ts';

// What keeps many machines possible: docs/adr/0003.
const statements = (await readMigrations()).flatMap((migration) =>
  migration.statements.map((statement) => ({ name: migration.name, statement: statement.toLowerCase() })),
);

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesUnder(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}

/** The SQL written in tagged templates, without what is put into it. */
const queries = sourcesUnder(join(projectRoot, 'src', 'modules'))
  .concat(sourcesUnder(join(projectRoot, 'src', 'world')))
  .concat(['auth', 'limits', 'jobs', 'idempotency'].map((name) => join(projectRoot, 'src', 'core', `${name}.ts`)))
  .flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/sql(?:<[^`]*>)?`([^`]*)`/g)].map((match) => ({
      path: path.slice(projectRoot.length + 1),
      text: match[1]!.replace(/\$\{[^}]*\}/g, '?').toLowerCase(),
    })),
  );

const faults = (pattern: RegExp) => [
  ...statements.filter((one) => pattern.test(one.statement)).map((one) => `${one.name}: ${one.statement.slice(0, 60)}`),
  ...queries.filter((one) => pattern.test(one.text)).map((one) => `${one.path}: ${one.text.slice(0, 80)}`),
];

test('the migrations and the queries are found', () => {
  expect(statements.length).toBeGreaterThan(50);
  expect(queries.length).toBeGreaterThan(20);
});

test('no trigger, rule, inheritance, MERGE or function of our own', () => {
  expect(
    faults(/\bcreate\s+(or\s+replace\s+)?(trigger|rule|function|procedure)\b|\binherits\b|\bmerge\s+into\b/),
  ).toEqual([]);
});

test('keys are made by the application: no serial, no identity, no generated uuid', () => {
  expect(
    faults(
      /\b(big)?serial\b|generated\s+(always|by\s+default)\s+as\s+identity|gen_random_uuid|uuid_generate|\brandom\(\)/,
    ),
  ).toEqual([]);
});

test('every table has a primary key', () => {
  const tables = statements.filter((one) => one.statement.startsWith('create table'));
  expect(
    tables.filter((one) => !one.statement.includes('primary key')).map((one) => one.statement.slice(0, 40)),
  ).toEqual([]);
});

test('SQL never asks the clock and never sets the session', () => {
  expect(
    faults(
      /\bnow\(\)|\bcurrent_(timestamp|date|time)\b|\bclock_timestamp\(|\bset\s+(local\s+|session\s+)?(timezone|search_path|role)\b/,
    ),
  ).toEqual([]);
});

test('no schema is named', () => {
  expect(faults(/\b(from|join|into|update|table|references)\s+(public|extensions|territory_\w+)\./)).toEqual([]);
});
