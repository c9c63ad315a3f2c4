import type { Ctx } from '../core/context.ts';
import { atomically } from '../core/db.ts';
import { type Params, Refusal } from '../core/errors.ts';
import { type Command, CommandError, count, progress, readOptions, type Shell } from './command.ts';
import { type Column, describeColumns, type Row, readCsv } from './csv.ts';
import { withTerritory } from './open.ts';

export type Described = Column & { help: string };

/** What an import finds and does, line by line. */
export class Report {
  readonly faults: { line: number; column: string; text: string }[] = [];
  readonly #done = new Map<string, number>();

  fault(row: { line: number }, column: string, text: string): void {
    this.faults.push({ line: row.line, column, text });
  }

  /** Counts one thing done, or left: "people: new". */
  did(what: string): void {
    this.#done.set(what, (this.#done.get(what) ?? 0) + 1);
  }

  get counts(): [string, number][] {
    return [...this.#done];
  }
}

type Work<N extends string> = (
  ctx: Ctx,
  rows: readonly Row<N>[],
  report: Report,
  tools: { step: (done: number) => void; override: string | undefined },
) => Promise<void>;

type Importer<N extends string> = {
  what: string;
  about: string;
  columns: readonly (Described & { name: N })[];
  /** More rows than this in one transaction would need more locks than a server has. */
  most: number;
  /** Whether rules may be passed over with a reason. */
  overrides?: boolean;
  work: Work<N>;
};

/** Makes the command of an import: a dry run unless told otherwise, all or nothing. */
export function importCommand<N extends string>(importer: Importer<N>): Command {
  const { what, about, columns, most } = importer;
  const override = importer.overrides ? ' [--override REASON]' : '';
  return {
    help: `
npm run quai -- import ${what} FILE.csv [--apply]${override} [--territory SHORT_NAME]

${about}

Without --apply nothing is written: all is tried, the faults are told by line, and it is undone. With --apply
everything is written, or nothing if a line is at fault. Run twice, it changes nothing more.
The file: UTF-8 or Windows-1252, columns parted by ; or , (or tabs), the first line names them, in any order.
At most ${count(most)} lines.

Columns (* must be there; "or" gives the other headers understood, whatever their case and accents):
${describeColumns(columns)}`,
    async run(shell, args) {
      const { values, positionals } = readOptions(
        args,
        {
          apply: { type: 'boolean', default: false },
          territory: { type: 'string' },
          ...(importer.overrides ? { override: { type: 'string' } as const } : {}),
        },
        ['FILE.csv'],
      );
      const reason = (values as { override?: string }).override?.trim() || undefined;
      const { rows, ignored } = await readCsv(positionals[0]!, columns);
      if (rows.length === 0)
        throw new CommandError(`${positionals[0]} has no line below its header: nothing to import.`);
      if (rows.length > most)
        throw new CommandError(
          `${positionals[0]} has ${count(rows.length)} lines: cut it into files of at most ${count(most)}.`,
        );
      if (ignored.length > 0) shell.note(`Columns not understood, left out: ${ignored.join(', ')}.`);
      await withTerritory(shell, values.territory, async (ctx) => {
        const inEnglish: Ctx = { ...ctx, locale: 'en' };
        const tools = { step: progress(shell, 'lines', rows.length), override: reason };
        const report = await attempt(inEnglish, values.apply, (inside, found) =>
          importer.work(inside, rows, found, tools),
        );
        tell(shell, report, values.apply, rows.length);
      });
    },
  };
}

/** Runs the work in one transaction, kept only when that is asked and no line is at fault. */
async function attempt(
  ctx: Ctx,
  apply: boolean,
  work: (inside: Ctx, report: Report) => Promise<void>,
): Promise<Report> {
  class Undo extends Error {}
  let report = new Report();
  try {
    await atomically(ctx, async (inside) => {
      report = new Report();
      await work(inside, report);
      if (!apply || report.faults.length > 0) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return report;
}

const mostFaults = 100;

function tell(shell: Shell, report: Report, apply: boolean, lines: number): void {
  for (const { line, column, text } of report.faults.slice(0, mostFaults))
    shell.say(`line ${line}, ${column}: ${text}`);
  if (report.faults.length > mostFaults) shell.say(`… and ${count(report.faults.length - mostFaults)} more.`);
  shell.say(`${count(lines)} ${lines === 1 ? 'line' : 'lines'} read.`);
  for (const [what, number] of report.counts) shell.say(`  ${what}: ${count(number)}`);
  if (report.faults.length > 0) {
    const faulty = new Set(report.faults.map((one) => one.line)).size;
    throw new CommandError(`${count(faulty)} ${faulty === 1 ? 'line is' : 'lines are'} at fault: nothing was written.`);
  }
  shell.say(apply ? 'Written.' : 'This was a dry run: nothing was written. To write it, add --apply.');
}

/** Runs one line's command; a refusal is noted as the line's fault, with all its reasons. */
export async function refused(
  ctx: Ctx,
  report: Report,
  row: { line: number },
  column: string,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    for (const { code, params } of error.reasons)
      report.fault(row, fieldOf(params) ?? column, sentence(ctx, code, params));
    return true;
  }
}

const fieldOf = (params: Params): string | undefined =>
  typeof params.field === 'string' ? params.field.replace(/\.(fr|nl|en)$/, '') : undefined;

const sentence = (ctx: Ctx, code: string, params: Params): string =>
  ctx.sentences.en[code]?.(params, { locale: 'en', timeZone: ctx.territory.timeZone }) ?? code;
