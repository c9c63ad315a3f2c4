import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** Why what a phone wrote down is not simply done. */
export const fieldSentences: Record<Locale, Sentences> = {
  fr: {
    'field.somebody_else': () =>
      'Ces gestes ont été notés par quelqu’un d’autre : cette personne doit se connecter ici pour les envoyer.',
    'field.malformed': () => 'Ce geste est arrivé abîmé : notez-le de nouveau.',
    'field.other_entry': () => 'Un autre geste porte déjà ce numéro : celui-ci n’a pas été gardé.',
    'field.already_present': () => 'Quelqu’un d’autre a noté que cette personne était là.',
    'field.already_absent': () => 'Quelqu’un d’autre a noté que cette personne n’est pas venue.',
    'field.already_excused': () => 'Quelqu’un d’autre a noté que cette personne était excusée.',
  },
  nl: {
    'field.somebody_else': () =>
      'Dit is door iemand anders genoteerd: die persoon moet zich hier aanmelden om het te versturen.',
    'field.malformed': () => 'Dit is beschadigd aangekomen: noteer het opnieuw.',
    'field.other_entry': () => 'Iets anders draagt dit nummer al: dit is niet bewaard.',
    'field.already_present': () => 'Iemand anders noteerde dat deze persoon er was.',
    'field.already_absent': () => 'Iemand anders noteerde dat deze persoon niet kwam.',
    'field.already_excused': () => 'Iemand anders noteerde dat deze persoon verontschuldigd was.',
  },
  en: {
    'field.somebody_else': () => 'Somebody else noted this: they must sign in here to send it.',
    'field.malformed': () => 'This arrived damaged: note it again.',
    'field.other_entry': () => 'Something else bears this number already: this was not kept.',
    'field.already_present': () => 'Somebody else noted that this person was there.',
    'field.already_absent': () => 'Somebody else noted that this person did not come.',
    'field.already_excused': () => 'Somebody else noted that this person was excused.',
  },
};
