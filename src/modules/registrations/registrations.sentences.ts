import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Saying, Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

const nb = '\u00a0';
const moment = (at: Params[string], saying: Saying): string =>
  at instanceof Date ? formatter(saying.locale, saying.timeZone).dayTime(at) : '';
const count = (value: Params[string]): number => Number(value ?? 0);

/** "de 8 à 12 ans", "à partir de 8 ans", "jusqu’à 12 ans". */
const between = (
  { min, max }: Params,
  words: { both: (a: number, b: number) => string; from: (a: number) => string; to: (b: number) => string },
): string => {
  if (min != null && max != null) return words.both(count(min), count(max));
  return min != null ? words.from(count(min)) : words.to(count(max));
};

type Code = keyof typeof fr;

const agesFr = (p: Params) =>
  between(p, {
    both: (a, b) => `de ${a} à ${b}${nb}ans`,
    from: (a) => `à partir de ${a}${nb}ans`,
    to: (b) => `jusqu’à ${b}${nb}ans`,
  });
const agesNl = (p: Params) =>
  between(p, {
    both: (a, b) => `van ${a} tot ${b}${nb}jaar`,
    from: (a) => `vanaf ${a}${nb}jaar`,
    to: (b) => `tot ${b}${nb}jaar`,
  });
const agesEn = (p: Params) =>
  between(p, {
    both: (a, b) => `for ages ${a} to ${b}`,
    from: (a) => `from age ${a}`,
    to: (b) => `up to age ${b}`,
  });

const fr = {
  'registration.full': () => 'Il n’y a plus assez de places.',
  'registration.already': () =>
    'Votre inscription à cette séance est déjà faite. Vous pouvez changer le nombre de personnes.',
  'registration.session_cancelled': () => 'Cette séance est annulée.',
  'registration.session_postponed': () => 'Cette séance est reportée : la nouvelle date sera bientôt annoncée.',
  'registration.over': () => 'Cette séance est terminée.',
  'registration.no_need': () => 'Il n’y a pas d’inscription pour cette séance : venez comme vous êtes.',
  'registration.running': () => 'Cette séance a commencé. Appelez ou venez voir s’il reste une place.',
  'registration.running_team': () => 'Cette séance a commencé : inscrivez la personne en cochant qu’elle est là.',
  'registration.not_yet': (p: Params, s: Saying) => `Les inscriptions ouvrent ${moment(p.opens, s)}.`,
  'registration.closed': (p: Params, s: Saying) => `Les inscriptions sont closes depuis ${moment(p.closed, s)}.`,
  'registration.members': () =>
    'Cette séance est réservée aux membres : connectez-vous, ou demandez à l’équipe comment le devenir.',
  'registration.group': () =>
    'Cette séance est réservée à un groupe : connectez-vous si vous en faites partie, ou demandez à l’équipe.',
  'registration.invited': () => 'Cette séance est sur invitation : ouvrez le lien du mail d’invitation.',
  'registration.too_many': (p: Params) =>
    `C’est trop pour cette séance : ${count(p.most)}${nb}place${count(p.most) > 1 ? 's' : ''} en tout.`,
  'registration.organisation_full': (p: Params) =>
    count(p.left) > 0
      ? `Chaque organisme a ${count(p.most)}${nb}places au plus : il vous en reste ${count(p.left)}.`
      : `Chaque organisme a ${count(p.most)}${nb}places au plus : le vôtre les a déjà toutes.`,
  'registration.answer': (p: Params) => `Il manque une réponse : « ${p.question} »`,
  'registration.tariff': () => 'Choisissez un des tarifs proposés.',
  'registration.birth_future': (p: Params) =>
    p.name ? `L’année de naissance de ${p.name} est dans le futur.` : 'Cette année de naissance est dans le futur.',
  'registration.too_young': (p: Params) =>
    p.name
      ? `${p.name} est trop jeune : cette séance est ${agesFr(p)}.`
      : `Trop jeune : cette séance est ${agesFr(p)}.`,
  'registration.too_old': (p: Params) =>
    p.name
      ? `Pour ${p.name}, l’âge ne convient pas : cette séance est ${agesFr(p)}.`
      : `Cette séance est ${agesFr(p)}.`,
  'registration.birth_year': (p: Params) =>
    `Indiquez l’année de naissance de chaque personne : cette séance est ${agesFr(p)}.`,
  'registration.consent': () =>
    'Pour les mineurs, il faut l’accord d’un parent ou du responsable légal : cochez la case.',
  'registration.guest_email': (p: Params) => `Il manque l’adresse e-mail de ${p.name} : l’invitation part par mail.`,
  'registration.offer_over': () => 'Trop tard : cette place a été proposée à la personne suivante.',
  'registration.nobody': () => 'Il faut au moins une personne. Pour que personne ne vienne, annulez l’inscription.',
  'registration.was_there': () =>
    'La présence de cette personne a déjà été notée : elle reste sur la liste. Demandez à l’équipe si c’est une erreur.',
  'registration.was_marked': () =>
    'Il y a déjà une invitation à cette séance, et une présence y est notée : répondez à cette invitation, la présence reste notée.',
  'registration.no_more': () => 'Il n’y a plus de place libre pour une personne de plus.',
  'registration.code_used': () => 'Ce code a déjà servi : l’inscription est confirmée.',
  'registration.code_expired': () => 'Ce code n’est plus valable : la séance a commencé.',
  'registration.state_held': () => 'Cette inscription n’est pas encore confirmée : le code est dans votre mail.',
  'registration.state_registered': () => 'Cette inscription est confirmée.',
  'registration.state_waiting': () =>
    'Vous êtes sur la liste d’attente : aucune place ne vous est proposée pour l’instant.',
  'registration.state_offered': () => 'Une place vous est proposée : dites si vous la prenez.',
  'registration.state_invited': () => 'Cette invitation attend une réponse.',
  'registration.state_cancelled': () => 'Cette inscription est annulée.',
  'registration.next.call': (p: Params) => `Appeler le ${p.telephone}`,
  'registration.next.agenda': () => 'Voir les autres dates',
  'registration.next.session': () => 'Voir la séance',
  'registration.next.registration': () => 'Voir l’inscription',
  'registration.next.sign_in': () => 'Se connecter',
} as const satisfies Sentences;

const nl: Record<Code, Sentences[string]> = {
  'registration.full': () => 'Er zijn niet genoeg plaatsen meer.',
  'registration.already': () => 'U bent al ingeschreven voor deze sessie. U kunt het aantal personen wijzigen.',
  'registration.session_cancelled': () => 'Deze sessie is geannuleerd.',
  'registration.session_postponed': () => 'Deze sessie is uitgesteld: de nieuwe datum wordt binnenkort gemeld.',
  'registration.over': () => 'Deze sessie is voorbij.',
  'registration.no_need': () => 'Voor deze sessie hoeft u zich niet in te schrijven: kom gewoon langs.',
  'registration.running': () => 'Deze sessie is begonnen. Bel of kom kijken of er nog plaats is.',
  'registration.running_team': () => 'Deze sessie is begonnen: vink aan dat de persoon er is om in te schrijven.',
  'registration.not_yet': (p, s) => `Inschrijven kan vanaf ${moment(p.opens, s)}.`,
  'registration.closed': (p, s) => `De inschrijvingen zijn gesloten sinds ${moment(p.closed, s)}.`,
  'registration.members': () => 'Deze sessie is voor leden: meld u aan, of vraag het team hoe u lid wordt.',
  'registration.group': () => 'Deze sessie is voor een groep: meld u aan als u erbij hoort, of vraag het aan het team.',
  'registration.invited': () => 'Deze sessie is op uitnodiging: open de link in de uitnodiging.',
  'registration.too_many': (p) =>
    `Dat is te veel voor deze sessie: ${count(p.most)}${nb}${count(p.most) > 1 ? 'plaatsen' : 'plaats'} in totaal.`,
  'registration.organisation_full': (p) =>
    count(p.left) > 0
      ? `Elke organisatie heeft hoogstens ${count(p.most)}${nb}plaatsen: u hebt er nog ${count(p.left)}.`
      : `Elke organisatie heeft hoogstens ${count(p.most)}${nb}plaatsen: de uwe heeft ze al allemaal.`,
  'registration.answer': (p) => `Er ontbreekt een antwoord: ‘${p.question}’`,
  'registration.tariff': () => 'Kies een van de voorgestelde tarieven.',
  'registration.birth_future': (p) =>
    p.name ? `Het geboortejaar van ${p.name} ligt in de toekomst.` : 'Dit geboortejaar ligt in de toekomst.',
  'registration.too_young': (p) =>
    p.name ? `${p.name} is te jong: deze sessie is ${agesNl(p)}.` : `Te jong: deze sessie is ${agesNl(p)}.`,
  'registration.too_old': (p) =>
    p.name ? `${p.name} is te oud: deze sessie is ${agesNl(p)}.` : `Deze sessie is ${agesNl(p)}.`,
  'registration.birth_year': (p) => `Geef van iedereen het geboortejaar: deze sessie is ${agesNl(p)}.`,
  'registration.consent': () => 'Voor minderjarigen is het akkoord van een ouder of voogd nodig: vink het vakje aan.',
  'registration.guest_email': (p) => `Het e-mailadres van ${p.name} ontbreekt: de uitnodiging gaat per e-mail.`,
  'registration.offer_over': () => 'Te laat: deze plaats is aan de volgende persoon aangeboden.',
  'registration.nobody': () => 'Er moet minstens één persoon zijn. Komt er niemand, annuleer dan de inschrijving.',
  'registration.was_there': () =>
    'De aanwezigheid van deze persoon is al genoteerd: zij blijft op de lijst. Is dat fout, vraag het dan aan het team.',
  'registration.was_marked': () =>
    'Er is al een uitnodiging voor deze sessie, met een genoteerde aanwezigheid: beantwoord die uitnodiging, dan blijft de aanwezigheid genoteerd.',
  'registration.no_more': () => 'Er is geen vrije plaats meer voor nog een persoon.',
  'registration.code_used': () => 'Deze code is al gebruikt: de inschrijving is bevestigd.',
  'registration.code_expired': () => 'Deze code is niet meer geldig: de sessie is begonnen.',
  'registration.state_held': () => 'Deze inschrijving is nog niet bevestigd: de code staat in uw e-mail.',
  'registration.state_registered': () => 'Deze inschrijving is bevestigd.',
  'registration.state_waiting': () => 'U staat op de wachtlijst: er wordt u nu geen plaats aangeboden.',
  'registration.state_offered': () => 'Er wordt u een plaats aangeboden: laat weten of u ze neemt.',
  'registration.state_invited': () => 'Deze uitnodiging wacht op antwoord.',
  'registration.state_cancelled': () => 'Deze inschrijving is geannuleerd.',
  'registration.next.call': (p) => `Bel ${p.telephone}`,
  'registration.next.agenda': () => 'Andere data bekijken',
  'registration.next.session': () => 'De sessie bekijken',
  'registration.next.registration': () => 'De inschrijving bekijken',
  'registration.next.sign_in': () => 'Aanmelden',
};

const en: Record<Code, Sentences[string]> = {
  'registration.full': () => 'There are not enough seats left.',
  'registration.already': () => 'You are already registered for this session. You can change how many people come.',
  'registration.session_cancelled': () => 'This session is cancelled.',
  'registration.session_postponed': () => 'This session is postponed: the new date will be announced soon.',
  'registration.over': () => 'This session is over.',
  'registration.no_need': () => 'There is nothing to register for: just come along.',
  'registration.running': () => 'This session has begun. Call or come and see whether a seat is left.',
  'registration.running_team': () => 'This session has begun: say that the person is there to register them.',
  'registration.not_yet': (p, s) => `Registration opens ${moment(p.opens, s)}.`,
  'registration.closed': (p, s) => `Registration closed ${moment(p.closed, s)}.`,
  'registration.members': () => 'This session is for members: sign in, or ask the team how to become one.',
  'registration.group': () => 'This session is for a group: sign in if you belong to it, or ask the team.',
  'registration.invited': () => 'This session is by invitation: open the link in the invitation you received.',
  'registration.too_many': (p) =>
    `That is too many for this session: ${count(p.most)}${nb}seat${count(p.most) > 1 ? 's' : ''} in all.`,
  'registration.organisation_full': (p) =>
    count(p.left) > 0
      ? `Each organisation has ${count(p.most)}${nb}seats at most: you have ${count(p.left)} left.`
      : `Each organisation has ${count(p.most)}${nb}seats at most: yours has them all already.`,
  'registration.answer': (p) => `An answer is missing: “${p.question}”`,
  'registration.tariff': () => 'Choose one of the prices offered.',
  'registration.birth_future': (p) =>
    p.name ? `${p.name}’s year of birth is in the future.` : 'This year of birth is in the future.',
  'registration.too_young': (p) =>
    p.name ? `${p.name} is too young: this session is ${agesEn(p)}.` : `Too young: this session is ${agesEn(p)}.`,
  'registration.too_old': (p) =>
    p.name ? `${p.name} is too old: this session is ${agesEn(p)}.` : `This session is ${agesEn(p)}.`,
  'registration.birth_year': (p) => `Give everybody’s year of birth: this session is ${agesEn(p)}.`,
  'registration.consent': () => 'For minors, a parent or guardian must agree: tick the box.',
  'registration.guest_email': (p) => `${p.name}’s e-mail address is missing: the invitation goes by e-mail.`,
  'registration.offer_over': () => 'Too late: this seat has been offered to the next person.',
  'registration.nobody': () => 'At least one person is needed. If nobody comes, cancel the registration.',
  'registration.was_there': () =>
    'Whether this person came has already been noted: they stay on the list. If that is a mistake, ask the team.',
  'registration.was_marked': () =>
    'There is already an invitation to this session, with attendance noted: answer that invitation, and the attendance stays noted.',
  'registration.no_more': () => 'There is no free seat for one more person.',
  'registration.code_used': () => 'This code has already been used: the registration is confirmed.',
  'registration.code_expired': () => 'This code is no longer valid: the session has begun.',
  'registration.state_held': () => 'This registration is not confirmed yet: the code is in your e-mail.',
  'registration.state_registered': () => 'This registration is confirmed.',
  'registration.state_waiting': () => 'You are on the waiting list: no seat is offered to you for now.',
  'registration.state_offered': () => 'A seat is offered to you: say whether you take it.',
  'registration.state_invited': () => 'This invitation waits for an answer.',
  'registration.state_cancelled': () => 'This registration is cancelled.',
  'registration.next.call': (p) => `Call ${p.telephone}`,
  'registration.next.agenda': () => 'See other dates',
  'registration.next.session': () => 'See the session',
  'registration.next.registration': () => 'See the registration',
  'registration.next.sign_in': () => 'Sign in',
};

/** Why one may not register, and what to do next. */
export const registrationsSentences: Record<Locale, Sentences> = { fr, nl, en };
