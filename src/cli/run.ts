import { ConfigError } from '../core/config.ts';
import { isDatabaseAway } from '../core/db.ts';
import { EmbeddedError } from '../core/embedded.ts';
import { WorldError } from '../world/index.ts';
import { type Command, CommandError, type Shell } from './command.ts';

/** Every command by its words; each is loaded only when it is called. */
const commands: Record<string, { summary: string; load: () => Promise<Command> }> = {
  migrate: {
    summary: 'bring the tables of every territory up to date',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  seed: {
    summary: 'load the demonstration into an empty territory',
    load: async () => (await import('./seed.ts')).seed,
  },
  'territory create': {
    summary: 'make a territory and its first administrator',
    load: async () => (await import('./territory-create.ts')).territoryCreate,
  },
  'import people': {
    summary: 'bring in people from a CSV file',
    load: async () => (await import('./import-people.ts')).importPeople,
  },
  'import spaces': {
    summary: 'bring in sites, spaces and what can be booked',
    load: async () => (await import('./import-spaces.ts')).importSpaces,
  },
  'import bookings': {
    summary: 'bring in bookings still to come',
    load: async () => (await import('./import-bookings.ts')).importBookings,
  },
  admin: { summary: 'make someone an administrator', load: async () => (await import('./admin.ts')).admin },
  token: { summary: 'make a token for the API', load: async () => (await import('./token.ts')).token },
  backup: { summary: 'write everything to one file', load: async () => (await import('./backup.ts')).backup },
  restore: { summary: 'read such a file back', load: async () => (await import('./restore.ts')).restore },
  doctor: { summary: 'check that all Quai needs is there', load: async () => (await import('./doctor.ts')).doctor },
};

const overview = (): string => {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `npm run quai -- <command> [options]\n\n${lines.join('\n')}\n\nEach says more with --help. They work whether Quai runs or not, on the same settings as npm start.`;
};

/** Runs one command to its end and gives the exit code: 0, or 1 with a sentence that says why. */
export async function run(argv: string[], shell: Shell): Promise<number> {
  const asksHelp = argv.includes('--help') || argv.includes('-h');
  const words = argv.slice(0, 2).filter((word) => !word.startsWith('-'));
  const name = [words.join(' '), words[0] ?? ''].find((one) => Object.hasOwn(commands, one));
  if (!name) {
    // "territory --help": half a name says where to look on.
    const begun = Object.keys(commands).some((one) => one.startsWith(`${words[0]} `));
    const unknown = words.length > 0 && words[0] !== 'help' && !(begun && words.length === 1);
    if (unknown) shell.note(`There is no command "${words.join(' ')}".\n`);
    (unknown ? shell.note : shell.say)(overview());
    return unknown || (words.length === 0 && !asksHelp) ? 1 : 0;
  }
  const command = await commands[name]!.load();
  if (asksHelp) {
    shell.say(command.help.trim());
    return 0;
  }
  try {
    await command.run(shell, argv.slice(name.split(' ').length));
    return 0;
  } catch (error) {
    shell.note(explain(error));
    return 1;
  }
}

function explain(error: unknown): string {
  if (error instanceof CommandError || error instanceof ConfigError || error instanceof EmbeddedError)
    return error.message;
  if (error instanceof WorldError) return error.message;
  if (isDatabaseAway(error)) return `The database does not answer: ${(error as Error).message}`;
  if (error instanceof Error && error.message.startsWith('The migration ')) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
