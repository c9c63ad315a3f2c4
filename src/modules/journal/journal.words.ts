import type { Locale } from '../../core/i18n.ts';
import { bookingEvents } from '../sheets/index.ts';
import { journalMessages } from './journal.messages.ts';

/** What a kind of the journal says happened, in plain words; a booking's are those of its sheet. */
export function wordsOf(locale: Locale, kind: string): string {
  const { kinds, other } = journalMessages[locale];
  const known: Record<string, string> = { ...bookingEvents(locale), ...kinds };
  return Object.hasOwn(known, kind) ? known[kind]! : other;
}
