import { parse } from 'csv-parse/sync';
import { normaliseName } from './names.ts';

/** What a file may have as a column: its name, the headers it is known by, and whether it must be there. */
export type Column = { name: string; headers: readonly string[]; required?: boolean };

/** A line of the file, by the names of the columns; empty and absent values are ''. */
export type Row<N extends string> = { line: number; get: (column: N) => string };

export type Table<N extends string> = { rows: Row<N>[]; ignored: string[] };

/** Why a file cannot be read as a table: `code` for those who say it in words of their own, the message for a command line. */
export class CsvFault extends Error {
  readonly code: 'empty' | 'missing' | 'twice' | 'longer' | 'malformed';
  readonly line: number | undefined;
  readonly column: string | undefined;

  constructor(code: CsvFault['code'], message: string, where: { line?: number | undefined; column?: string } = {}) {
    super(message);
    this.code = code;
    this.line = where.line;
    this.column = where.column;
  }
}

/** Reads a CSV as offices write it: UTF-8, UTF-16 or Windows-1252, `;`, `,` or tabs, headers in French or in English. */
export function readTable<const C extends readonly Column[]>(bytes: Uint8Array, columns: C): Table<C[number]['name']> {
  const [header, ...lines] = parseRecords(decode(bytes));
  if (!header) throw new CsvFault('empty', ' is empty.');
  const { places, ignored } = match(header.record, columns);
  const filled = lines.filter(({ record }) => record.some((value) => value.trim() !== ''));
  refuseLonger(header.record.length, filled);
  const rows = filled.map(({ record, line }) => ({
    line,
    get: (column: C[number]['name']) => clean(record[places.get(column) ?? -1] ?? ''),
  }));
  return { rows, ignored };
}

/** A cell too many is a separator inside a value that lacks its quotes: read on, it would lose what follows without a word. */
function refuseLonger(width: number, lines: Parsed[]): void {
  const longer = lines.find(({ record }) => record.slice(width).some((value) => value.trim() !== ''));
  if (!longer) return;
  throw new CsvFault(
    'longer',
    `, line ${longer.line}: more cells than the header has. Put a value that holds the separator between quotes.`,
    { line: longer.line },
  );
}

/** Whole characters, no control ones, spaces as one. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\s\uFFFD]+/gu, ' ')
    .trim();

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    // Its byte-order mark is passed over.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function delimiterOf(text: string): string {
  const header =
    text
      .replace(/"[^"]*"/g, '')
      .split(/\r?\n/)
      .find((line) => line.trim() !== '') ?? '';
  const counts = [';', ',', '\t'].map((one) => ({ one, times: header.split(one).length }));
  return counts.reduce((best, next) => (next.times > best.times ? next : best)).one;
}

type Parsed = { record: string[]; line: number };

function parseRecords(text: string): Parsed[] {
  try {
    const found = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      info: true,
      raw: true,
    }) as unknown as { record: string[]; raw: string; info: { lines: number } }[];
    // The reader counts the last line of a record; people look at the first.
    return found.map(({ record, raw, info }) => ({
      record,
      line: info.lines - (raw.replace(/\r?\n$/, '').match(/\n/g)?.length ?? 0),
    }));
  } catch (error) {
    const { lines } = error as { lines?: number };
    throw new CsvFault('malformed', `${lines ? `, line ${lines}` : ''}: ${(error as Error).message}.`, { line: lines });
  }
}

function match(header: string[], columns: readonly Column[]) {
  const places = new Map<string, number>();
  const ignored: string[] = [];
  header.forEach((title, index) => {
    const wanted = normaliseName(title);
    const column = columns.find(({ name, headers }) => [name, ...headers].some((one) => normaliseName(one) === wanted));
    if (column && places.has(column.name))
      throw new CsvFault('twice', `: the column "${column.name}" is there twice.`, { column: column.name });
    if (column) places.set(column.name, index);
    else if (wanted) ignored.push(title.trim());
  });
  for (const column of columns.filter((one) => one.required && !places.has(one.name))) {
    throw new CsvFault(
      'missing',
      `: there is no column "${column.name}" (also: ${column.headers.join(', ')}). The first line must name the columns; this file has: ${header.map((one) => one.trim()).join(', ')}.`,
      { column: column.name },
    );
  }
  return { places, ignored };
}
