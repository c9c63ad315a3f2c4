import { CsvFault, readTable } from '../../core/csv.ts';
import type { Locale } from '../../core/i18n.ts';
import { type Guest, guestSchema } from '../registrations/index.ts';
import { guestsMessages } from './guests.messages.ts';

/** A list longer than this comes in several. */
export const mostGuests = 500;

const columns = [
  { name: 'nom', headers: ['nom et prénom', 'name', 'naam', 'invité', 'personne'], required: true },
  { name: 'e-mail', headers: ['email', 'mail', 'courriel', 'adresse e-mail', 'adresse mail'] },
  { name: 'organisation', headers: ['organisme', 'organisatie', 'structure', 'société', 'entreprise'] },
] as const;

/** A list of so many is never larger, whatever its columns. */
export const mostBytes = 500_000;

/** `long`: lines were left unread, so that nothing of it may be kept. */
export type ReadGuests = { guests: Guest[]; faults: { line: number; words: string }[]; long: boolean };

/** Reads a list of guests; each line that cannot be used says why, the others are kept. */
export function readGuests(bytes: Uint8Array, locale: Locale, emailNeeded: boolean): ReadGuests {
  const m = guestsMessages[locale];
  const found: ReadGuests = { guests: [], faults: [], long: bytes.length > mostBytes };
  if (found.long) return found;
  const lines = new Map<string, number>();
  const { rows } = readTable(bytes, columns);
  found.long = rows.length > mostGuests;
  for (const { line, get } of rows.slice(0, mostGuests)) {
    const given = { name: get('nom'), email: get('e-mail'), organisation: get('organisation') };
    const parsed = guestSchema.safeParse(given);
    const email = parsed.success ? parsed.data.email : undefined;
    const before = email ? lines.get(email) : undefined;
    const wrong = !given.name
      ? m.faultName
      : !parsed.success
        ? m.faultEmail
        : emailNeeded && !email
          ? m.faultEmailNeeded
          : before !== undefined
            ? m.faultTwice(before)
            : undefined;
    if (wrong || !parsed.success) {
      found.faults.push({ line, words: wrong ?? m.faultEmail });
      continue;
    }
    if (email) lines.set(email, line);
    found.guests.push(parsed.data);
  }
  return found;
}

/** Why a whole file cannot be read, in the reader's words; anything else is thrown on. */
export function faultOf(error: unknown, locale: Locale): string {
  if (!(error instanceof CsvFault)) throw error;
  const m = guestsMessages[locale].faultFile;
  switch (error.code) {
    case 'missing':
      return m.missing(error.column ?? '');
    case 'twice':
      return m.twice(error.column ?? '');
    case 'longer':
      return m.longer(error.line ?? 0);
    default:
      return m[error.code];
  }
}

/** A cell of a CSV: quoted where it must be, and never read as a formula by a spreadsheet. */
export function cell(value: string | number | null): string {
  const text = String(value ?? '').replace(/[\r\n]+/g, ' ');
  const safe = /^[=+\-@\t]/.test(text) && !/^\+?[\d\s]+$/.test(text) ? `'${text}` : text;
  return /[";]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The same list, as it is carried from the check to the import. */
export const writeGuests = (guests: readonly Guest[]): string =>
  [
    'nom;e-mail;organisation',
    ...guests.map((one) =>
      [one.name, one.email ?? '', one.organisation ?? ''].map((value) => `"${value.replaceAll('"', '""')}"`).join(';'),
    ),
  ].join('\n');
