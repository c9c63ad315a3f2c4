import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** Why any page of the administration refuses something. */
export const setupSentences: Record<Locale, Sentences> = {
  fr: {
    'setup.same_name': () =>
      'Ce nom vient d’être donné par quelqu’un d’autre. Recommencez, ou choisissez un autre nom.',
    'setup.commune_unknown': (p) =>
      `Aucune commune ne s’appelle «\u00a0${p.name}\u00a0». Vérifiez l’orthographe\u00a0; l’administration du territoire peut l’ajouter sous Gestion, Communes.`,
    'setup.commune_several': () => 'Plusieurs communes portent ce nom\u00a0: choisissez la bonne.',
    'setup.day_past': () => 'Ce jour est déjà passé.',
  },
  nl: {
    'setup.same_name': () => 'Iemand anders heeft net deze naam gegeven. Probeer opnieuw, of kies een andere naam.',
    'setup.commune_unknown': (p) =>
      `Geen gemeente heet “${p.name}”. Kijk de spelling na; het beheer van de streek kan ze toevoegen onder Beheer, Gemeenten.`,
    'setup.commune_several': () => 'Meerdere gemeenten dragen deze naam: kies de juiste.',
    'setup.day_past': () => 'Die dag is al voorbij.',
  },
  en: {
    'setup.same_name': () => 'Somebody else has just given this name. Try again, or choose another name.',
    'setup.commune_unknown': (p) =>
      `No town is called “${p.name}”. Check the spelling; the territory’s administrators can add it under Manage, Towns.`,
    'setup.commune_several': () => 'Several towns bear this name: choose the right one.',
    'setup.day_past': () => 'That day is already over.',
  },
};
