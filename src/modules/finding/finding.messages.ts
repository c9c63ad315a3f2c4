import { defineMessages, type Locale } from '../../core/i18n.ts';
import type { Sentences } from '../../core/module.ts';
import type { PricePer } from '../../core/schema.ts';

/** "l’heure", "per uur", "an hour": what an amount is paid for. */
const per: Record<Locale, Record<PricePer, string>> = {
  fr: { hour: 'l’heure', half_day: 'la demi-journée', day: 'la journée', booking: 'la réservation' },
  nl: { hour: 'per uur', half_day: 'per halve dag', day: 'per dag', booking: 'per reservatie' },
  en: { hour: 'an hour', half_day: 'a half-day', day: 'a day', booking: 'a booking' },
};

export const findingMessages = defineMessages({
  fr: {
    menu: 'Trouver une place',
    description: 'Trouvez une place, une machine ou une salle libre près de chez vous, et réservez-la.',
    hero: 'Une place, une machine, un coup de main : c’est quand vous voulez, près de chez vous.',
    form: 'Chercher une place libre',
    need: 'Je cherche',
    anything: 'Tout ce qui est libre',
    needsGroup: 'Ce que je veux faire',
    kindsGroup: 'Un lieu ou un objet',
    day: 'Quel jour',
    from: 'À partir de',
    minutes: 'Pendant',
    people: 'Personnes',
    submit: 'Chercher',
    change: 'Changer ma recherche',
    errors: 'Il reste un point à revoir',
    results: (count: number, more: boolean, day: string) =>
      count === 1
        ? `1 possibilité ${day}`
        : more
          ? `Les ${count} premières possibilités, ${day}`
          : `${count} possibilités ${day}`,
    nearLine: (name: string) => `Les plus proches d’abord, depuis ${name}.`,
    more: 'Voir plus de possibilités',
    wholeDay: 'Toute la journée',
    slotAbout: (resource: string, site: string) => `: ${resource}, ${site}`,
    away: (distance: string) => `à ${distance}`,
    busAway: (distance: string, day: string) => `le bus est à ${distance} ${day}`,
    stop: (range: string) => `arrêt du bus : ${range}`,
    room: (count: number) => `jusqu’à ${count} personnes`,
    free: 'Gratuit',
    price: (money: string, unit: PricePer) => `${money} ${per.fr[unit]}`,
    askPrice: (telephone: string | null) =>
      telephone ? `Prix : demander au ${telephone}` : 'Prix : demander sur place',
    age: (years: number) => `Dès ${years} ans`,
    approval: 'L’équipe vous répond avant de confirmer',
    members: 'Réservé aux membres',
    least: (duration: string) => `${duration} au moins`,
    toKnow: 'À savoir :',
    nothing: (day: string) => `Rien de libre ${day}`,
    nothingNext: 'Voici les prochains moments libres, les plus tôt d’abord.',
    nothingAtAll:
      'Rien de libre non plus dans les deux semaines qui suivent. Essayez une durée plus courte, ou appelez-nous.',
    notYet: 'Rien à réserver pour l’instant',
    notYetText:
      'Les places, les machines et les salles à réserver apparaîtront ici dès que les premières seront prêtes.',
    firstSite: 'Ajouter un premier lieu',
    finishSites: 'Compléter vos lieux',
    call: 'Une question, une envie particulière ? Appelez-nous au',
    answers: 'Ce qui est libre',
  },
  nl: {
    menu: 'Een plaats vinden',
    description: 'Vind een vrije plaats, machine of zaal dicht bij huis, en reserveer ze.',
    hero: 'Een plaats, een machine, een helpende hand: wanneer u wilt, dicht bij huis.',
    form: 'Een vrije plaats zoeken',
    need: 'Ik zoek',
    anything: 'Alles wat vrij is',
    needsGroup: 'Wat ik wil doen',
    kindsGroup: 'Een plaats of een voorwerp',
    day: 'Welke dag',
    from: 'Vanaf',
    minutes: 'Hoelang',
    people: 'Personen',
    submit: 'Zoeken',
    change: 'Mijn zoekopdracht aanpassen',
    errors: 'Er moet nog iets worden nagekeken',
    results: (count, more, day) =>
      count === 1
        ? `1 mogelijkheid ${day}`
        : more
          ? `De eerste ${count} mogelijkheden, ${day}`
          : `${count} mogelijkheden ${day}`,
    nearLine: (name) => `Wat het dichtst bij ${name} ligt, staat eerst.`,
    more: 'Meer mogelijkheden bekijken',
    wholeDay: 'De hele dag',
    slotAbout: (resource, site) => `: ${resource}, ${site}`,
    away: (distance) => `op ${distance}`,
    busAway: (distance, day) => `de bus staat ${day} op ${distance}`,
    stop: (range) => `halte van de bus: ${range}`,
    room: (count) => `tot ${count} personen`,
    free: 'Gratis',
    price: (money, unit) => `${money} ${per.nl[unit]}`,
    askPrice: (telephone) => (telephone ? `Prijs: bel ${telephone}` : 'Prijs: ter plaatse te vragen'),
    age: (years) => `Vanaf ${years} jaar`,
    approval: 'Pas bevestigd na antwoord van het team',
    members: 'Alleen voor leden',
    least: (duration) => `minstens ${duration}`,
    toKnow: 'Goed om te weten:',
    nothing: (day) => `Niets vrij ${day}`,
    nothingNext: 'Dit zijn de volgende vrije momenten, de vroegste eerst.',
    nothingAtAll: 'Ook in de twee weken daarna is er niets vrij. Probeer een kortere duur, of bel ons.',
    notYet: 'Nog niets te reserveren',
    notYetText: 'De plaatsen, machines en zalen verschijnen hier zodra de eerste klaar zijn.',
    firstSite: 'Een eerste plaats toevoegen',
    finishSites: 'Uw plaatsen aanvullen',
    call: 'Een vraag, een bijzondere wens? Bel ons op',
    answers: 'Wat vrij is',
  },
  en: {
    menu: 'Find a place',
    description: 'Find a free seat, machine or room near home, and book it.',
    hero: 'A place, a machine, a helping hand: whenever you like, close to home.',
    form: 'Search for a free place',
    need: 'I am looking for',
    anything: 'Anything that is free',
    needsGroup: 'What I want to do',
    kindsGroup: 'A place or a thing',
    day: 'Which day',
    from: 'From',
    minutes: 'For how long',
    people: 'People',
    submit: 'Search',
    change: 'Change my search',
    errors: 'Something needs another look',
    results: (count, more, day) =>
      count === 1
        ? `1 possibility on ${day}`
        : more
          ? `The first ${count} possibilities on ${day}`
          : `${count} possibilities on ${day}`,
    nearLine: (name) => `Nearest to ${name} first.`,
    more: 'See more possibilities',
    wholeDay: 'The whole day',
    slotAbout: (resource, site) => `: ${resource}, ${site}`,
    away: (distance) => `${distance} away`,
    busAway: (distance, day) =>
      `the bus is ${distance} away ${day === 'today' || day === 'tomorrow' ? day : `on ${day}`}`,
    stop: (range) => `bus stop: ${range}`,
    room: (count) => `up to ${count} people`,
    free: 'Free of charge',
    price: (money, unit) => `${money} ${per.en[unit]}`,
    askPrice: (telephone) => (telephone ? `Price: call ${telephone}` : 'Price: ask on site'),
    age: (years) => `Aged ${years} or over`,
    approval: 'Confirmed once the team has answered',
    members: 'For members only',
    least: (duration) => `at least ${duration}`,
    toKnow: 'Good to know:',
    nothing: (day) => `Nothing free on ${day}`,
    nothingNext: 'Here are the next free times, soonest first.',
    nothingAtAll: 'Nothing is free in the two weeks that follow either. Try a shorter time, or call us.',
    notYet: 'Nothing to book yet',
    notYetText: 'Seats, machines and rooms to book will appear here as soon as the first are ready.',
    firstSite: 'Add a first place',
    finishSites: 'Complete your places',
    call: 'A question, something special in mind? Call us on',
    answers: 'What is free',
  },
});

/** The refusals of the availability call. */
export const findingSentences: Record<Locale, Sentences> = {
  fr: {
    'availability.order': () => 'La fin demandée doit venir après le début.',
    'availability.window': (params) => `Demandez ${params.days} jours au plus à la fois.`,
    'availability.near': (params) => `Aucune commune ne porte le code « ${params.near} ».`,
  },
  nl: {
    'availability.order': () => 'Het gevraagde einde moet na het begin komen.',
    'availability.window': (params) => `Vraag hoogstens ${params.days} dagen tegelijk.`,
    'availability.near': (params) => `Geen enkele gemeente heeft de code “${params.near}”.`,
  },
  en: {
    'availability.order': () => 'The end asked for must come after the start.',
    'availability.window': (params) => `Ask for at most ${params.days} days at a time.`,
    'availability.near': (params) => `No town has the code “${params.near}”.`,
  },
};
