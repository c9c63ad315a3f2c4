import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Saying, Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

const when = (p: Params, s: Saying): string =>
  p.start instanceof Date ? formatter(s.locale, s.timeZone).dayTime(p.start) : '';

/** Why an answer is not taken. */
export const feedbackSentences: Record<Locale, Sentences> = {
  fr: {
    'feedback.not_there': () => 'Cette inscription n’est plus en cours : il n’y a rien à en dire.',
    'feedback.not_yet': (p, s) => `La séance commence ${when(p, s)} : dites-nous ensuite si elle vous a été utile.`,
    'feedback.kept': () => 'Votre réponse date de plus d’un jour : elle ne change plus. Merci encore.',
    'feedback.over': () => 'Cette séance est passée depuis plus de 60 jours. Parlez-en plutôt à l’équipe.',
  },
  nl: {
    'feedback.not_there': () => 'Deze inschrijving loopt niet meer: er valt niets over te zeggen.',
    'feedback.not_yet': (p, s) => `De sessie begint ${when(p, s)}: zeg ons daarna of ze nuttig was.`,
    'feedback.kept': () => 'Uw antwoord is meer dan een dag oud: het verandert niet meer. Nogmaals dank.',
    'feedback.over': () => 'Deze sessie is meer dan 60 dagen voorbij. Spreek er liever het team over aan.',
  },
  en: {
    'feedback.not_there': () => 'This registration no longer holds: there is nothing to say of it.',
    'feedback.not_yet': (p, s) => `The session begins on ${when(p, s)}: tell us afterwards whether it was useful.`,
    'feedback.kept': () => 'Your answer is more than a day old: it no longer changes. Thank you again.',
    'feedback.over': () => 'This session was over 60 days ago. Rather talk to the team about it.',
  },
};
