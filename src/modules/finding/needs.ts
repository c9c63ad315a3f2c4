import type { Locale } from '../../core/i18n.ts';
import type { ResourceKind } from '../../core/schema.ts';

/** What people come for, in the order the form shows it; `resource.needs` holds these keys. */
export const needKeys = [
  'work_quietly',
  'meet',
  'phone_call',
  'digital_help',
  'create',
  'print_3d',
  'cut_laser',
  'engrave',
  'cut_wood',
  'sew',
  'electronics',
  'print_large',
  'study',
  'event',
  'office',
  'discover',
] as const;

export type Need = (typeof needKeys)[number];

export const isNeed = (text: string): text is Need => needKeys.includes(text as Need);

const needs: Record<Locale, Record<Need, string>> = {
  fr: {
    work_quietly: 'Travailler au calme',
    meet: 'Se réunir',
    phone_call: 'Téléphoner ou faire une visio',
    digital_help: 'Être aidé avec le numérique',
    create: 'Créer en groupe',
    print_3d: 'Imprimer en 3D',
    cut_laser: 'Découper au laser',
    engrave: 'Graver',
    cut_wood: 'Couper du bois',
    sew: 'Coudre ou broder',
    electronics: 'Réparer ou monter de l’électronique',
    print_large: 'Imprimer en grand format',
    study: 'Étudier à distance',
    event: 'Organiser un événement',
    office: 'Avoir un bureau',
    discover: 'Découvrir un métier',
  },
  nl: {
    work_quietly: 'Rustig werken',
    meet: 'Vergaderen',
    phone_call: 'Bellen of videobellen',
    digital_help: 'Hulp krijgen met computer en internet',
    create: 'Samen iets bedenken',
    print_3d: '3D-printen',
    cut_laser: 'Lasersnijden',
    engrave: 'Graveren',
    cut_wood: 'Hout zagen',
    sew: 'Naaien of borduren',
    electronics: 'Elektronica herstellen of maken',
    print_large: 'Op groot formaat afdrukken',
    study: 'Op afstand studeren',
    event: 'Een evenement organiseren',
    office: 'Een kantoor hebben',
    discover: 'Een beroep ontdekken',
  },
  en: {
    work_quietly: 'Work quietly',
    meet: 'Hold a meeting',
    phone_call: 'Make a call or a video call',
    digital_help: 'Get help with computers and the internet',
    create: 'Create as a group',
    print_3d: 'Print in 3D',
    cut_laser: 'Cut with a laser',
    engrave: 'Engrave',
    cut_wood: 'Cut wood',
    sew: 'Sew or embroider',
    electronics: 'Repair or build electronics',
    print_large: 'Print in large format',
    study: 'Study remotely',
    event: 'Organise an event',
    office: 'Have an office',
    discover: 'Discover a trade',
  },
};

const kinds: Record<Locale, Record<ResourceKind, string>> = {
  fr: {
    fab_lab: 'Atelier de fabrication (fab lab)',
    machine: 'Machine',
    coworking_desk: 'Bureau partagé',
    meeting_room: 'Salle de réunion',
    creativity_room: 'Salle de créativité',
    hall: 'Grande salle',
    campus_desk: 'Place d’étude',
    office: 'Bureau fermé',
    kit: 'Mallette à emprunter',
    mobile_lab: 'Bus',
  },
  nl: {
    fab_lab: 'Maakatelier (fablab)',
    machine: 'Machine',
    coworking_desk: 'Gedeelde werkplek',
    meeting_room: 'Vergaderzaal',
    creativity_room: 'Creatieve ruimte',
    hall: 'Grote zaal',
    campus_desk: 'Studieplaats',
    office: 'Apart kantoor',
    kit: 'Koffer om te lenen',
    mobile_lab: 'Bus',
  },
  en: {
    fab_lab: 'Making workshop (fab lab)',
    machine: 'Machine',
    coworking_desk: 'Shared desk',
    meeting_room: 'Meeting room',
    creativity_room: 'Creativity room',
    hall: 'Large hall',
    campus_desk: 'Study place',
    office: 'Closed office',
    kit: 'Kit to borrow',
    mobile_lab: 'Bus',
  },
};

/** A need as a sentence one would say: "Travailler au calme". */
export const needSentence = (need: Need, locale: Locale): string => needs[locale][need];

/** The word for a kind of resource. */
export const kindWord = (kind: ResourceKind, locale: Locale): string => kinds[locale][kind];
