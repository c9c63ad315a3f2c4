import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** Refusals of the pages themselves; those of the commands are booking's. */
export const reservationsSentences: Record<Locale, Sentences> = {
  fr: {
    'reservations.no_time': () => 'Choisissez d’abord un lieu, un jour et une heure.',
    'reservations.no_date': () => 'Choisissez au moins une date.',
    'reservations.next.find': () => 'Trouver une place',
  },
  nl: {
    'reservations.no_time': () => 'Kies eerst een plaats, een dag en een uur.',
    'reservations.no_date': () => 'Kies minstens één datum.',
    'reservations.next.find': () => 'Een plaats vinden',
  },
  en: {
    'reservations.no_time': () => 'Choose a place, a day and a time first.',
    'reservations.no_date': () => 'Choose at least one date.',
    'reservations.next.find': () => 'Find a place',
  },
};
