import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

/** The refusals of the waiting step. */
export const waitingSentences: Record<Locale, Sentences> = {
  fr: {
    'wish.past': () => 'Ce jour est passé. Choisissez-en un autre.',
    'wish.too_far': (p) => `Ce jour est trop loin : ${p.days} jours au plus.`,
    'wish.too_many': (p) =>
      `Vous attendez déjà ${p.max} places. Arrêtez une de vos demandes, sur la page de votre compte ou par le lien de son mail.`,
    'wish.link_gone': () => 'Ce lien ne sert plus : il a plus d’un jour, ou la demande a été effacée.',
    'wish.gone': () => 'Cette demande n’existe plus.',
    'wish.next.find': () => 'Chercher une place',
    'wish.next.mine': () => 'Voir mes demandes',
  },
  nl: {
    'wish.past': () => 'Deze dag is voorbij. Kies een andere.',
    'wish.too_far': (p) => `Deze dag is te ver weg: hoogstens ${p.days} dagen.`,
    'wish.too_many': (p) =>
      `U wacht al op ${p.max} plaatsen. Zet een van uw vragen stop, op de pagina van uw account of met de link in de mail.`,
    'wish.link_gone': () => 'Deze link werkt niet meer: hij is ouder dan een dag, of de vraag is gewist.',
    'wish.gone': () => 'Deze vraag bestaat niet meer.',
    'wish.next.find': () => 'Een plaats zoeken',
    'wish.next.mine': () => 'Mijn vragen bekijken',
  },
  en: {
    'wish.past': () => 'This day is over. Choose another one.',
    'wish.too_far': (p) => `This day is too far away: ${p.days} days at most.`,
    'wish.too_many': (p) =>
      `You are already waiting for ${p.max} places. Stop one of your requests, on your account page or with the link of its e-mail.`,
    'wish.link_gone': () => 'This link no longer works: it is over a day old, or the request was erased.',
    'wish.gone': () => 'This request no longer exists.',
    'wish.next.find': () => 'Look for a place',
    'wish.next.mine': () => 'See my requests',
  },
};
