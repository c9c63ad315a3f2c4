import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

const several = (params: Params): boolean => Number(params.bookings) > 1;

/** Why a stop is refused. */
export const tourSentences: Record<Locale, Sentences> = {
  fr: {
    'tour.meets': (p, { timeZone }) =>
      `Le bus est déjà ailleurs à ce moment-là\u00a0: ${formatter('fr', timeZone).dayTime(p.at as Date)}.`,
    'tour.booked': (p) =>
      several(p)
        ? `${p.bookings} réservations comptent sur cette étape (${p.references}). Déplacez-les ou annulez-les d’abord\u00a0: chaque personne est alors prévenue.`
        : `Une réservation compte sur cette étape (${p.references}). Déplacez-la ou annulez-la d’abord\u00a0: la personne est alors prévenue.`,
  },
  nl: {
    'tour.meets': (p, { timeZone }) =>
      `De bus is op dat moment al elders: ${formatter('nl', timeZone).dayTime(p.at as Date)}.`,
    'tour.booked': (p) =>
      several(p)
        ? `${p.bookings} reservaties rekenen op deze halte (${p.references}). Verplaats of annuleer ze eerst: iedereen wordt dan verwittigd.`
        : `Eén reservatie rekent op deze halte (${p.references}). Verplaats of annuleer ze eerst: de persoon wordt dan verwittigd.`,
  },
  en: {
    'tour.meets': (p, { timeZone }) =>
      `The bus is already elsewhere at that time: ${formatter('en', timeZone).dayTime(p.at as Date)}.`,
    'tour.booked': (p) =>
      several(p)
        ? `${p.bookings} bookings count on this stop (${p.references}). Move or cancel them first: each person is then told.`
        : `One booking counts on this stop (${p.references}). Move or cancel it first: the person is then told.`,
  },
};
