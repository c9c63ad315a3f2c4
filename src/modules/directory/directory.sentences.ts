import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** Why a person's record is not changed. */
export const directorySentences: Record<Locale, Sentences> = {
  fr: {
    'directory.email_taken': () =>
      'Une autre fiche a déjà cette adresse. Si c’est la même personne, réunissez les deux fiches, plus bas sur cette page.',
    'directory.email_needed': () =>
      'Cette personne entre sur le site avec son adresse e-mail : remplacez-la, sans la laisser vide.',
  },
  nl: {
    'directory.email_taken': () =>
      'Een andere fiche heeft dit adres al. Is het dezelfde persoon, voeg de twee fiches dan samen, onderaan deze pagina.',
    'directory.email_needed': () =>
      'Deze persoon meldt zich aan met dit e-mailadres: vervang het, maar laat het niet leeg.',
  },
  en: {
    'directory.email_taken': () =>
      'Another record already has this address. If it is the same person, join the two records, further down this page.',
    'directory.email_needed': () =>
      'This person signs in with their e-mail address: replace it rather than leaving it empty.',
  },
};
