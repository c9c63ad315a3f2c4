import type { Params } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { Saying, Sentences } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';

const when = (p: Params, s: Saying): string =>
  p.start instanceof Date ? formatter(s.locale, s.timeZone).dayTime(p.start) : '';

const range = (p: Params, s: Saying): string => {
  if (!(p.start instanceof Date && p.end instanceof Date)) return '';
  const f = formatter(s.locale, s.timeZone);
  const and = { fr: 'et', nl: 'en', en: 'and' }[s.locale];
  return `${f.time(p.start)} ${and} ${f.time(p.end)}`;
};

/** Why somebody cannot be written down as there, or not. */
export const attendanceSentences: Record<Locale, Sentences> = {
  fr: {
    'attendance.not_registered': () =>
      'Cette personne n’est pas inscrite à cette séance. Ajoutez-la à la porte, ou comptez-la sans nom.',
    'attendance.not_now': (p, s) =>
      `On peut dire « je suis là » une heure avant le début (${when(p, s)}) et jusqu’à la fin. Sinon, dites-le à l’équipe.`,
    'attendance.not_yet': (p, s) =>
      `Cette partie commence ${when(p, s)} : d’ici là, on peut seulement noter qu’une personne s’est excusée.`,
    'attendance.other_day': () => 'La séance n’a pas lieu à ce moment-là. Rechargez la liste, puis recommencez.',
    'attendance.ahead': () => 'L’heure notée est dans le futur : vérifiez l’horloge de l’appareil.',
    'attendance.not_held': () => 'Cette séance n’a pas lieu : personne ne peut y être compté.',
    'attendance.more_than_seats': (p) =>
      `Ce groupe a ${Number(p.seats)} places. Comptez sans nom les personnes venues en plus.`,
    'attendance.not_there': () => 'Notez d’abord que cette personne est là, puis ses heures.',
    'attendance.hours': (p, s) => `Donnez une arrivée puis un départ, entre ${range(p, s)}.`,
    'attendance.drawing': () => 'La signature n’a pas été reçue en entier. Effacez-la, puis signez de nouveau.',
  },
  nl: {
    'attendance.not_registered': () =>
      'Deze persoon is niet ingeschreven voor deze sessie. Voeg ze toe aan de deur, of tel ze zonder naam.',
    'attendance.not_now': (p, s) =>
      `U kunt zeggen dat u er bent vanaf een uur voor het begin (${when(p, s)}) tot het einde. Zeg het anders aan het team.`,
    'attendance.not_yet': (p, s) =>
      `Dit deel begint ${when(p, s)}: tot dan kunt u alleen noteren dat iemand zich verontschuldigd heeft.`,
    'attendance.other_day': () => 'De sessie vindt dan niet plaats. Laad de lijst opnieuw en probeer het nog eens.',
    'attendance.ahead': () => 'Het genoteerde uur ligt in de toekomst: controleer de klok van het toestel.',
    'attendance.not_held': () => 'Deze sessie gaat niet door: niemand kan er geteld worden.',
    'attendance.more_than_seats': (p) =>
      `Deze groep heeft ${Number(p.seats)} plaatsen. Tel wie extra gekomen is zonder naam.`,
    'attendance.not_there': () => 'Noteer eerst dat deze persoon er is, en daarna de uren.',
    'attendance.hours': (p, s) => `Geef een aankomst en dan een vertrek, tussen ${range(p, s)}.`,
    'attendance.drawing': () => 'De handtekening is niet volledig ontvangen. Wis ze en teken opnieuw.',
  },
  en: {
    'attendance.not_registered': () =>
      'This person is not registered for this session. Add them at the door, or count them without a name.',
    'attendance.not_now': (p, s) =>
      `You can say that you are there from one hour before it begins (${when(p, s)}) until it ends. Otherwise, tell the team.`,
    'attendance.not_yet': (p, s) =>
      `This part begins on ${when(p, s)}: until then you can only note that somebody is excused.`,
    'attendance.other_day': () => 'The session does not happen then. Reload the list, then try again.',
    'attendance.ahead': () => 'The time noted is in the future: check the clock of the device.',
    'attendance.not_held': () => 'This session does not happen: nobody can be counted there.',
    'attendance.more_than_seats': (p) =>
      `This group has ${Number(p.seats)} seats. Count those who came besides without a name.`,
    'attendance.not_there': () => 'First note that this person is there, then their hours.',
    'attendance.hours': (p, s) => `Give an arrival, then a departure, between ${range(p, s)}.`,
    'attendance.drawing': () => 'The signature did not arrive whole. Clear it, then sign again.',
  },
};
