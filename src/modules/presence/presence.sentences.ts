import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

/** Why a presence or an absence is refused. */
export const presenceSentences: Record<Locale, Sentences> = {
  fr: {
    'presence.order': () => 'La fin vient avant le début.',
    'presence.long': () => 'C’est plus d’un an : choisissez des dates plus proches.',
    'presence.past': () => 'C’est déjà passé : choisissez des dates à venir.',
    'presence.no_day': (p) => `Ligne ${p.line} : aucun jour ouvert ne tombe dans ces dates.`,
    'presence.elsewhere': (p, { timeZone }) =>
      `Cette personne est déjà annoncée ailleurs à la même heure : ${formatter('fr', timeZone).dayTime(p.start as Date)}.`,
  },
  nl: {
    'presence.order': () => 'Het einde komt voor het begin.',
    'presence.long': () => 'Dat is meer dan een jaar: kies dichtere data.',
    'presence.past': () => 'Dat is al voorbij: kies data die nog komen.',
    'presence.no_day': (p) => `Regel ${p.line}: geen enkele open dag valt in die periode.`,
    'presence.elsewhere': (p, { timeZone }) =>
      `Deze persoon is op hetzelfde uur al elders aangekondigd: ${formatter('nl', timeZone).dayTime(p.start as Date)}.`,
  },
  en: {
    'presence.order': () => 'The end comes before the beginning.',
    'presence.long': () => 'That is more than a year: choose closer dates.',
    'presence.past': () => 'That is already over: choose dates to come.',
    'presence.no_day': (p) => `Line ${p.line}: no open day falls within these dates.`,
    'presence.elsewhere': (p, { timeZone }) =>
      `This person is already announced elsewhere at the same hour: ${formatter('en', timeZone).dayTime(p.start as Date)}.`,
  },
};
