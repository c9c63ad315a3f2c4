import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** Why what belongs to a person is not changed. */
export const privacySentences: Record<Locale, Sentences> = {
  fr: {
    'person.merge_same': () => 'Choisissez deux fiches différentes.',
  },
  nl: {
    'person.merge_same': () => 'Kies twee verschillende fiches.',
  },
  en: {
    'person.merge_same': () => 'Choose two different records.',
  },
};
