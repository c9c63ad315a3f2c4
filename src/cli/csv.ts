import { readFile } from 'node:fs/promises';
import { type Column, CsvFault, readTable, type Table } from '../core/csv.ts';
import { CommandError } from './command.ts';

export type { Column, Row, Table } from '../core/csv.ts';

const mostBytes = 50 * 2 ** 20;

/** Reads a CSV file as offices write it; what is wrong with it is said with its name. */
export async function readCsv<const C extends readonly Column[]>(
  path: string,
  columns: C,
): Promise<Table<C[number]['name']>> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${error.message}.`,
    );
  });
  if (bytes.length > mostBytes) throw new CommandError(`${path} is larger than 50 MB: cut it into several files.`);
  try {
    return readTable(bytes, columns);
  } catch (error) {
    throw error instanceof CsvFault ? new CommandError(`${path}${error.message}`) : error;
  }
}

/** The columns as --help shows them. */
export const describeColumns = (columns: readonly (Column & { help: string })[]): string =>
  columns
    .map(({ name, headers, required, help }) => {
      const names = headers.length > 0 ? ` (or ${headers.join(', ')})` : '';
      return `  ${name}${required ? ' *' : ''}${names}\n      ${help}`;
    })
    .join('\n');
