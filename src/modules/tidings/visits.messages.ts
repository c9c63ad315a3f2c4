import { defineMessages } from '../../core/i18n.ts';

/** The mails about an appointment, which say so: nobody "registers" to be received. A subject never says what for. */
export const visitMessages = defineMessages({
  fr: {
    confirmAsked: {
      subject: 'Votre code pour confirmer le rendez-vous',
      title: 'Plus qu’un geste pour prendre rendez-vous',
      text: (when: string, until: string) =>
        `Tapez ce code sur la page du rendez-vous, ou ouvrez le lien ci-dessous, avant ${until} : ${when}.`,
      late: 'Passé ce délai, l’heure est rendue : vous pourrez en choisir une autre.',
      action: 'Confirmer mon rendez-vous',
      notYou: 'Vous n’avez rien demandé ? Ne faites rien : le rendez-vous disparaîtra tout seul.',
    },
    registered: {
      subject: (when: string) => `Rendez-vous confirmé : ${when}`,
      title: 'Votre rendez-vous est pris',
      text: 'Nous vous attendons. Le fichier joint met le rendez-vous dans votre agenda.',
    },
    changed: {
      subject: (when: string) => `Rendez-vous changé : ${when}`,
      title: 'Votre rendez-vous a changé',
      text: 'Voici qui vient maintenant. Le fichier joint corrige votre agenda.',
    },
    moved: {
      subject: (when: string) => `Rendez-vous déplacé : ce sera ${when}`,
      title: 'Votre rendez-vous est déplacé',
      text: (before: string) =>
        `Avant, c’était ${before}. Le fichier joint corrige votre agenda. Si cela ne vous va pas, changez ou annulez en un geste.`,
    },
    cancelled: {
      subject: (when: string) => `Rendez-vous annulé : ${when}`,
      title: 'Votre rendez-vous est annulé',
      text: 'L’heure servira à quelqu’un d’autre. Le fichier joint retire le rendez-vous de votre agenda.',
    },
    session_cancelled: {
      subject: (when: string) => `Rendez-vous annulé : ${when}`,
      title: 'Nous devons annuler votre rendez-vous',
      text: 'Nous en sommes désolés. Le fichier joint le retire de votre agenda. Reprenez rendez-vous quand vous voulez.',
    },
    reminder: {
      subject: (when: string) => `Demain : ${when}`,
      title: 'Votre rendez-vous est demain',
      text: 'Vous ne venez plus ? Changez d’heure ou annulez en un geste : quelqu’un d’autre en a besoin.',
    },
    helper: 'Avec',
    see: 'Voir ou annuler mon rendez-vous',
    move: 'Changer d’heure ou de lieu',
    other: 'Prendre un autre rendez-vous',
    file: 'rendez-vous.ics',
  },
  nl: {
    confirmAsked: {
      subject: 'Uw code om de afspraak te bevestigen',
      title: 'Nog één stap om uw afspraak te maken',
      text: (when: string, until: string) =>
        `Typ deze code op de pagina van de afspraak, of open de link hieronder, vóór ${until}: ${when}.`,
      late: 'Daarna komt het uur weer vrij: u kunt dan een ander kiezen.',
      action: 'Mijn afspraak bevestigen',
      notYou: 'Hebt u niets gevraagd? Doe niets: de afspraak verdwijnt vanzelf.',
    },
    registered: {
      subject: (when: string) => `Afspraak bevestigd: ${when}`,
      title: 'Uw afspraak ligt vast',
      text: 'We verwachten u. Het bijgevoegde bestand zet de afspraak in uw agenda.',
    },
    changed: {
      subject: (when: string) => `Afspraak gewijzigd: ${when}`,
      title: 'Uw afspraak is gewijzigd',
      text: 'Deze personen komen nu. Het bijgevoegde bestand past uw agenda aan.',
    },
    moved: {
      subject: (when: string) => `Afspraak verplaatst: het wordt ${when}`,
      title: 'Uw afspraak is verplaatst',
      text: (before: string) =>
        `Eerst was het ${before}. Het bijgevoegde bestand past uw agenda aan. Past het niet, wijzig of annuleer dan met één klik.`,
    },
    cancelled: {
      subject: (when: string) => `Afspraak geannuleerd: ${when}`,
      title: 'Uw afspraak is geannuleerd',
      text: 'Iemand anders kan nu op dat uur komen. Het bijgevoegde bestand haalt de afspraak uit uw agenda.',
    },
    session_cancelled: {
      subject: (when: string) => `Afspraak geannuleerd: ${when}`,
      title: 'We moeten uw afspraak annuleren',
      text: 'Het spijt ons. Het bijgevoegde bestand haalt de afspraak uit uw agenda. Maak een nieuwe afspraak wanneer u wilt.',
    },
    reminder: {
      subject: (when: string) => `Morgen: ${when}`,
      title: 'Uw afspraak is morgen',
      text: 'Komt u niet meer? Kies een ander uur of annuleer met één klik: iemand anders heeft het nodig.',
    },
    helper: 'Met',
    see: 'Mijn afspraak bekijken of annuleren',
    move: 'Uur of plaats wijzigen',
    other: 'Een andere afspraak maken',
    file: 'afspraak.ics',
  },
  en: {
    confirmAsked: {
      subject: 'Your code to confirm the appointment',
      title: 'One more step to make your appointment',
      text: (when: string, until: string) =>
        `Type this code on the page of the appointment, or open the link below, before ${until}: ${when}.`,
      late: 'After that, the time is given back: you can then choose another.',
      action: 'Confirm my appointment',
      notYou: 'You asked for nothing? Do nothing: the appointment will disappear by itself.',
    },
    registered: {
      subject: (when: string) => `Appointment confirmed: ${when}`,
      title: 'Your appointment is made',
      text: 'We look forward to seeing you. The attached file puts the appointment in your calendar.',
    },
    changed: {
      subject: (when: string) => `Appointment changed: ${when}`,
      title: 'Your appointment has changed',
      text: 'This is who is coming now. The attached file corrects your calendar.',
    },
    moved: {
      subject: (when: string) => `Appointment moved: it will be ${when}`,
      title: 'Your appointment has been moved',
      text: (before: string) =>
        `Before, it was ${before}. The attached file corrects your calendar. If it does not suit you, change or cancel in one step.`,
    },
    cancelled: {
      subject: (when: string) => `Appointment cancelled: ${when}`,
      title: 'Your appointment is cancelled',
      text: 'Somebody else can have that time. The attached file takes the appointment out of your calendar.',
    },
    session_cancelled: {
      subject: (when: string) => `Appointment cancelled: ${when}`,
      title: 'We have to cancel your appointment',
      text: 'We are sorry. The attached file takes it out of your calendar. Make another appointment whenever you like.',
    },
    reminder: {
      subject: (when: string) => `Tomorrow: ${when}`,
      title: 'Your appointment is tomorrow',
      text: 'You are not coming any more? Choose another time or cancel in one step: somebody else needs it.',
    },
    helper: 'With',
    see: 'See or cancel my appointment',
    move: 'Change the time or the place',
    other: 'Make another appointment',
    file: 'appointment.ics',
  },
});
