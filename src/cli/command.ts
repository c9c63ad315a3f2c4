import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** Where a command runs: what it reads and where it speaks. Tests give their own. */
export type Shell = {
  env: Record<string, string | undefined>;
  /** The result of the command: standard output. */
  say: (line: string) => void;
  /** What it is doing meanwhile: standard error, so that the result stays alone. */
  note: (line: string) => void;
  now: () => Date;
};

/** One command, in a file of its own; it throws a CommandError when it cannot do what is asked. */
export type Command = { help: string; run: (shell: Shell, args: string[]) => Promise<void> };

/** What the operator can act on: its message is shown alone, without a stack. */
export class CommandError extends Error {
  override name = 'CommandError';
}

type Given<O extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; args: string[] }>
>;

/** Reads a command's options; an unknown one or a missing value is said in a sentence. */
export function readOptions<const O extends ParseArgsOptionsConfig>(
  args: string[],
  options: O,
  positionals: readonly string[] = [],
): Given<O> {
  let given: Given<O>;
  try {
    given = parseArgs({ args, options, allowPositionals: true }) as Given<O>;
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('. ')[0]}. See --help.`);
  }
  if (given.positionals.length < positionals.length)
    throw new CommandError(`${positionals[given.positionals.length]} is missing. See --help.`);
  if (given.positionals.length > positionals.length)
    throw new CommandError(`"${given.positionals[positionals.length]}" is not expected here. See --help.`);
  return given;
}

/** A text that an option must give. */
export function required(value: string | undefined, option: string): string {
  if (!value?.trim()) throw new CommandError(`--${option} is missing. See --help.`);
  return value.trim();
}

/** Speaks of progress at most every two seconds: enough to know it lives, little enough to read. */
export function progress(shell: Shell, label: string, total?: number): (done: number) => void {
  let last = Date.now();
  return (done) => {
    if (Date.now() - last < 2_000) return;
    last = Date.now();
    shell.note(`${count(done)}${total === undefined ? '' : ` of ${count(total)}`} ${label}`);
  };
}

const figures = new Intl.NumberFormat('en-GB');

/** A number as people read it: 12,345. */
export const count = (number: number): string => figures.format(number);

/** "1 person", "12 people". */
export const plural = (number: number, one: string, many: string): string =>
  `${count(number)} ${number === 1 ? one : many}`;
