import { type Logger, pino } from 'pino';

/** The log: one JSON line an event, with no personal data (no address, no name, no query string, no form). */
export const makeLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });

export const quietLog: Logger = pino({ level: 'silent' });

/** What may be told of an error: its kind and where it came from, never a value that a database message may repeat. */
export function safeError(error: unknown): { type: string; code: string | undefined; stack: string | undefined } {
  const known = error instanceof Error ? error : new Error('not an error');
  const frames = known.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
    .join('\n');
  return { type: known.name, code: (known as { code?: string }).code, stack: frames };
}
