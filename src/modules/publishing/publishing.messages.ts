import { defineMessages } from '../../core/i18n.ts';

/** The words of what is given to others: calendars, feeds, frames, the national list. */
export const publishingMessages = defineMessages({
  fr: {
    calendar: {
      name: (territory: string) => `Agenda · ${territory}`,
      postponed: (title: string) => `Reporté : ${title}`,
      cancelled: (title: string) => `Annulé : ${title}`,
      online: 'En ligne',
    },
    page: {
      title: 'Suivre et afficher l’agenda',
      lead: 'L’agenda peut venir dans votre calendrier, sur le site de votre commune, ou chez un partenaire.',
      back: 'Agenda',
      chosen: 'Votre choix est gardé dans les adresses ci-dessous :',
      whole:
        'Tout l’agenda est dans les adresses ci-dessous. Pour n’en garder qu’une partie, choisissez d’abord dans l’agenda.',
      choose: 'Choisir dans l’agenda',
      calendar: 'Dans votre calendrier',
      calendarHow:
        'Dans l’application de calendrier de votre téléphone ou de votre ordinateur, choisissez « S’abonner à un calendrier » et collez cette adresse. Les changements et les annulations arrivent d’eux-mêmes.',
      address: 'Adresse à copier',
      download: 'Prendre le calendrier une fois',
      frame: 'Sur le site de votre commune',
      frameHow: 'Copiez ces lignes dans une page de votre site. Rien d’autre n’est chargé : ni script, ni cookie.',
      frameLine: 'Lignes à copier',
      frameTitle: 'Agenda',
      see: 'Voir le résultat',
      feed: 'Dans un lecteur de nouvelles',
      feedHow: 'Cette adresse suit l’agenda au format Atom.',
      partners: 'Pour les partenaires',
      openAgenda: 'Les séances, comme OpenAgenda les lit (JSON)',
      api: 'Toutes les données, à lire par un programme',
      national: 'Les lieux, pour la cartographie nationale de la médiation numérique (CSV)',
      team: 'Ce qui manque à la liste nationale',
      teamLead: 'Cette partie n’est visible que par l’équipe.',
      exported: (places: number) =>
        places === 0 ? 'Aucun lieu n’y figure.' : places === 1 ? '1 lieu y figure.' : `${places} lieux y figurent.`,
      complete: 'Rien ne manque : tous les lieux y figurent.',
      place: 'Lieu',
      missing: 'Ce qui manque',
      why: {
        pivot: 'le numéro SIRET de l’organisme, à écrire dans les mentions légales du territoire',
        abroad: 'hors de France, la liste nationale ne le prend pas',
        address: 'une adresse complète, avec son code postal',
        service: 'rien à y faire qui relève de l’aide numérique',
        invented: 'c’est un exemple de démonstration',
      },
    },
  },
  nl: {
    calendar: {
      name: (territory: string) => `Agenda · ${territory}`,
      postponed: (title: string) => `Uitgesteld: ${title}`,
      cancelled: (title: string) => `Geannuleerd: ${title}`,
      online: 'Online',
    },
    page: {
      title: 'De agenda volgen en tonen',
      lead: 'De agenda kan in uw kalender komen, op de site van uw gemeente of bij een partner.',
      back: 'Agenda',
      chosen: 'Uw keuze zit in de adressen hieronder:',
      whole: 'De adressen hieronder geven de hele agenda. Wilt u maar een deel, kies dan eerst in de agenda.',
      choose: 'Kiezen in de agenda',
      calendar: 'In uw kalender',
      calendarHow:
        'Kies in de kalender van uw telefoon of computer “Abonneren op een kalender” en plak dit adres. Wijzigingen en annuleringen komen vanzelf.',
      address: 'Adres om te kopiëren',
      download: 'De kalender één keer nemen',
      frame: 'Op de site van uw gemeente',
      frameHow:
        'Kopieer deze regels in een pagina van uw site. Er wordt niets anders geladen: geen script, geen cookie.',
      frameLine: 'Regels om te kopiëren',
      frameTitle: 'Agenda',
      see: 'Het resultaat bekijken',
      feed: 'In een nieuwslezer',
      feedHow: 'Dit adres volgt de agenda als Atom.',
      partners: 'Voor partners',
      openAgenda: 'De activiteiten, zoals OpenAgenda ze leest (JSON)',
      api: 'Alle gegevens, te lezen door een programma',
      national: 'De plaatsen, voor de Franse kaart van de digitale hulp (CSV)',
      team: 'Wat ontbreekt in de nationale lijst',
      teamLead: 'Dit deel is alleen zichtbaar voor het team.',
      exported: (places: number) =>
        places === 0
          ? 'Geen enkele plaats staat erin.'
          : places === 1
            ? '1 plaats staat erin.'
            : `${places} plaatsen staan erin.`,
      complete: 'Er ontbreekt niets: alle plaatsen staan erin.',
      place: 'Plaats',
      missing: 'Wat ontbreekt',
      why: {
        pivot: 'het SIRET-nummer van de organisatie, in te vullen bij de wettelijke vermeldingen van de streek',
        abroad: 'buiten Frankrijk, de nationale lijst neemt dit niet op',
        address: 'een volledig adres, met postcode',
        service: 'er is niets te doen dat digitale hulp is',
        invented: 'dit is een voorbeeld ter demonstratie',
      },
    },
  },
  en: {
    calendar: {
      name: (territory: string) => `What’s on · ${territory}`,
      postponed: (title: string) => `Postponed: ${title}`,
      cancelled: (title: string) => `Cancelled: ${title}`,
      online: 'Online',
    },
    page: {
      title: 'Follow what is on, and show it',
      lead: 'What is on can come into your calendar, onto your town’s website, or to a partner.',
      back: 'What’s on',
      chosen: 'Your choice is kept in the addresses below:',
      whole: 'The addresses below give all that is on. To keep only a part of it, choose first.',
      choose: 'Choose from what is on',
      calendar: 'In your calendar',
      calendarHow:
        'In the calendar of your phone or computer, choose “Subscribe to a calendar” and paste this address. Changes and cancellations arrive by themselves.',
      address: 'Address to copy',
      download: 'Take the calendar once',
      frame: 'On your town’s website',
      frameHow: 'Copy these lines into a page of your site. Nothing else is loaded: no script, no cookie.',
      frameLine: 'Lines to copy',
      frameTitle: 'What’s on',
      see: 'See the result',
      feed: 'In a news reader',
      feedHow: 'This address follows what is on, as Atom.',
      partners: 'For partners',
      openAgenda: 'The sessions, as OpenAgenda reads them (JSON)',
      api: 'All the data, for programs to read',
      national: 'The places, for the French national map of digital help (CSV)',
      team: 'What the national list lacks',
      teamLead: 'Only the team sees this part.',
      exported: (places: number) =>
        places === 0 ? 'No place is in it.' : places === 1 ? '1 place is in it.' : `${places} places are in it.`,
      complete: 'Nothing is missing: all the places are in it.',
      place: 'Place',
      missing: 'What is missing',
      why: {
        pivot: 'the SIRET number of the organisation, to be written in the territory’s legal notice',
        abroad: 'outside France, the national list does not take it',
        address: 'a full address, with its postcode',
        service: 'nothing to do there that is digital help',
        invented: 'it is an example for demonstration',
      },
    },
  },
});
