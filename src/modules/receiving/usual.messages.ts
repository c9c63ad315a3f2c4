import type { I18nText } from '../../core/i18n.ts';

type Usual = {
  slug: string;
  name: I18nText;
  summary: I18nText;
  bring: I18nText;
  minutes: number;
  places: number;
  who: 'public';
  notice_minutes: number;
  horizon_days: number;
};

const usual = { places: 2, who: 'public', notice_minutes: 60, horizon_days: 60 } as const;

/** What people most often come for: a territory begins with these, and rewrites them in its own words. */
export const usualReasons: readonly Usual[] = [
  {
    slug: 'premiers-pas',
    name: { fr: 'Mes premiers pas en ligne', nl: 'Mijn eerste stappen online', en: 'My first steps online' },
    summary: {
      fr: 'Téléphone, ordinateur, messagerie : on commence ensemble, à votre rythme.',
      nl: 'Telefoon, computer, e-mail: we beginnen samen, op uw tempo.',
      en: 'Phone, computer, e-mail: we begin together, at your pace.',
    },
    bring: {
      fr: 'Votre téléphone ou votre ordinateur, avec son chargeur.',
      nl: 'Uw telefoon of computer, met de lader.',
      en: 'Your phone or computer, with its charger.',
    },
    minutes: 60,
    ...usual,
  },
  {
    slug: 'demarche',
    name: {
      fr: 'Une démarche ou un formulaire à remplir',
      nl: 'Een aanvraag of formulier invullen',
      en: 'A form to fill in',
    },
    summary: {
      fr: 'Carte grise, aides, impôts, santé : on le fait avec vous.',
      nl: 'Inschrijvingsbewijs, premies, belastingen, gezondheid: we doen het samen met u.',
      en: 'Vehicle papers, benefits, taxes, health: we do it with you.',
    },
    bring: {
      fr: 'Une pièce d’identité, le courrier reçu, et vos identifiants si vous en avez.',
      nl: 'Uw identiteitskaart, de ontvangen brief, en uw inloggegevens als u er hebt.',
      en: 'An identity card, the letter you received, and your log-in details if you have any.',
    },
    minutes: 45,
    ...usual,
  },
  {
    slug: 'cv',
    name: { fr: 'Un CV ou une candidature', nl: 'Een cv of sollicitatie', en: 'A CV or an application' },
    summary: {
      fr: 'Écrire ou rafraîchir votre CV, répondre à une offre.',
      nl: 'Uw cv schrijven of opfrissen, op een vacature antwoorden.',
      en: 'Write or refresh your CV, answer an advertisement.',
    },
    bring: {
      fr: 'Votre ancien CV si vous en avez un, et les dates de vos emplois.',
      nl: 'Uw vorige cv als u er een hebt, en de data van uw jobs.',
      en: 'Your former CV if you have one, and the dates of your jobs.',
    },
    minutes: 60,
    ...usual,
  },
  {
    slug: 'orientation',
    name: { fr: 'Faire le point, m’orienter', nl: 'Mijn weg zoeken', en: 'Finding my way' },
    summary: {
      fr: 'Formation, métier, droits : à qui s’adresser, par où commencer.',
      nl: 'Opleiding, beroep, rechten: bij wie u terechtkunt, waar u begint.',
      en: 'Training, jobs, rights: whom to ask, where to begin.',
    },
    bring: { fr: 'Rien : venez comme vous êtes.', nl: 'Niets: kom zoals u bent.', en: 'Nothing: come as you are.' },
    minutes: 45,
    ...usual,
  },
  {
    slug: 'projet',
    name: { fr: 'Un conseil pour mon projet', nl: 'Advies voor mijn project', en: 'Advice on my project' },
    summary: {
      fr: 'Une idée, un objet à fabriquer, une activité à lancer.',
      nl: 'Een idee, iets om te maken, een activiteit om te starten.',
      en: 'An idea, something to make, a business to start.',
    },
    bring: {
      fr: 'Ce que vous avez déjà : un croquis, des notes, un fichier.',
      nl: 'Wat u al hebt: een schets, notities, een bestand.',
      en: 'What you already have: a sketch, notes, a file.',
    },
    minutes: 60,
    places: 4,
    who: 'public',
    notice_minutes: 1440,
    horizon_days: 60,
  },
];
