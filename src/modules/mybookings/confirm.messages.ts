import { defineMessages } from '../../core/i18n.ts';

/** The words of confirming a booking by mail, of the permanent address, and of refusals of this module. */
export const confirmMessages = defineMessages({
  fr: {
    confirm: 'Confirmer ma réservation',
    until: (time: string) =>
      `La place vous attend jusqu’à ${time}. Après, le code marche encore si elle est toujours libre.`,
    linkTitle: 'Confirmer votre réservation',
    linkLead: 'Un dernier geste et c’est réservé.',
    linkGoneText:
      'Il n’est peut-être pas complet\u00a0: copiez-le en entier depuis le mail. Sinon, cherchez une place à nouveau.',
    see: 'Voir la réservation',
    startAgain: 'Trouver une place',
    scanTitle: 'Ceci est le code d’une réservation',
    scanOwn:
      'C’est la vôtre\u00a0? Ouvrez le lien du mail de réservation, ou connectez-vous\u00a0: vous pourrez signaler votre arrivée.',
    scanTeam: 'À l’accueil, montrez ce code\u00a0: l’équipe note votre arrivée.',
    signIn: 'Se connecter',
  },
  nl: {
    confirm: 'Mijn reservatie bevestigen',
    until: (time: string) => `De plaats wacht op u tot ${time}. Daarna werkt de code nog als ze nog vrij is.`,
    linkTitle: 'Uw reservatie bevestigen',
    linkLead: 'Nog één klik en het is gereserveerd.',
    linkGoneText: 'Misschien is hij niet volledig: kopieer hem helemaal uit de e-mail. Zoek anders opnieuw een plaats.',
    see: 'De reservatie bekijken',
    startAgain: 'Een plaats vinden',
    scanTitle: 'Dit is de code van een reservatie',
    scanOwn: 'Is ze van u? Open de link in de e-mail van de reservatie, of meld u aan: dan kunt u uw aankomst melden.',
    scanTeam: 'Toon deze code aan het onthaal: het team noteert uw aankomst.',
    signIn: 'Aanmelden',
  },
  en: {
    confirm: 'Confirm my booking',
    until: (time: string) =>
      `The place waits for you until ${time}. After that, the code still works if it is still free.`,
    linkTitle: 'Confirm your booking',
    linkLead: 'One last tap and it is booked.',
    linkGoneText: 'It may not be complete: copy all of it from the e-mail. Otherwise, look for a place again.',
    see: 'See the booking',
    startAgain: 'Find a place',
    scanTitle: 'This is the code of a booking',
    scanOwn: 'Is it yours? Open the link in the booking’s e-mail, or sign in: you can then say that you have arrived.',
    scanTeam: 'Show this code at the desk: the team notes your arrival.',
    signIn: 'Sign in',
  },
});
