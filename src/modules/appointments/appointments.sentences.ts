import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

const long = (locale: Locale, p: Params): string => formatter(locale, 'UTC').duration(Number(p.minutes));

/** Why an appointment cannot be had, and what to do. */
export const appointmentsSentences: Record<Locale, Sentences> = {
  fr: {
    'appointment.taken': () => 'Cette heure vient d’être prise. Choisissez-en une autre.',
    'appointment.past': () => 'Cette heure est passée. Choisissez-en une autre.',
    'appointment.too_soon': (p) => `Ce rendez-vous se prend au moins ${long('fr', p)} à l’avance.`,
    'appointment.too_far': (p) => `Ce rendez-vous se prend au plus ${p.days} jours à l’avance.`,
    'appointment.too_many': (p) =>
      Number(p.most) > 1
        ? `Vous pouvez venir à ${p.most} au plus à ce rendez-vous.`
        : 'On vient seul à ce rendez-vous : appelez-nous si vous devez être accompagné.',
    'appointment.who': () => 'Ce rendez-vous est réservé aux membres, ou se prend avec l’équipe.',
    'appointment.enough': (p) => `Vous avez déjà ${p.most} rendez-vous à venir pour cela : venez d’abord à ceux-là.`,
    'appointment.cancelled': () => 'Ce rendez-vous est annulé.',
    'appointment.over': () => 'Ce rendez-vous est passé.',
    'appointment.reason': () => 'Ce sujet de rendez-vous n’existe pas, ou ne vous est pas ouvert.',
    'appointment.next.choose': () => 'Voir les heures libres',
    'appointment.next.sign_in': () => 'Me connecter',
  },
  nl: {
    'appointment.taken': () => 'Dit uur is net ingenomen. Kies een ander.',
    'appointment.past': () => 'Dit uur is voorbij. Kies een ander.',
    'appointment.too_soon': (p) => `Deze afspraak maakt u minstens ${long('nl', p)} vooraf.`,
    'appointment.too_far': (p) => `Deze afspraak maakt u hoogstens ${p.days} dagen vooraf.`,
    'appointment.too_many': (p) =>
      Number(p.most) > 1
        ? `U kunt met hoogstens ${p.most} naar deze afspraak komen.`
        : 'Naar deze afspraak komt men alleen: bel ons als u begeleid moet worden.',
    'appointment.who': () => 'Deze afspraak is voor leden, of maakt u met het team.',
    'appointment.enough': (p) => `U hebt hiervoor al ${p.most} afspraken: kom eerst naar die afspraken.`,
    'appointment.cancelled': () => 'Deze afspraak is geannuleerd.',
    'appointment.over': () => 'Deze afspraak is voorbij.',
    'appointment.reason': () => 'Dit onderwerp bestaat niet, of staat niet open voor u.',
    'appointment.next.choose': () => 'De vrije uren bekijken',
    'appointment.next.sign_in': () => 'Aanmelden',
  },
  en: {
    'appointment.taken': () => 'This time has just been taken. Choose another one.',
    'appointment.past': () => 'This time is over. Choose another one.',
    'appointment.too_soon': (p) => `This appointment is made at least ${long('en', p)} ahead.`,
    'appointment.too_far': (p) => `This appointment is made at most ${p.days} days ahead.`,
    'appointment.too_many': (p) =>
      Number(p.most) > 1
        ? `At most ${p.most} of you can come to this appointment.`
        : 'One comes alone to this appointment: call us if somebody must come with you.',
    'appointment.who': () => 'This appointment is for members, or is made with the team.',
    'appointment.enough': (p) => `You already have ${p.most} appointments for this: come to those first.`,
    'appointment.cancelled': () => 'This appointment is cancelled.',
    'appointment.over': () => 'This appointment is over.',
    'appointment.reason': () => 'This subject of appointments does not exist, or is not open to you.',
    'appointment.next.choose': () => 'See the free times',
    'appointment.next.sign_in': () => 'Sign in',
  },
};
