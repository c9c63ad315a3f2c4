import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../src/core/root.ts';

const source = join(projectRoot, 'src');

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

type Import = { from: string; to: string; typeOnly: boolean };

const files = filesUnder(source).map((path) => relative(source, path));
const textOf = (file: string) => readFileSync(join(source, file), 'utf8');

function importsOf(file: string): Import[] {
  const found = textOf(file).matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'(\.[^']+)'/gms);
  return [...found].map((match) => ({
    from: file,
    to: relative(source, resolve(join(source, dirname(file)), match[2]!)),
    typeOnly: match[1] !== undefined,
  }));
}

const imports = files.flatMap(importsOf);

/** The floors of the house, from the ground up: a file imports from its own floor or from below. */
const floors = ['core', 'ui', 'modules', 'app', 'house', 'main'] as const;

function floorOf(file: string): number {
  if (file.startsWith('core/')) return 0;
  if (file.startsWith('ui/')) return 1;
  if (file.startsWith('modules/')) return 2;
  if (file.startsWith('world/')) return 3;
  if (/^(house|cli\/)/.test(file)) return 4;
  if (file.startsWith('main')) return 5;
  return 3;
}

const moduleOf = (file: string) => /^modules\/([^/]+)\//.exec(file)?.[1];
const show = (item: Import) => `${item.from} → ${item.to}`;

describe('the house', () => {
  test('was read: its files and imports are found', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.length).toBeGreaterThan(60);
  });

  test(`imports run down the floors, ${[...floors].reverse().join(' → ')}, never up`, () => {
    expect(imports.filter((item) => floorOf(item.from) < floorOf(item.to)).map(show)).toEqual([]);
  });

  test('modules meet only at their front doors', () => {
    const breaches = imports.filter(
      (item) =>
        moduleOf(item.to) !== undefined &&
        moduleOf(item.from) !== moduleOf(item.to) &&
        !item.to.endsWith(`modules/${moduleOf(item.to)}/index.ts`),
    );
    expect(breaches.map(show)).toEqual([]);
  });

  test('modules depend on each other without cycles', () => {
    const edges = new Map<string, Set<string>>();
    for (const item of imports) {
      const [from, to] = [moduleOf(item.from), moduleOf(item.to)];
      if (from && to && from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(edges.get(from) ?? [])].some(
        (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
      );
    expect([...edges.keys()].filter((name) => reaches(name, name))).toEqual([]);
  });

  test('rules know no input or output: no database, no HTTP, no clock', () => {
    const rules = files.filter((file) => file.endsWith('.rules.ts'));
    expect(rules.length).toBeGreaterThan(0);
    const forbidden = imports.filter(
      (item) =>
        rules.includes(item.from) && /core\/(db|web|http|mail|jobs|auth|limits)\.ts$/.test(item.to) && !item.typeOnly,
    );
    const clocks = rules.filter((file) => /Date\.now\(|new Date\(\)|from 'kysely'|from 'node:/.test(textOf(file)));
    expect([...forbidden.map(show), ...clocks]).toEqual([]);
  });

  test('pages never query', () => {
    const pages = files.filter((file) => file.endsWith('.pages.tsx'));
    const reading = imports.filter(
      (item) => pages.includes(item.from) && !item.typeOnly && item.to.endsWith('.store.ts'),
    );
    expect([...reading.map(show), ...pages.filter((file) => /from 'kysely'|ctx\.db/.test(textOf(file)))]).toEqual([]);
  });

  test('stores never format and commands never see HTTP', () => {
    const formatting = imports.filter(
      (item) => item.from.endsWith('.store.ts') && item.to.startsWith('ui/') && !item.typeOnly,
    );
    expect(formatting.map(show)).toEqual([]);
    const commands = files.filter((file) => /^modules\/booking\/[a-z-]+\.ts$/.test(file));
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((file) => /from 'hono/.test(textOf(file)))).toEqual([]);
  });

  test('only main and the command line read the environment (the child server is given its PATH)', () => {
    const readers = files.filter(
      (file) => /process\.env/.test(textOf(file)) && !/^(main\.ts|cli\/|core\/embedded-system\.ts)/.test(file),
    );
    expect(readers).toEqual([]);
  });

  test('no territory is written in the code', () => {
    expect(files.filter((file) => /saint-omer|longuenesse|capso/i.test(textOf(file)))).toEqual([]);
  });

  test('no file has outgrown its room', () => {
    const tables = ['core/schema.ts'];
    const long = files.filter(
      (file) =>
        textOf(file).split('\n').length > 330 &&
        !tables.includes(file) &&
        !/\.(messages|sentences|fr|nl|en)\.ts$/.test(file),
    );
    expect(long).toEqual([]);
  });

  test('no module has outgrown the house: about 1,500 lines, words and tests aside', () => {
    const size = new Map<string, number>();
    for (const file of files.filter((one) => !/\.(messages|sentences)\.ts$/.test(one))) {
      const name = moduleOf(file);
      if (name) size.set(name, (size.get(name) ?? 0) + textOf(file).split('\n').length);
    }
    // ARCHITECTURE.md says why booking stays one.
    const large = [...size].filter(([name, lines]) => lines > 1800 && name !== 'booking');
    expect(large).toEqual([]);
  });
});
