import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function find(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'migrations'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('The folder of the project (package.json, migrations/) was not found.');
  return find(parent);
}

/** The project's folder, whether the code runs from src/ or bundled from dist/. */
export const projectRoot: string = find(dirname(fileURLToPath(import.meta.url)));
