import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Saying, Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

const count = (value: Params[string]): number => Number(value ?? 0);
const when = (p: Params, s: Saying): string => {
  const say = formatter(s.locale, s.timeZone);
  if (!(p.start instanceof Date)) return '';
  return p.end instanceof Date ? `${say.day(p.start)}, ${say.range(p.start, p.end)}` : say.dayTime(p.start);
};

/** Why the agenda refuses something, and what can be done. */
export const sessionsSentences: Record<Locale, Sentences> = {
  fr: {
    'session.title': () => 'Donnez un titre : c’est lui qu’on lira dans l’agenda.',
    'session.ages': () => 'Indiquez un âge minimum, un âge maximum, ou les deux.',
    'session.ages_order': () => 'L’âge minimum est plus grand que l’âge maximum.',
    'session.group': () => 'Dites à quel groupe la séance est réservée.',
    'session.tariffs': () => 'Indiquez au moins un tarif, ou dites que c’est gratuit.',
    'session.stop': () => 'Choisissez l’arrêt du bus.',
    'session.stop_cancelled': (p, s) => `L’arrêt du bus (${when(p, s)}) est annulé : choisissez-en un autre.`,
    'session.stop_draft': (p, s) =>
      `L’arrêt du bus (${when(p, s)}) est encore un brouillon : publiez-le d’abord, dans la tournée.`,
    'session.stop_other_bus': () => 'Cet arrêt est celui d’un autre bus : choisissez un arrêt de celui-ci.',
    'session.stop_hours': (p, s) =>
      `À cet arrêt, le bus est là ${when(p, s)} : choisissez des heures qui y tiennent, ou un autre arrêt.`,
    'session.address': () => 'Donnez le nom du lieu où se passe la séance.',
    'session.track': () => 'Seule une séance d’un événement peut être en parallèle d’une autre.',
    'session.seats': (p) => `Une séance compte ${count(p.most)} places au plus.`,
    'session.minimum': () => 'Le nombre minimum de personnes est plus grand que le nombre de places.',
    'session.registration_order': () => 'Les inscriptions ferment avant d’ouvrir : vérifiez les deux dates.',
    'session.no_date': () => 'Aucune date ne correspond : vérifiez le premier jour, la répétition et les jours fériés.',
    'session.none_left': () => 'Il ne reste aucune date à déplacer : gardez-en au moins une.',
    'session.too_many_dates': (p) => `Une série compte ${count(p.most)} dates au plus.`,
    'session.order': () => 'La fin doit venir après le début : vérifiez les heures.',
    'session.too_long': () => 'Une séance dure 31 jours au plus : faites-en plutôt une série.',
    'session.past': () => 'Ce moment est déjà passé : choisissez une date à venir.',
    'session.option_past': () => 'La date jusqu’à laquelle garder l’option est déjà passée.',
    'session.over': () => 'Cette séance est terminée : on ne peut plus la changer.',
    'session.begun': () => 'Cette séance a commencé : on peut seulement en changer la fin.',
    'session.parent': () => 'Cet événement n’existe plus, ou ne peut pas avoir de séances en parallèle.',
    'session.parent_postponed': () => 'L’événement est reporté : donnez-lui d’abord une nouvelle date.',
    'session.outside_parent': (p, s) =>
      `Cette séance doit se passer pendant l’événement (${when(p, s)}) : changez ses heures, ou celles de l’événement.`,
    'session.seats_taken': (p) =>
      `${count(p.taken)} place${count(p.taken) > 1 ? 's sont déjà données' : ' est déjà donnée'} : on ne peut pas descendre à ${count(p.wanted)}. Appelez d’abord les personnes concernées.`,
    'session.has_registrations': () =>
      'Des personnes sont inscrites : gardez les inscriptions, ou annulez-les d’abord une à une.',
    'session.no_registration': () => 'On vient à cette séance sans s’inscrire : elle n’a pas de places à compter.',
    'session.foreign_thing': (p) => `${p.thing} dépend d’une autre équipe : demandez-lui de le réserver pour vous.`,
    'session.leader': () => 'Choisissez qui anime parmi les personnes de l’équipe.',
    'session.state_draft': () => 'Cette séance est encore un brouillon : publiez-la d’abord.',
    'session.state_published': () => 'Cette séance est déjà publiée.',
    'session.state_postponed': () => 'Cette séance est reportée : donnez-lui d’abord une nouvelle date.',
    'session.state_cancelled': () => 'Cette séance est annulée.',
    'session.unread': () =>
      'Cette séance n’existe pas, ou elle est réservée : à un groupe, ou aux personnes invitées. Si vous êtes du groupe ou sur la liste, connectez-vous, ou ouvrez le lien de votre invitation.',
    'session.next.sign_in': () => 'Se connecter',
  },
  nl: {
    'session.title': () => 'Geef een titel: die leest men in de agenda.',
    'session.ages': () => 'Vul een minimumleeftijd, een maximumleeftijd of allebei in.',
    'session.ages_order': () => 'De minimumleeftijd is hoger dan de maximumleeftijd.',
    'session.group': () => 'Zeg voor welke groep de sessie bedoeld is.',
    'session.tariffs': () => 'Vul minstens één tarief in, of zeg dat het gratis is.',
    'session.stop': () => 'Kies de halte van de bus.',
    'session.stop_cancelled': (p, s) => `De halte van de bus (${when(p, s)}) is geannuleerd: kies een andere.`,
    'session.stop_draft': (p, s) =>
      `De halte van de bus (${when(p, s)}) is nog een ontwerp: publiceer ze eerst, bij de ronde.`,
    'session.stop_other_bus': () => 'Deze halte is van een andere bus: kies een halte van deze bus.',
    'session.stop_hours': (p, s) =>
      `Aan deze halte staat de bus ${when(p, s)}: kies uren die daarin passen, of een andere halte.`,
    'session.address': () => 'Geef de naam van de plek waar de sessie doorgaat.',
    'session.track': () => 'Alleen een sessie van een evenement kan naast een andere lopen.',
    'session.seats': (p) => `Een sessie telt hoogstens ${count(p.most)} plaatsen.`,
    'session.minimum': () => 'Het minimumaantal personen is groter dan het aantal plaatsen.',
    'session.registration_order': () => 'De inschrijvingen sluiten voor ze openen: kijk beide datums na.',
    'session.no_date': () => 'Geen enkele datum past: kijk de eerste dag, de herhaling en de feestdagen na.',
    'session.none_left': () => 'Er blijft geen datum over om te verplaatsen: behoud er minstens één.',
    'session.too_many_dates': (p) => `Een reeks telt hoogstens ${count(p.most)} datums.`,
    'session.order': () => 'Het einde moet na het begin komen: kijk de uren na.',
    'session.too_long': () => 'Een sessie duurt hoogstens 31 dagen: maak er liever een reeks van.',
    'session.past': () => 'Dit moment is al voorbij: kies een datum die nog komt.',
    'session.option_past': () => 'De datum tot wanneer de optie loopt is al voorbij.',
    'session.over': () => 'Deze sessie is afgelopen: ze kan niet meer veranderd worden.',
    'session.begun': () => 'Deze sessie is begonnen: alleen het einde kan nog veranderen.',
    'session.parent': () => 'Dit evenement bestaat niet meer, of kan geen parallelle sessies hebben.',
    'session.parent_postponed': () => 'Het evenement is uitgesteld: geef het eerst een nieuwe datum.',
    'session.outside_parent': (p, s) =>
      `Deze sessie moet tijdens het evenement doorgaan (${when(p, s)}): verander haar uren, of die van het evenement.`,
    'session.seats_taken': (p) =>
      `${count(p.taken)} plaats${count(p.taken) > 1 ? 'en zijn' : ' is'} al gegeven: minder dan dat kan niet (gevraagd: ${count(p.wanted)}). Bel eerst de mensen om wie het gaat.`,
    'session.has_registrations': () =>
      'Er zijn mensen ingeschreven: behoud de inschrijvingen, of annuleer ze eerst één voor één.',
    'session.no_registration': () => 'Voor deze sessie schrijft men zich niet in: er zijn geen plaatsen te tellen.',
    'session.foreign_thing': (p) => `${p.thing} hoort bij een ander team: vraag hun om het voor u te reserveren.`,
    'session.leader': () => 'Kies wie de sessie leidt onder de mensen van het team.',
    'session.state_draft': () => 'Deze sessie is nog een ontwerp: publiceer ze eerst.',
    'session.state_published': () => 'Deze sessie is al gepubliceerd.',
    'session.state_postponed': () => 'Deze sessie is uitgesteld: geef haar eerst een nieuwe datum.',
    'session.state_cancelled': () => 'Deze sessie is geannuleerd.',
    'session.unread': () =>
      'Deze sessie bestaat niet, of ze is voorbehouden: voor een groep, of voor wie uitgenodigd is. Hoort u bij de groep of staat u op de lijst, meld u dan aan, of open de link in uw uitnodiging.',
    'session.next.sign_in': () => 'Aanmelden',
  },
  en: {
    'session.title': () => 'Give it a title: it is what people read in the agenda.',
    'session.ages': () => 'Enter a lowest age, a highest age, or both.',
    'session.ages_order': () => 'The lowest age is higher than the highest age.',
    'session.group': () => 'Say which group the session is for.',
    'session.tariffs': () => 'Enter at least one price, or say that it is free.',
    'session.stop': () => 'Choose the stop of the bus.',
    'session.stop_cancelled': (p, s) => `The bus stop (${when(p, s)}) is cancelled: choose another.`,
    'session.stop_draft': (p, s) => `The bus stop (${when(p, s)}) is still a draft: publish it first, in the tour.`,
    'session.stop_other_bus': () => 'This stop is that of another bus: choose a stop of this one.',
    'session.stop_hours': (p, s) =>
      `At this stop the bus is there ${when(p, s)}: choose times within it, or another stop.`,
    'session.address': () => 'Give the name of the place where the session happens.',
    'session.track': () => 'Only a session of an event can run beside another.',
    'session.seats': (p) => `A session has ${count(p.most)} seats at most.`,
    'session.minimum': () => 'The lowest number of people is greater than the number of seats.',
    'session.registration_order': () => 'Registration closes before it opens: check both dates.',
    'session.no_date': () => 'No date fits: check the first day, the repetition and the public holidays.',
    'session.none_left': () => 'There is no date left to move: keep at least one.',
    'session.too_many_dates': (p) => `A series has ${count(p.most)} dates at most.`,
    'session.order': () => 'The end must come after the start: check the times.',
    'session.too_long': () => 'A session lasts 31 days at most: make it a series instead.',
    'session.past': () => 'That moment is already over: choose a date to come.',
    'session.option_past': () => 'The date until which to keep the option is already over.',
    'session.over': () => 'This session is over: it can no longer be changed.',
    'session.begun': () => 'This session has begun: only its end can still change.',
    'session.parent': () => 'This event no longer exists, or cannot have parallel sessions.',
    'session.parent_postponed': () => 'The event is postponed: give it a new date first.',
    'session.outside_parent': (p, s) =>
      `This session must happen during the event (${when(p, s)}): change its times, or those of the event.`,
    'session.seats_taken': (p) =>
      `${count(p.taken)} seat${count(p.taken) > 1 ? 's are' : ' is'} already given: it cannot go down to ${count(p.wanted)}. Call the people concerned first.`,
    'session.has_registrations': () => 'People are registered: keep registration, or cancel theirs one by one first.',
    'session.no_registration': () => 'People come to this session without registering: there are no seats to count.',
    'session.foreign_thing': (p) => `${p.thing} belongs to another team: ask them to book it for you.`,
    'session.leader': () => 'Choose who leads among the people of the team.',
    'session.state_draft': () => 'This session is still a draft: publish it first.',
    'session.state_published': () => 'This session is already published.',
    'session.state_postponed': () => 'This session is postponed: give it a new date first.',
    'session.state_cancelled': () => 'This session is cancelled.',
    'session.unread': () =>
      'This session does not exist, or it is reserved: for a group, or for the people invited. If you are in the group or on the list, sign in, or open the link in your invitation.',
    'session.next.sign_in': () => 'Sign in',
  },
};
