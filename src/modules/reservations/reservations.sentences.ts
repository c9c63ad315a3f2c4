import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** Refusals of the pages themselves; those of the commands are booking's. */
export const reservationsSentences: Record<Locale, Sentences> = {
  fr: {
    'reservations.no_time': () => 'Choisissez d’abord un lieu, un jour et une heure.',
    'reservations.no_date': () => 'Choisissez au moins une date.',
    'reservations.next.find': () => 'Trouver une place',
    'reservations.if_match': () => 'L’en-tête If-Match doit porter la version lue, par exemple "3".',
  },
  nl: {
    'reservations.no_time': () => 'Kies eerst een plaats, een dag en een uur.',
    'reservations.no_date': () => 'Kies minstens één datum.',
    'reservations.next.find': () => 'Een plaats vinden',
    'reservations.if_match': () => 'De header If-Match moet de gelezen versie bevatten, bijvoorbeeld "3".',
  },
  en: {
    'reservations.no_time': () => 'Choose a place, a day and a time first.',
    'reservations.no_date': () => 'Choose at least one date.',
    'reservations.next.find': () => 'Find a place',
    'reservations.if_match': () => 'The If-Match header must carry the version you read, for example "3".',
  },
};
