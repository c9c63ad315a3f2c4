import type { Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';

const left = (params: Record<string, unknown>): number => Number(params.left);

/** The refusals of signing in and of the account page. */
export const accountSentences: Record<Locale, Sentences> = {
  fr: {
    'sign_in.wrong_code': (p) =>
      `Ce n’est pas le code que nous vous avons envoyé. ${left(p) === 1 ? 'Il vous reste 1 essai.' : `Il vous reste ${left(p)} essais.`}`,
    'sign_in.code_gone': () =>
      'Ce code ne sert plus : il a déjà servi, il a plus de 15 minutes, ou il y a eu trop d’essais.',
    'sign_in.link_gone': () => 'Ce lien ne sert plus : il a déjà servi, ou il a plus de 15 minutes.',
    'sign_in.disabled': () => 'Ce compte est fermé. Appelez-nous pour le rouvrir.',
    'next.sign_in': () => 'Recevoir un nouveau code',
    'token.too_many': (p) => `Vous avez déjà ${p.max} clés. Supprimez celles qui ne servent plus.`,
    'pin.weak': () =>
      'Ce code est trop facile à deviner. Choisissez six chiffres qui ne se suivent pas et ne se répètent pas.',
    'pin.wrong': (p) =>
      `Ce n’est pas votre code. ${left(p) === 1 ? 'Il vous reste 1 essai.' : `Il vous reste ${left(p)} essais.`}`,
    'pin.locked': () =>
      'Ce code est bloqué. Choisissez-en un nouveau sur la page de votre compte, depuis votre propre appareil.',
    'organisation.registration_length': () => 'Un SIRET a 14 chiffres. Sans SIRET, laissez ce champ vide.',
    'organisation.registration_key': () =>
      'Ce SIRET contient une erreur : relisez-le. Sans SIRET, laissez ce champ vide.',
  },
  nl: {
    'sign_in.wrong_code': (p) =>
      `Dit is niet de code die we u gestuurd hebben. ${left(p) === 1 ? 'U hebt nog 1 poging.' : `U hebt nog ${left(p)} pogingen.`}`,
    'sign_in.code_gone': () =>
      'Deze code werkt niet meer: ze is al gebruikt, ouder dan 15 minuten, of te vaak verkeerd ingevuld.',
    'sign_in.link_gone': () => 'Deze link werkt niet meer: hij is al gebruikt, of ouder dan 15 minuten.',
    'sign_in.disabled': () => 'Dit account is gesloten. Bel ons om het opnieuw te openen.',
    'next.sign_in': () => 'Een nieuwe code ontvangen',
    'token.too_many': (p) => `U hebt al ${p.max} sleutels. Verwijder de sleutels die u niet meer gebruikt.`,
    'pin.weak': () =>
      'Deze code is te gemakkelijk te raden. Kies zes cijfers die niet opeenvolgen en zich niet herhalen.',
    'pin.wrong': (p) =>
      `Dit is niet uw code. ${left(p) === 1 ? 'U hebt nog 1 poging.' : `U hebt nog ${left(p)} pogingen.`}`,
    'pin.locked': () => 'Deze code is geblokkeerd. Kies een nieuwe op de pagina van uw account, op uw eigen toestel.',
    'organisation.registration_length': () =>
      'Een SIRET-nummer heeft 14 cijfers. Hebt u er geen, laat dit veld dan leeg.',
    'organisation.registration_key': () =>
      'Er zit een fout in dit SIRET-nummer: lees het na. Hebt u er geen, laat dit veld dan leeg.',
  },
  en: {
    'sign_in.wrong_code': (p) =>
      `This is not the code we sent you. ${left(p) === 1 ? 'You have 1 try left.' : `You have ${left(p)} tries left.`}`,
    'sign_in.code_gone': () =>
      'This code no longer works: it was used, is over 15 minutes old, or was mistyped too often.',
    'sign_in.link_gone': () => 'This link no longer works: it was used, or is over 15 minutes old.',
    'sign_in.disabled': () => 'This account is closed. Call us to open it again.',
    'next.sign_in': () => 'Get a new code',
    'token.too_many': (p) => `You already have ${p.max} keys. Delete those you no longer use.`,
    'pin.weak': () => 'This code is too easy to guess. Choose six digits that neither follow nor repeat one another.',
    'pin.wrong': (p) =>
      `This is not your code. ${left(p) === 1 ? 'You have 1 try left.' : `You have ${left(p)} tries left.`}`,
    'pin.locked': () => 'This code is locked. Choose a new one on your account page, from your own device.',
    'organisation.registration_length': () => 'A SIRET has 14 digits. If you have none, leave this field empty.',
    'organisation.registration_key': () =>
      'There is a mistake in this SIRET: check it. If you have none, leave this field empty.',
  },
};
