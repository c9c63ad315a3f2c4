import { defineMessages } from '../../core/i18n.ts';

/** The words of the mails that say what became of a session, of one date or of several. A subject says when, never what for. */
export const newsMessages = defineMessages({
  fr: {
    both: 'La date et le lieu changent',
    one: {
      place: {
        subject: (when: string) => `Changement de lieu : ${when}`,
        title: 'Le lieu change',
        text: 'Le jour et l’heure restent les mêmes. Voici où venir ; le fichier joint corrige votre agenda. Si cela ne vous va plus, annulez en un geste, cela ne vous sera pas compté.',
      },
      room: {
        subject: (when: string) => `Changement de salle : ${when}`,
        title: 'La salle change',
        text: 'Le jour et l’heure restent les mêmes. Voici où venir ; le fichier joint corrige votre agenda.',
      },
      person: {
        subject: (when: string) => `Changement : ${when}`,
        title: 'Une autre personne vous reçoit',
        text: 'Le jour, l’heure et le lieu restent les mêmes. Si cela ne vous va plus, annulez en un geste, cela ne vous sera pas compté.',
      },
      link: {
        subject: (when: string) => `Nouveau lien : ${when}`,
        title: 'Le lien pour se connecter a changé',
        text: 'Le jour et l’heure restent les mêmes. Utilisez le lien ci-dessous : l’ancien ne sert plus. Le fichier joint corrige votre agenda.',
      },
      instructions: {
        subject: (when: string) => `À savoir avant de venir : ${when}`,
        title: 'À savoir avant de venir',
        text: 'Le jour, l’heure et le lieu restent les mêmes, mais ce qu’il faut savoir a changé : le voici.',
      },
      words: {
        subject: (when: string) => `Une précision : ${when}`,
        title: 'Une précision sur ce qui est prévu',
        text: 'Le jour, l’heure et le lieu restent les mêmes. Le fichier joint corrige votre agenda.',
      },
    },
    changes: (list: string) => `Ce qui change : ${list}.`,
    said: {
      title: 'le titre',
      summary: 'la présentation',
      description: 'le détail de ce qui est prévu',
      accessibility: 'l’accessibilité',
      price: 'le prix',
    },
    summary: 'En bref',
    accessibility: 'Accessibilité',
    several: {
      moved: {
        subject: (count: number, when: string) => `Changement pour ${count} dates : la première sera ${when}`,
        title: (count: number) => `${count} de vos dates changent`,
        text: 'Les voici. Votre inscription reste valable pour chacune : celle qui ne vous va plus s’annule en un geste, cela ne vous sera pas compté. Le fichier joint corrige votre agenda.',
      },
      edited: {
        subject: (count: number, when: string) => `Une précision pour ${count} dates : la première est ${when}`,
        title: (count: number) => `Une précision pour ${count} de vos dates`,
        text: 'Les jours et les heures restent les mêmes. Le fichier joint corrige votre agenda.',
      },
      resumed: {
        subject: (count: number, when: string) => `${count} nouvelles dates : la première sera ${when}`,
        title: (count: number) => `${count} nouvelles dates sont fixées`,
        text: 'Les voici. Votre inscription reste valable pour chacune : celle qui ne vous va plus s’annule en un geste. Le fichier joint les met dans votre agenda.',
      },
      postponed: {
        subject: (count: number, when: string) => `Reportées : ${count} dates, à partir du ${when}`,
        title: (count: number) => `${count} de vos dates sont reportées`,
        text: 'Les nouvelles dates ne sont pas encore fixées. Vos places sont gardées, nous vous écrirons. Le fichier joint retire les anciennes dates de votre agenda.',
      },
      session_cancelled: {
        subject: (count: number, when: string) => `Annulées : ${count} dates, à partir du ${when}`,
        title: (count: number) => `${count} de vos dates sont annulées`,
        text: 'Nous en sommes désolés. Le fichier joint retire ces dates de votre agenda.',
      },
    },
    before: (when: string) => `Avant : ${when}`,
    link: (link: string) => `Lien : ${link}`,
  },
  nl: {
    both: 'De datum en de plaats veranderen',
    one: {
      place: {
        subject: (when: string) => `Andere plaats: ${when}`,
        title: 'De plaats verandert',
        text: 'De dag en het uur blijven dezelfde. Hier moet u zijn; het bijgevoegde bestand past uw agenda aan. Past het niet meer, annuleer dan met één klik. Dat wordt u niet aangerekend.',
      },
      room: {
        subject: (when: string) => `Andere zaal: ${when}`,
        title: 'De zaal verandert',
        text: 'De dag en het uur blijven dezelfde. Hier moet u zijn; het bijgevoegde bestand past uw agenda aan.',
      },
      person: {
        subject: (when: string) => `Wijziging: ${when}`,
        title: 'Iemand anders ontvangt u',
        text: 'De dag, het uur en de plaats blijven dezelfde. Past het niet meer, annuleer dan met één klik. Dat wordt u niet aangerekend.',
      },
      link: {
        subject: (when: string) => `Nieuwe link: ${when}`,
        title: 'De link om deel te nemen is veranderd',
        text: 'De dag en het uur blijven dezelfde. Gebruik de link hieronder: de vorige werkt niet meer. Het bijgevoegde bestand past uw agenda aan.',
      },
      instructions: {
        subject: (when: string) => `Te weten vóór u komt: ${when}`,
        title: 'Te weten vóór u komt',
        text: 'De dag, het uur en de plaats blijven dezelfde, maar wat u moet weten is veranderd: hier staat het.',
      },
      words: {
        subject: (when: string) => `Een verduidelijking: ${when}`,
        title: 'Een verduidelijking over wat gepland is',
        text: 'De dag, het uur en de plaats blijven dezelfde. Het bijgevoegde bestand past uw agenda aan.',
      },
    },
    changes: (list: string) => `Wat verandert: ${list}.`,
    said: {
      title: 'de titel',
      summary: 'de voorstelling',
      description: 'de uitleg over wat gepland is',
      accessibility: 'de toegankelijkheid',
      price: 'de prijs',
    },
    summary: 'In het kort',
    accessibility: 'Toegankelijkheid',
    several: {
      moved: {
        subject: (count: number, when: string) => `Wijziging voor ${count} datums: de eerste wordt ${when}`,
        title: (count: number) => `${count} van uw datums veranderen`,
        text: 'Hier zijn ze. U blijft voor elke datum ingeschreven: past er een niet meer, annuleer ze dan met één klik. Dat wordt u niet aangerekend. Het bijgevoegde bestand past uw agenda aan.',
      },
      edited: {
        subject: (count: number, when: string) => `Een verduidelijking voor ${count} datums: de eerste is ${when}`,
        title: (count: number) => `Een verduidelijking voor ${count} van uw datums`,
        text: 'De dagen en de uren blijven dezelfde. Het bijgevoegde bestand past uw agenda aan.',
      },
      resumed: {
        subject: (count: number, when: string) => `${count} nieuwe datums: de eerste wordt ${when}`,
        title: (count: number) => `Er zijn ${count} nieuwe datums`,
        text: 'Hier zijn ze. U blijft voor elke datum ingeschreven: past er een niet meer, annuleer ze dan met één klik. Het bijgevoegde bestand zet ze in uw agenda.',
      },
      postponed: {
        subject: (count: number, when: string) => `Uitgesteld: ${count} datums, vanaf ${when}`,
        title: (count: number) => `${count} van uw datums zijn uitgesteld`,
        text: 'De nieuwe datums liggen nog niet vast. Uw plaatsen blijven van u, we schrijven u. Het bijgevoegde bestand haalt de oude datums uit uw agenda.',
      },
      session_cancelled: {
        subject: (count: number, when: string) => `Geannuleerd: ${count} datums, vanaf ${when}`,
        title: (count: number) => `${count} van uw datums gaan niet door`,
        text: 'Het spijt ons. Het bijgevoegde bestand haalt deze datums uit uw agenda.',
      },
    },
    before: (when: string) => `Voordien: ${when}`,
    link: (link: string) => `Link: ${link}`,
  },
  en: {
    both: 'The date and the place change',
    one: {
      place: {
        subject: (when: string) => `Change of place: ${when}`,
        title: 'The place changes',
        text: 'The day and the time stay the same. Here is where to come; the attached file corrects your calendar. If it no longer suits you, cancel in one step, it is not held against you.',
      },
      room: {
        subject: (when: string) => `Change of room: ${when}`,
        title: 'The room changes',
        text: 'The day and the time stay the same. Here is where to come; the attached file corrects your calendar.',
      },
      person: {
        subject: (when: string) => `Change: ${when}`,
        title: 'Somebody else receives you',
        text: 'The day, the time and the place stay the same. If it no longer suits you, cancel in one step, it is not held against you.',
      },
      link: {
        subject: (when: string) => `New link: ${when}`,
        title: 'The link to join has changed',
        text: 'The day and the time stay the same. Use the link below: the former one no longer works. The attached file corrects your calendar.',
      },
      instructions: {
        subject: (when: string) => `Good to know before you come: ${when}`,
        title: 'Good to know before you come',
        text: 'The day, the time and the place stay the same, but what you need to know has changed: here it is.',
      },
      words: {
        subject: (when: string) => `To be more precise: ${when}`,
        title: 'To be more precise about what is planned',
        text: 'The day, the time and the place stay the same. The attached file corrects your calendar.',
      },
    },
    changes: (list: string) => `What changes: ${list}.`,
    said: {
      title: 'the title',
      summary: 'the summary',
      description: 'the details of what is planned',
      accessibility: 'accessibility',
      price: 'the price',
    },
    summary: 'In short',
    accessibility: 'Accessibility',
    several: {
      moved: {
        subject: (count: number, when: string) => `Change for ${count} dates: the first will be ${when}`,
        title: (count: number) => `${count} of your dates change`,
        text: 'Here they are. You stay registered for each: cancel in one step the one that no longer suits you, it is not held against you. The attached file corrects your calendar.',
      },
      edited: {
        subject: (count: number, when: string) => `To be more precise about ${count} dates: the first is ${when}`,
        title: (count: number) => `To be more precise about ${count} of your dates`,
        text: 'The days and the times stay the same. The attached file corrects your calendar.',
      },
      resumed: {
        subject: (count: number, when: string) => `${count} new dates: the first will be ${when}`,
        title: (count: number) => `There are ${count} new dates`,
        text: 'Here they are. You stay registered for each: cancel in one step the one that no longer suits you. The attached file puts them in your calendar.',
      },
      postponed: {
        subject: (count: number, when: string) => `Postponed: ${count} dates, from ${when}`,
        title: (count: number) => `${count} of your dates are postponed`,
        text: 'The new dates are not set yet. Your seats are kept and we will write to you. The attached file takes the old dates out of your calendar.',
      },
      session_cancelled: {
        subject: (count: number, when: string) => `Cancelled: ${count} dates, from ${when}`,
        title: (count: number) => `${count} of your dates are cancelled`,
        text: 'We are sorry. The attached file takes these dates out of your calendar.',
      },
    },
    before: (when: string) => `Before: ${when}`,
    link: (link: string) => `Link: ${link}`,
  },
});
