import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

/** How many to write to and to call; what is for nobody is left out. */
const both = ({ mail, call }: Params, write: string, ring: string): string =>
  [Number(mail) && `${mail} ${write}`, Number(call) && `${call} ${ring}`].filter(Boolean).join(', ');
const several = (params: Params): boolean => Number(params.bookings) > 1;

/** Why a stop is refused. */
export const tourSentences: Record<Locale, Sentences> = {
  fr: {
    'tour.road': (p, { timeZone }) =>
      `Le bus est ailleurs ${formatter('fr', timeZone).day(p.at as Date)}, ${p.hours} : il lui faut ${p.needed} minutes de route et d’installation, il en a ${p.left}. Changez l’heure, ou dites que vous y arriverez.`,
    'tour.only_holidays': () => 'Ce jour est férié : choisissez-en un autre, ou gardez les jours fériés.',
    'tour.sessions': (p) =>
      Number(p.sessions) > 1
        ? `${p.sessions} séances ont lieu à cet arrêt (${p.references}). Déplacez-les d’abord.`
        : `Une séance a lieu à cet arrêt (${p.references}). Déplacez-la d’abord.`,
    'tour.others': (p) =>
      `D’autres personnes ou séances comptent maintenant sur cet arrêt (${p.people} inscriptions et réservations en tout). Relisez la liste, puis recommencez.`,
    'tour.place': (p) =>
      `Des personnes comptent sur cet arrêt et iraient à l’ancienne place : ${both(p, 'à prévenir par mail', 'à appeler')}. Cochez « Les prévenir du changement de place », puis enregistrez.`,
    'tour.meets': (p, { timeZone }) =>
      `Le bus est déjà ailleurs à ce moment-là\u00a0: ${formatter('fr', timeZone).dayTime(p.at as Date)}.`,
    'tour.booked': (p) =>
      several(p)
        ? `${p.bookings} réservations comptent sur cet arrêt (${p.references}). Déplacez-les ou annulez-les d’abord\u00a0: chaque personne est alors prévenue.`
        : `Une réservation compte sur cet arrêt (${p.references}). Déplacez-la ou annulez-la d’abord\u00a0: la personne est alors prévenue.`,
  },
  nl: {
    'tour.road': (p, { timeZone }) =>
      `De bus is elders op ${formatter('nl', timeZone).day(p.at as Date)}, ${p.hours}: hij heeft ${p.needed} minuten nodig om te rijden en op te stellen, en krijgt er ${p.left}. Wijzig het uur, of zeg dat het toch lukt.`,
    'tour.only_holidays': () => 'Die dag is een feestdag: kies een andere, of behoud de feestdagen.',
    'tour.sessions': (p) =>
      Number(p.sessions) > 1
        ? `${p.sessions} sessies vinden plaats bij deze halte (${p.references}). Verplaats ze eerst.`
        : `Eén sessie vindt plaats bij deze halte (${p.references}). Verplaats ze eerst.`,
    'tour.others': (p) =>
      `Er rekenen nu andere mensen of sessies op deze halte (${p.people} inschrijvingen en reservaties in totaal). Lees de lijst opnieuw en probeer nog eens.`,
    'tour.place': (p) =>
      `Er rekenen mensen op deze halte, die naar de vorige plaats zouden gaan: ${both(p, 'per e-mail te verwittigen', 'te bellen')}. Vink “Hen verwittigen van de andere plaats” aan en sla op.`,
    'tour.meets': (p, { timeZone }) =>
      `De bus is op dat moment al elders: ${formatter('nl', timeZone).dayTime(p.at as Date)}.`,
    'tour.booked': (p) =>
      several(p)
        ? `${p.bookings} reservaties rekenen op deze halte (${p.references}). Verplaats of annuleer ze eerst: iedereen wordt dan verwittigd.`
        : `Eén reservatie rekent op deze halte (${p.references}). Verplaats of annuleer ze eerst: de persoon wordt dan verwittigd.`,
  },
  en: {
    'tour.road': (p, { timeZone }) =>
      `The bus is elsewhere on ${formatter('en', timeZone).day(p.at as Date)}, ${p.hours}: it needs ${p.needed} minutes to drive and set up, and has ${p.left}. Change the time, or say that it will manage.`,
    'tour.only_holidays': () => 'That day is a public holiday: choose another, or keep the holidays.',
    'tour.sessions': (p) =>
      Number(p.sessions) > 1
        ? `${p.sessions} sessions take place at this stop (${p.references}). Move them first.`
        : `One session takes place at this stop (${p.references}). Move it first.`,
    'tour.others': (p) =>
      `Other people or sessions count on this stop now (${p.people} registrations and bookings in all). Read the list again, then start over.`,
    'tour.place': (p) =>
      `People count on this stop and would go to the former place: ${both(p, 'to tell by e-mail', 'to call')}. Tick “Tell them about the change of place”, then save.`,
    'tour.meets': (p, { timeZone }) =>
      `The bus is already elsewhere at that time: ${formatter('en', timeZone).dayTime(p.at as Date)}.`,
    'tour.booked': (p) =>
      several(p)
        ? `${p.bookings} bookings count on this stop (${p.references}). Move or cancel them first: each person is then told.`
        : `One booking counts on this stop (${p.references}). Move or cancel it first: the person is then told.`,
  },
};
