import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Saying, Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

const nb = '\u00a0';
const write = (saying: Saying) => formatter(saying.locale, saying.timeZone);
const count = (value: Params[string]): number => Number(value ?? 0);

/** "lundi 23 novembre, 9 h – 11 h", or nothing where the time is not known. */
function when(start: Params[string], end: Params[string], saying: Saying): string {
  if (!(start instanceof Date)) return '';
  const say = write(saying);
  return end instanceof Date ? `${say.day(start)}, ${say.range(start, end)}` : say.dayTime(start);
}

const length = (params: Params, saying: Saying): string => write(saying).duration(count(params.minutes));
const moment = (at: Params[string], saying: Saying): string => (at instanceof Date ? write(saying).dayTime(at) : '');
const date = (at: Params[string], saying: Saying): string => (at instanceof Date ? write(saying).day(at) : '');

/** " (Salle Aa)", or nothing where it goes without saying. */
const named = (thing: Params[string]): string => (thing ? ` (${thing})` : '');

type Code = keyof typeof fr;

const fr = {
  'booking.unknown': () => 'Ce lieu ou cette machine n’existe pas.',
  'booking.archived': () => 'On ne peut plus réserver ici.',
  'booking.thing_taken': (p: Params, s: Saying) => `Déjà pris${named(p.thing)}${nb}: ${when(p.start, p.end, s)}.`,
  'booking.thing_archived': (p: Params) => `On ne s’en sert plus${named(p.thing)}.`,
  'booking.thing_closed': (p: Params, s: Saying) =>
    `Fermé à ce moment${named(p.thing)}${nb}: ${when(p.start, p.end, s)}.`,
  'booking.thing_small': (p: Params) => `Trop petit${named(p.thing)}${nb}: ${count(p.most)}${nb}places seulement.`,
  'booking.order': () => `La fin doit venir après le début${nb}: vérifiez le jour et les heures.`,
  'booking.past': () => 'Ce moment est déjà passé.',
  'booking.notice': (p: Params, s: Saying) =>
    `Il faut réserver au moins ${length(p, s)} à l’avance${nb}: au plus tôt ${moment(p.earliest, s)}.`,
  'booking.horizon': (p: Params, s: Saying) =>
    `C’est trop loin${nb}: on réserve jusqu’à ${count(p.days)}${nb}jours à l’avance, donc jusqu’au ${date(p.last, s)}.`,
  'booking.too_short': (p: Params, s: Saying) => `C’est trop court${nb}: on réserve au moins ${length(p, s)}.`,
  'booking.too_long': (p: Params, s: Saying) => `C’est trop long${nb}: on réserve ${length(p, s)} au plus.`,
  'booking.closed': (p: Params, s: Saying) =>
    p.opens
      ? `C’est fermé à ce moment. Prochaine ouverture${nb}: ${when(p.opens, p.closes, s)}.`
      : 'C’est fermé à ce moment.',
  'booking.step': (p: Params, s: Saying) =>
    `On réserve par tranches de ${length(p, s)}${nb}: par exemple à partir de ${p.nearest instanceof Date ? write(s).time(p.nearest) : ''}.`,
  'booking.capacity': (p: Params) =>
    `C’est trop petit pour ${count(p.people)}${nb}personnes${nb}: il y a ${count(p.most)}${nb}place${count(p.most) > 1 ? 's' : ''}.`,
  'booking.who_team': () => `L’équipe réserve ce lieu elle-même${nb}: demandez-lui.`,
  'booking.who_member': () =>
    `C’est réservé aux membres${nb}: connectez-vous, ou demandez à l’équipe comment le devenir.`,
  'booking.who_group': () =>
    `C’est réservé à un groupe${nb}: connectez-vous si vous en faites partie, ou demandez à l’équipe.`,
  'booking.person_at_once': (p: Params) =>
    `Vous avez déjà ${count(p.most)}${nb}réservation${count(p.most) > 1 ? 's' : ''} à venir, le plus qu’on puisse avoir ici. Rendez-en une pour réserver.`,
  'booking.person_window': (p: Params, s: Saying) =>
    `Cela ferait plus de ${length(p, s)} en ${count(p.days)}${nb}jours, le plus qu’on puisse avoir ici.`,
  'booking.own_overlap': (p: Params, s: Saying) =>
    `Vous avez déjà une réservation à ce moment${nb}: ${when(p.start, p.end, s)}.`,
  'booking.organisation_at_once': (p: Params) =>
    `Votre organisation a déjà ${count(p.most)}${nb}réservation${count(p.most) > 1 ? 's' : ''} à venir, le plus qu’on puisse avoir ici.`,
  'booking.organisation_window': (p: Params, s: Saying) =>
    `Pour votre organisation, cela ferait plus de ${length(p, s)} en ${count(p.days)}${nb}jours, le plus qu’on puisse avoir ici.`,
  'booking.unconfirmed': () =>
    'Deux réservations attendent déjà le code envoyé à cette adresse. Ouvrez ces mails et confirmez-les d’abord.',
  'booking.too_many_things': (p: Params) =>
    `Sans compte, on réserve ${count(p.most)}${nb}choses au plus à la fois${nb}: connectez-vous pour en réserver davantage.`,
  'booking.taken': (p: Params, s: Saying) =>
    p.start ? `C’est déjà pris${nb}: ${when(p.start, p.end, s)}.` : 'C’est déjà pris à ce moment.',
  'booking.deadline': (p: Params, s: Saying) =>
    `On ne peut plus changer ni rendre cette réservation depuis ${moment(p.deadline, s)}. L’équipe peut encore vous aider.`,
  'booking.reason_needed': () => `Dites pourquoi${nb}: la personne le lira.`,
  'booking.over': () => `Cette réservation est terminée${nb}: on ne peut plus la changer.`,
  'booking.begun': () => `Cette réservation a commencé${nb}: on peut seulement la prolonger ou la terminer.`,
  'booking.not_begun': () => 'Cette réservation n’a pas encore commencé.',
  'booking.too_early': (p: Params, s: Saying) =>
    `C’est trop tôt pour dire que vous êtes là${nb}: à partir de ${moment(p.opens, s)}.`,
  'booking.state_requested': () => `Cette demande attend la réponse de l’équipe.`,
  'booking.state_held': () => `Cette réservation n’est pas encore confirmée${nb}: le code est dans votre mail.`,
  'booking.state_confirmed': () => 'Cette réservation est confirmée.',
  'booking.state_checked_in': () => `La personne est déjà là${nb}: la réservation est en cours.`,
  'booking.state_cancelled': () => 'Cette réservation est annulée.',
  'booking.state_displaced': () => `Cette réservation a dû être déplacée${nb}: choisissez autre chose à la place.`,
  'booking.state_no_show': () => `Personne n’est venu${nb}: la place a été rendue.`,
  'booking.no_option': () => 'Cette option n’est plus gardée.',
  'booking.code_wrong': () => `Ce code n’est pas le bon${nb}: recopiez les six chiffres du dernier mail reçu.`,
  'booking.code_attempts': () => `Trop d’essais avec ce code${nb}: ouvrez le lien du mail, il marche encore.`,
  'booking.code_used': () => `Ce code a déjà servi${nb}: la réservation est confirmée.`,
  'booking.code_expired': () => `Ce code n’est plus valable${nb}: le moment réservé est passé.`,
  'idempotency.mismatch': () => `Cette demande a déjà été envoyée, avec un autre contenu${nb}: recommencez du début.`,
  'booking.next.week': () => 'Voir les heures libres',
  'booking.next.find': () => 'Chercher autre chose de libre',
  'booking.next.booking': () => 'Voir la réservation',
  'booking.next.sign_in': () => 'Se connecter',
  'booking.next.mine': () => 'Voir mes réservations',
  'booking.next.call': (p: Params) => `Appeler le ${p.telephone}`,
} as const satisfies Sentences;

const nl: Record<Code, Sentences[string]> = {
  'booking.unknown': () => 'Deze plek of dit toestel bestaat niet.',
  'booking.archived': () => 'Hier kan niet meer gereserveerd worden.',
  'booking.thing_taken': (p: Params, s: Saying) => `Al bezet${named(p.thing)}: ${when(p.start, p.end, s)}.`,
  'booking.thing_archived': (p: Params) => `Wordt niet meer gebruikt${named(p.thing)}.`,
  'booking.thing_closed': (p: Params, s: Saying) =>
    `Gesloten op dat moment${named(p.thing)}: ${when(p.start, p.end, s)}.`,
  'booking.thing_small': (p: Params) => `Te klein${named(p.thing)}: maar ${count(p.most)} plaatsen.`,
  'booking.order': () => 'Het einde moet na het begin komen: kijk de dag en de uren na.',
  'booking.past': () => 'Dit tijdstip is al voorbij.',
  'booking.notice': (p, s) =>
    `U moet minstens ${length(p, s)} vooraf reserveren: ten vroegste ${moment(p.earliest, s)}.`,
  'booking.horizon': (p, s) =>
    `Dat is te ver weg: u kunt tot ${count(p.days)}${nb}dagen vooraf reserveren, dus tot ${date(p.last, s)}.`,
  'booking.too_short': (p, s) => `Dat is te kort: u reserveert minstens ${length(p, s)}.`,
  'booking.too_long': (p, s) => `Dat is te lang: u reserveert hoogstens ${length(p, s)}.`,
  'booking.closed': (p, s) =>
    p.opens ? `Het is dan gesloten. Eerstvolgende opening: ${when(p.opens, p.closes, s)}.` : 'Het is dan gesloten.',
  'booking.step': (p, s) =>
    `U reserveert per ${length(p, s)}: bijvoorbeeld vanaf ${p.nearest instanceof Date ? write(s).time(p.nearest) : ''}.`,
  'booking.capacity': (p) =>
    `Te klein voor ${count(p.people)}${nb}personen: er ${count(p.most) > 1 ? `zijn ${count(p.most)}${nb}plaatsen` : `is 1${nb}plaats`}.`,
  'booking.who_team': () => 'Het team reserveert deze plek zelf: vraag het aan het team.',
  'booking.who_member': () => 'Alleen voor leden: meld u aan, of vraag het team hoe u lid wordt.',
  'booking.who_group': () => 'Alleen voor een bepaalde groep: meld u aan als u erbij hoort, of vraag het team.',
  'booking.person_at_once': (p) =>
    `U hebt al ${count(p.most)}${nb}${count(p.most) > 1 ? 'komende reservaties' : 'komende reservatie'}, meer kan hier niet. Geef er een terug om te reserveren.`,
  'booking.person_window': (p, s) =>
    `Dat zou meer dan ${length(p, s)} in ${count(p.days)}${nb}dagen zijn, meer kan hier niet.`,
  'booking.own_overlap': (p, s) => `U hebt op dat moment al een reservatie: ${when(p.start, p.end, s)}.`,
  'booking.organisation_at_once': (p) =>
    `Uw organisatie heeft al ${count(p.most)}${nb}${count(p.most) > 1 ? 'komende reservaties' : 'komende reservatie'}, meer kan hier niet.`,
  'booking.organisation_window': (p, s) =>
    `Voor uw organisatie zou dat meer dan ${length(p, s)} in ${count(p.days)}${nb}dagen zijn, meer kan hier niet.`,
  'booking.unconfirmed': () =>
    'Twee reservaties wachten al op de code die naar dit adres is gestuurd. Open die mails en bevestig ze eerst.',
  'booking.too_many_things': (p) =>
    `Zonder account reserveert u hoogstens ${count(p.most)}${nb}zaken tegelijk: meld u aan om er meer te reserveren.`,
  'booking.taken': (p, s) => (p.start ? `Al bezet: ${when(p.start, p.end, s)}.` : 'Op dat moment al bezet.'),
  'booking.deadline': (p, s) =>
    `Sinds ${moment(p.deadline, s)} kan deze reservatie niet meer gewijzigd of teruggegeven worden. Het team kan u nog helpen.`,
  'booking.reason_needed': () => 'Zeg waarom: de persoon zal het lezen.',
  'booking.over': () => 'Deze reservatie is voorbij en kan niet meer gewijzigd worden.',
  'booking.begun': () => 'Deze reservatie is begonnen: u kunt ze alleen verlengen of beëindigen.',
  'booking.not_begun': () => 'Deze reservatie is nog niet begonnen.',
  'booking.too_early': (p, s) => `Het is te vroeg om u aan te melden: dat kan vanaf ${moment(p.opens, s)}.`,
  'booking.state_requested': () => 'Deze aanvraag wacht op het antwoord van het team.',
  'booking.state_held': () => 'Deze reservatie is nog niet bevestigd: de code staat in uw mail.',
  'booking.state_confirmed': () => 'Deze reservatie is bevestigd.',
  'booking.state_checked_in': () => 'De persoon is er al: de reservatie loopt.',
  'booking.state_cancelled': () => 'Deze reservatie is geannuleerd.',
  'booking.state_displaced': () => 'Deze reservatie kon niet doorgaan: kies iets anders in de plaats.',
  'booking.state_no_show': () => 'Er is niemand gekomen: de plaats is weer vrij.',
  'booking.no_option': () => 'Deze optie wordt niet meer vastgehouden.',
  'booking.code_wrong': () => 'Deze code klopt niet: neem de zes cijfers over uit de laatste mail.',
  'booking.code_attempts': () => 'Te veel pogingen met deze code: open de link in de mail, die werkt nog.',
  'booking.code_used': () => 'Deze code is al gebruikt: de reservatie is bevestigd.',
  'booking.code_expired': () => 'Deze code is niet meer geldig: het gereserveerde tijdstip is voorbij.',
  'idempotency.mismatch': () => 'Deze aanvraag is al verstuurd, met een andere inhoud: begin opnieuw.',
  'booking.next.week': () => 'De vrije uren bekijken',
  'booking.next.find': () => 'Iets anders zoeken dat vrij is',
  'booking.next.booking': () => 'De reservatie bekijken',
  'booking.next.sign_in': () => 'Aanmelden',
  'booking.next.mine': () => 'Mijn reservaties bekijken',
  'booking.next.call': (p) => `Bel ${p.telephone}`,
};

const en: Record<Code, Sentences[string]> = {
  'booking.unknown': () => 'This place or machine does not exist.',
  'booking.archived': () => 'This can no longer be booked.',
  'booking.thing_taken': (p: Params, s: Saying) => `Already taken${named(p.thing)}: ${when(p.start, p.end, s)}.`,
  'booking.thing_archived': (p: Params) => `No longer in use${named(p.thing)}.`,
  'booking.thing_closed': (p: Params, s: Saying) => `Closed at that time${named(p.thing)}: ${when(p.start, p.end, s)}.`,
  'booking.thing_small': (p: Params) => `Too small${named(p.thing)}: only ${count(p.most)} seats.`,
  'booking.order': () => 'The end must come after the start: check the day and the times.',
  'booking.past': () => 'This time has already passed.',
  'booking.notice': (p, s) => `Book at least ${length(p, s)} ahead: ${moment(p.earliest, s)} at the earliest.`,
  'booking.horizon': (p, s) =>
    `That is too far away: book up to ${count(p.days)} days ahead, so until ${date(p.last, s)}.`,
  'booking.too_short': (p, s) => `That is too short: book at least ${length(p, s)}.`,
  'booking.too_long': (p, s) => `That is too long: book ${length(p, s)} at most.`,
  'booking.closed': (p, s) =>
    p.opens ? `It is closed then. Next opening: ${when(p.opens, p.closes, s)}.` : 'It is closed then.',
  'booking.step': (p, s) =>
    `Bookings are made in steps of ${length(p, s)}: for example from ${p.nearest instanceof Date ? write(s).time(p.nearest) : ''}.`,
  'booking.capacity': (p) =>
    `Too small for ${count(p.people)} people: there ${count(p.most) > 1 ? `are ${count(p.most)} places` : 'is 1 place'}.`,
  'booking.who_team': () => 'The team books this itself: ask them.',
  'booking.who_member': () => 'For members only: sign in, or ask the team how to become one.',
  'booking.who_group': () => 'For one group only: sign in if you belong to it, or ask the team.',
  'booking.person_at_once': (p) =>
    `You already have ${count(p.most)} coming booking${count(p.most) > 1 ? 's' : ''}, the most one may have here. Give one back to book.`,
  'booking.person_window': (p, s) =>
    `That would be more than ${length(p, s)} in ${count(p.days)} days, the most one may have here.`,
  'booking.own_overlap': (p, s) => `You already have a booking at that time: ${when(p.start, p.end, s)}.`,
  'booking.organisation_at_once': (p) =>
    `Your organisation already has ${count(p.most)} coming booking${count(p.most) > 1 ? 's' : ''}, the most one may have here.`,
  'booking.organisation_window': (p, s) =>
    `For your organisation that would be more than ${length(p, s)} in ${count(p.days)} days, the most one may have here.`,
  'booking.unconfirmed': () =>
    'Two bookings already wait for the code sent to this address. Open those mails and confirm them first.',
  'booking.too_many_things': (p) =>
    `Without an account, book ${count(p.most)} things at most at a time: sign in to book more.`,
  'booking.taken': (p, s) => (p.start ? `Already taken: ${when(p.start, p.end, s)}.` : 'Already taken at that time.'),
  'booking.deadline': (p, s) =>
    `Since ${moment(p.deadline, s)} this booking can no longer be changed or given back. The team can still help you.`,
  'booking.reason_needed': () => 'Say why: the person will read it.',
  'booking.over': () => 'This booking is over: it can no longer be changed.',
  'booking.begun': () => 'This booking has begun: it can only be made longer or ended.',
  'booking.not_begun': () => 'This booking has not begun yet.',
  'booking.too_early': (p, s) => `It is too early to say that you are there: from ${moment(p.opens, s)}.`,
  'booking.state_requested': () => 'This request waits for the team’s answer.',
  'booking.state_held': () => 'This booking is not confirmed yet: the code is in your mail.',
  'booking.state_confirmed': () => 'This booking is confirmed.',
  'booking.state_checked_in': () => 'The person is already there: the booking is under way.',
  'booking.state_cancelled': () => 'This booking is cancelled.',
  'booking.state_displaced': () => 'This booking could not be kept: choose something else instead.',
  'booking.state_no_show': () => 'Nobody came: the place was given back.',
  'booking.no_option': () => 'This option is no longer kept.',
  'booking.code_wrong': () => 'This is not the right code: copy the six digits of the last mail.',
  'booking.code_attempts': () => 'Too many attempts with this code: open the link in the mail, it still works.',
  'booking.code_used': () => 'This code has already been used: the booking is confirmed.',
  'booking.code_expired': () => 'This code is no longer valid: the time booked has passed.',
  'idempotency.mismatch': () => 'This request has already been sent, with other content: start again.',
  'booking.next.week': () => 'See the free times',
  'booking.next.find': () => 'Look for something else that is free',
  'booking.next.booking': () => 'See the booking',
  'booking.next.sign_in': () => 'Sign in',
  'booking.next.mine': () => 'See my bookings',
  'booking.next.call': (p) => `Call ${p.telephone}`,
};

/** The words of every refusal of booking, and of every way out. */
export const bookingSentences: Record<Locale, Sentences> = { fr, nl, en };
