import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** Why what belongs to a person is not changed. */
export const privacySentences: Record<Locale, Sentences> = {
  fr: {
    'person.merge_same': () => 'Choisissez deux fiches différentes.',
    'person.merge_chain': () =>
      'La fiche à mettre de côté en contient déjà une autre. Gardez celle-là, ou séparez d’abord ce qu’elle contient.',
  },
  nl: {
    'person.merge_same': () => 'Kies twee verschillende fiches.',
    'person.merge_chain': () =>
      'De fiche die opzij gaat bevat er al een andere. Houd die, of scheid eerst wat ze bevat.',
  },
  en: {
    'person.merge_same': () => 'Choose two different records.',
    'person.merge_chain': () =>
      'The record to put aside already holds another. Keep that one, or first part what it holds.',
  },
};
