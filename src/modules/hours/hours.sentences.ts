import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

const weekdays = {
  fr: ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'],
  nl: ['Maandag', 'Dinsdag', 'Woensdag', 'Donderdag', 'Vrijdag', 'Zaterdag', 'Zondag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const weekday = (params: Params, locale: Locale): string => weekdays[locale][Number(params.weekday) - 1] ?? '';

/** Why hours are refused. */
export const hoursSentences: Record<Locale, Sentences> = {
  fr: {
    'hours.overlap': (p) => `${weekday(p, 'fr')}\u00a0: deux ouvertures se chevauchent.`,
    'hours.missing': () => 'Indiquez l’heure de début et l’heure de fin.',
  },
  nl: {
    'hours.overlap': (p) => `${weekday(p, 'nl')}: twee openingen overlappen elkaar.`,
    'hours.missing': () => 'Vul het begin- en einduur in.',
  },
  en: {
    'hours.overlap': (p) => `${weekday(p, 'en')}: two openings overlap.`,
    'hours.missing': () => 'Enter the start and the end.',
  },
};
