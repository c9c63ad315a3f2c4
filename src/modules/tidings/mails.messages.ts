import { defineMessages } from '../../core/i18n.ts';

/** The words of the mails about registrations. A subject says when, never what for. */
export const mailMessages = defineMessages({
  fr: {
    confirmAsked: {
      subject: 'Votre code pour confirmer l’inscription',
      title: 'Plus qu’un geste pour vous inscrire',
      text: (what: string, until: string) =>
        `Tapez ce code sur la page d’inscription, ou ouvrez le lien ci-dessous, avant ${until} : ${what}.`,
      late: 'Passé ce délai, le code marche encore s’il reste de la place.',
      action: 'Confirmer mon inscription',
      notYou: 'Vous n’avez rien demandé ? Ne faites rien : l’inscription disparaîtra toute seule.',
    },
    registered: {
      subject: (when: string) => `Inscription confirmée : ${when}`,
      title: 'Votre inscription est faite',
      text: (n: number) =>
        `${n === 1 ? 'Votre place est gardée' : `Vos ${n} places sont gardées`}. Le fichier joint met la date dans votre agenda.`,
    },
    changed: {
      subject: (when: string) => `Inscription changée : ${when}`,
      title: 'Votre inscription a changé',
      text: 'Voici qui est inscrit maintenant. Le fichier joint corrige votre agenda.',
    },
    waiting: {
      subject: (when: string) => `Liste d’attente : ${when}`,
      title: 'Vous êtes sur la liste d’attente',
      few: (free: number, n: number) =>
        `Il reste ${free === 1 ? 'une place' : `${free} places`}, et vous êtes ${n} : dès qu’il y en a assez pour venir ensemble, elles vous sont proposées à votre tour. À moins nombreux, cela peut aller plus vite : changez qui vient depuis votre inscription.`,
      text: 'C’est complet pour l’instant. Dès qu’une place se libère, elle est proposée dans l’ordre de la liste.',
      rank: (rank: string) => `Vous êtes en ${rank} position.`,
    },
    offered: {
      subject: (when: string, n: number) =>
        `${n === 1 ? 'Une place s’est libérée' : `${n} places se sont libérées`} : ${when}`,
      title: (n: number) => (n === 1 ? 'Une place est pour vous' : `${n} places sont pour vous`),
      text: (until: string, n: number) =>
        n === 1
          ? `Une place s’est libérée, et c’est votre tour. Elle vous attend jusqu’au ${until}. Ensuite, elle sera proposée à la personne suivante.`
          : `${n} places se sont libérées, et c’est votre tour. Elles vous attendent jusqu’au ${until}. Ensuite, elles seront proposées aux personnes suivantes.`,
      begun: 'Le cours a déjà commencé : la place est pour les dates qui restent, ci-dessous.',
      take: (n: number) => (n === 1 ? 'Prendre la place' : 'Prendre les places'),
      leave: (n: number) => (n === 1 ? 'Laisser la place' : 'Laisser les places'),
    },
    offer_expired: {
      subject: (when: string) => `La place proposée est passée : ${when}`,
      title: 'La place a été proposée à la personne suivante',
      text: 'Nous n’avons pas eu votre réponse à temps. Vous pouvez vous inscrire de nouveau, ou choisir une autre date.',
      again: 'M’inscrire de nouveau',
    },
    moved: {
      subject: (when: string) => `Changement : ce sera ${when}`,
      title: 'La date change',
      text: (before: string) =>
        `C’était prévu ${before}. Votre inscription reste valable : si cela ne vous va plus, annulez en un geste, cela ne vous sera pas compté.`,
    },
    resumed: {
      subject: (when: string) => `Nouvelle date : ${when}`,
      title: 'Une nouvelle date est fixée',
      text: (before: string) =>
        `Ce qui était prévu ${before} aura bien lieu. Votre inscription reste valable : si cela ne vous va plus, annulez en un geste.`,
    },
    postponed: {
      subject: (when: string) => `Reporté : ce qui était prévu ${when}`,
      title: 'C’est reporté',
      text: 'La nouvelle date n’est pas encore fixée. Votre place est gardée, nous vous écrirons. Le fichier joint retire l’ancienne date de votre agenda.',
    },
    cancelled: {
      subject: (when: string) => `Inscription annulée : ${when}`,
      title: 'Votre inscription est annulée',
      text: 'Votre place servira à quelqu’un d’autre. Le fichier joint la retire de votre agenda.',
    },
    session_cancelled: {
      subject: (when: string) => `Annulé : ce qui était prévu ${when}`,
      title: 'C’est annulé',
      text: 'Nous en sommes désolés. Le fichier joint retire la date de votre agenda.',
      instead: 'Voici d’autres dates où vous pouvez venir.',
      take: (when: string) => `M’inscrire ${when}`,
    },
    reminder: {
      subject: (when: string) => `Demain : ${when}`,
      title: 'C’est demain',
      text: 'Vous ne venez plus ? Annulez en un geste : la place servira à quelqu’un d’autre.',
    },
    invited: {
      subject: (when: string) => `Invitation : ${when}`,
      title: 'Une invitation pour vous',
      text: 'Dites-nous si vous venez. Ce lien est personnel : ne le transmettez pas.',
      take: 'Répondre à l’invitation',
    },
    thanks: {
      subject: 'Merci de votre venue',
      title: 'Merci de votre venue',
      text: 'Est-ce que cela vous a été utile ? Une seule question, un seul geste. Votre réponse aide l’équipe.',
      action: 'Dire si c’était utile',
    },
    reason: 'Pourquoi',
    what: 'Quoi',
    when: 'Quand',
    where: 'Où',
    who: 'Qui vient',
    price: 'Prix',
    reference: 'Numéro',
    come: 'Comment venir',
    know: 'À savoir avant de venir',
    link: 'Lien pour se connecter',
    qr: 'À montrer en arrivant, si on vous le demande.',
    qrAlt: (reference: string) => `Code de l’inscription ${reference}`,
    see: 'Voir mon inscription',
    cancel: 'Annuler',
    other: 'Voir les autres dates',
    // To whoever had no seat yet: there is none to speak of, nor a file.
    unseated: {
      postponed:
        'La nouvelle date n’est pas encore fixée\u00a0: nous vous écrirons. Ce que vous aviez demandé reste noté.',
      cancelled: 'C’est noté\u00a0: nous ne vous attendons plus.',
      session_cancelled: 'Nous en sommes désolés.',
    },
    file: 'inscription.ics',
  },
  nl: {
    confirmAsked: {
      subject: 'Uw code om de inschrijving te bevestigen',
      title: 'Nog één stap om u in te schrijven',
      text: (what: string, until: string) =>
        `Typ deze code op de inschrijvingspagina, of open de link hieronder, vóór ${until}: ${what}.`,
      late: 'Daarna werkt de code nog als er plaats is.',
      action: 'Mijn inschrijving bevestigen',
      notYou: 'Hebt u niets gevraagd? Doe niets: de inschrijving verdwijnt vanzelf.',
    },
    registered: {
      subject: (when: string) => `Inschrijving bevestigd: ${when}`,
      title: 'U bent ingeschreven',
      text: (n: number) =>
        `${n === 1 ? 'Uw plaats is vrijgehouden' : `Uw ${n} plaatsen zijn vrijgehouden`}. Het bijgevoegde bestand zet de datum in uw agenda.`,
    },
    changed: {
      subject: (when: string) => `Inschrijving gewijzigd: ${when}`,
      title: 'Uw inschrijving is gewijzigd',
      text: 'Dit zijn de ingeschreven personen. Het bijgevoegde bestand past uw agenda aan.',
    },
    waiting: {
      subject: (when: string) => `Wachtlijst: ${when}`,
      title: 'U staat op de wachtlijst',
      few: (free: number, n: number) =>
        `Er ${free === 1 ? 'is nog één plaats' : `zijn nog ${free} plaatsen`}, en u bent met ${n}: zodra er genoeg zijn om samen te komen, worden ze u op uw beurt aangeboden. Met minder personen kan het sneller gaan: wijzig wie komt bij uw inschrijving.`,
      text: 'Het is nu volzet. Zodra er een plaats vrijkomt, wordt ze aangeboden in de volgorde van de lijst.',
      rank: (rank: string) => `U staat op de ${rank} plaats.`,
    },
    offered: {
      subject: (when: string, n: number) =>
        `${n === 1 ? 'Er is een plaats vrij' : `Er zijn ${n} plaatsen vrij`}: ${when}`,
      title: (n: number) => (n === 1 ? 'Er is een plaats voor u' : `Er zijn ${n} plaatsen voor u`),
      text: (until: string, n: number) =>
        n === 1
          ? `Er kwam een plaats vrij en het is uw beurt. Ze blijft voor u tot ${until}. Daarna gaat ze naar de volgende persoon.`
          : `Er kwamen ${n} plaatsen vrij en het is uw beurt. Ze blijven voor u tot ${until}. Daarna gaan ze naar de volgende personen.`,
      begun: 'De cursus is al begonnen: de plaats is voor de data die nog komen, hieronder.',
      take: (n: number) => (n === 1 ? 'De plaats nemen' : 'De plaatsen nemen'),
      leave: (n: number) => (n === 1 ? 'De plaats laten' : 'De plaatsen laten'),
    },
    offer_expired: {
      subject: (when: string) => `De aangeboden plaats is voorbij: ${when}`,
      title: 'De plaats is aan de volgende persoon aangeboden',
      text: 'We kregen uw antwoord niet op tijd. U kunt zich opnieuw inschrijven of een andere datum kiezen.',
      again: 'Mij opnieuw inschrijven',
    },
    moved: {
      subject: (when: string) => `Wijziging: het wordt ${when}`,
      title: 'De datum verandert',
      text: (before: string) =>
        `Het was gepland op ${before}. U blijft ingeschreven: past het niet meer, annuleer dan met één klik. Dat wordt u niet aangerekend.`,
    },
    resumed: {
      subject: (when: string) => `Nieuwe datum: ${when}`,
      title: 'Er is een nieuwe datum',
      text: (before: string) =>
        `Wat gepland was op ${before} gaat door. U blijft ingeschreven: past het niet meer, annuleer dan met één klik.`,
    },
    postponed: {
      subject: (when: string) => `Uitgesteld: wat gepland was op ${when}`,
      title: 'Het is uitgesteld',
      text: 'De nieuwe datum ligt nog niet vast. Uw plaats blijft van u, we schrijven u. Het bijgevoegde bestand haalt de oude datum uit uw agenda.',
    },
    cancelled: {
      subject: (when: string) => `Inschrijving geannuleerd: ${when}`,
      title: 'Uw inschrijving is geannuleerd',
      text: 'Iemand anders kan uw plaats gebruiken. Het bijgevoegde bestand haalt ze uit uw agenda.',
    },
    session_cancelled: {
      subject: (when: string) => `Geannuleerd: wat gepland was op ${when}`,
      title: 'Het gaat niet door',
      text: 'Het spijt ons. Het bijgevoegde bestand haalt de datum uit uw agenda.',
      instead: 'Dit zijn andere data waarop u kunt komen.',
      take: (when: string) => `Inschrijven voor ${when}`,
    },
    reminder: {
      subject: (when: string) => `Morgen: ${when}`,
      title: 'Het is morgen',
      text: 'Komt u niet meer? Annuleer met één klik: iemand anders kan de plaats gebruiken.',
    },
    invited: {
      subject: (when: string) => `Uitnodiging: ${when}`,
      title: 'U bent uitgenodigd',
      text: 'Laat ons weten of u komt. Deze link is persoonlijk: geef hem niet door.',
      take: 'De uitnodiging beantwoorden',
    },
    thanks: {
      subject: 'Bedankt voor uw komst',
      title: 'Bedankt voor uw komst',
      text: 'Was het nuttig voor u? Eén vraag, één klik. Uw antwoord helpt het team.',
      action: 'Zeggen of het nuttig was',
    },
    reason: 'Waarom',
    what: 'Wat',
    when: 'Wanneer',
    where: 'Waar',
    who: 'Wie komt',
    price: 'Prijs',
    reference: 'Nummer',
    come: 'Hoe u er komt',
    know: 'Te weten vóór u komt',
    link: 'Link om deel te nemen',
    qr: 'Te tonen bij aankomst, als men het u vraagt.',
    qrAlt: (reference: string) => `Code van inschrijving ${reference}`,
    see: 'Mijn inschrijving bekijken',
    cancel: 'Annuleren',
    other: 'Andere data bekijken',
    unseated: {
      postponed: 'De nieuwe datum ligt nog niet vast: we schrijven u. Wat u gevraagd had, blijft genoteerd.',
      cancelled: 'Het is genoteerd: we verwachten u niet meer.',
      session_cancelled: 'Het spijt ons.',
    },
    file: 'inschrijving.ics',
  },
  en: {
    confirmAsked: {
      subject: 'Your code to confirm the registration',
      title: 'One more step to register',
      text: (what: string, until: string) =>
        `Type this code on the registration page, or open the link below, before ${until}: ${what}.`,
      late: 'After that, the code still works if there is room.',
      action: 'Confirm my registration',
      notYou: 'You asked for nothing? Do nothing: the registration will disappear by itself.',
    },
    registered: {
      subject: (when: string) => `Registration confirmed: ${when}`,
      title: 'You are registered',
      text: (n: number) =>
        `${n === 1 ? 'Your seat is kept' : `Your ${n} seats are kept`}. The attached file puts the date in your calendar.`,
    },
    changed: {
      subject: (when: string) => `Registration changed: ${when}`,
      title: 'Your registration has changed',
      text: 'This is who is registered now. The attached file corrects your calendar.',
    },
    waiting: {
      subject: (when: string) => `Waiting list: ${when}`,
      title: 'You are on the waiting list',
      few: (free: number, n: number) =>
        `${free === 1 ? 'One seat is' : `${free} seats are`} left, and there are ${n} of you: as soon as there are enough to come together, they are offered to you in your turn. With fewer people it may be quicker: change who comes from your registration.`,
      text: 'It is full for now. As soon as a seat is given back, it is offered in the order of the list.',
      rank: (rank: string) => `You are ${rank} in line.`,
    },
    offered: {
      subject: (when: string, n: number) =>
        `${n === 1 ? 'A seat has become free' : `${n} seats have become free`}: ${when}`,
      title: (n: number) => (n === 1 ? 'There is a seat for you' : `There are ${n} seats for you`),
      text: (until: string, n: number) =>
        n === 1
          ? `A seat has become free and it is your turn. It is kept for you until ${until}. After that it is offered to the next person.`
          : `${n} seats have become free and it is your turn. They are kept for you until ${until}. After that they are offered to the next people.`,
      begun: 'The course has already begun: the seat is for the dates that remain, below.',
      take: (n: number) => (n === 1 ? 'Take the seat' : 'Take the seats'),
      leave: (n: number) => (n === 1 ? 'Leave the seat' : 'Leave the seats'),
    },
    offer_expired: {
      subject: (when: string) => `The seat offered has gone: ${when}`,
      title: 'The seat has been offered to the next person',
      text: 'We did not have your answer in time. You can register again, or choose another date.',
      again: 'Register again',
    },
    moved: {
      subject: (when: string) => `Change: it will be ${when}`,
      title: 'The date changes',
      text: (before: string) =>
        `It was planned ${before}. You stay registered: if it no longer suits you, cancel in one step, it is not held against you.`,
    },
    resumed: {
      subject: (when: string) => `New date: ${when}`,
      title: 'There is a new date',
      text: (before: string) =>
        `What was planned ${before} will take place. You stay registered: if it no longer suits you, cancel in one step.`,
    },
    postponed: {
      subject: (when: string) => `Postponed: what was planned ${when}`,
      title: 'It is postponed',
      text: 'The new date is not set yet. Your seat is kept and we will write to you. The attached file takes the old date out of your calendar.',
    },
    cancelled: {
      subject: (when: string) => `Registration cancelled: ${when}`,
      title: 'Your registration is cancelled',
      text: 'Somebody else can have your seat. The attached file takes it out of your calendar.',
    },
    session_cancelled: {
      subject: (when: string) => `Cancelled: what was planned ${when}`,
      title: 'It is cancelled',
      text: 'We are sorry. The attached file takes the date out of your calendar.',
      instead: 'Here are other dates on which you can come.',
      take: (when: string) => `Register ${when}`,
    },
    reminder: {
      subject: (when: string) => `Tomorrow: ${when}`,
      title: 'It is tomorrow',
      text: 'You are not coming any more? Cancel in one step: somebody else can have the seat.',
    },
    invited: {
      subject: (when: string) => `Invitation: ${when}`,
      title: 'You are invited',
      text: 'Tell us whether you come. This link is personal: do not pass it on.',
      take: 'Answer the invitation',
    },
    thanks: {
      subject: 'Thank you for coming',
      title: 'Thank you for coming',
      text: 'Was it useful to you? One question, one tap. Your answer helps the team.',
      action: 'Say whether it was useful',
    },
    reason: 'Why',
    what: 'What',
    when: 'When',
    where: 'Where',
    who: 'Who comes',
    price: 'Price',
    reference: 'Number',
    come: 'How to get there',
    know: 'Good to know before you come',
    link: 'Link to join',
    qr: 'To be shown on arrival, if you are asked.',
    qrAlt: (reference: string) => `Code of registration ${reference}`,
    see: 'See my registration',
    cancel: 'Cancel',
    other: 'See other dates',
    unseated: {
      postponed: 'The new date is not set yet: we will write to you. What you asked for stays noted.',
      cancelled: 'It is noted: we no longer expect you.',
      session_cancelled: 'We are sorry.',
    },
    file: 'registration.ics',
  },
});
