import type { Pen } from '../day/index.ts';
import { blank, type Form, textValues } from '../setup/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { whenValues } from './form.read.ts';

const plain = (value: number | null): string => (value === null ? '' : String(value));

/** A form filled with what is said of a session, its dates aside. */
export function valuesOf(pen: Pen, view: SessionView): Form {
  const { f } = pen;
  const moment = (name: string, at: Date | null) => ({
    [`${name}-jour`]: at ? f.isoDay(at) : '',
    [`${name}-heure`]: at ? f.clock(at) : '',
  });
  const values: Record<string, string> = {
    genre: view.kind,
    ...textValues('titre', view.title),
    ...textValues('resume', view.summary),
    ...textValues('texte', view.description),
    ...textValues('acces', view.accessibility),
    ligne: view.line?.id ?? '',
    langue: view.language,
    inscription: view.enrolment,
    places: plain(view.seats),
    minimum: plain(view.minimum),
    ...moment('ouvre', view.opensAt),
    ...moment('ferme', view.closesAt),
    public: view.audience,
    'age-min': plain(view.ageMin),
    'age-max': plain(view.ageMax),
    groupe: view.groupId ?? '',
    'par-organisation': plain(view.perOrganisation),
    prix: view.priceKind,
    avant: view.setUpMinutes ? String(view.setUpMinutes) : '',
    apres: view.cleanUpMinutes ? String(view.cleanUpMinutes) : '',
    embleme: view.operation.emblem ?? '',
    'operation-numero': view.operation.number ?? '',
    'operation-titre': view.operation.title ?? '',
    fil: view.track ?? '',
    ...placeValues(view),
  };
  view.tariffs.forEach((tariff, index) => {
    values[`tarif-${index + 1}-nom`] = pen.say(tariff.name);
    values[`tarif-${index + 1}-euros`] = String(tariff.cents / 100).replace('.', ',');
  });
  view.questions.forEach((question, index) => {
    values[`question-${index + 1}`] = pen.say(question.label);
    values[`question-${index + 1}-but`] = pen.say(question.purpose);
    values[`question-${index + 1}-jours`] = String(question.keepDays);
    if (question.required) values[`question-${index + 1}-exige`] = 'on';
  });
  return blank(values, {
    salles: view.things.map(({ id }) => id),
    qui: view.leaders.map(({ id }) => id),
    organisations: view.organisations.map(({ id }) => id),
    jours: [],
    autre: [],
  });
}

const placeValues = ({ placeKind, stop, address, onlineUrl }: SessionView): Record<string, string> => ({
  lieu: placeKind,
  arret: stop?.id ?? '',
  'adresse-nom': address?.name ?? '',
  'adresse-rue': address?.street ?? '',
  'adresse-cp': address?.postcode ?? '',
  'adresse-ville': address?.town ?? '',
  ...textValues('consignes', address?.instructions ?? {}),
  lien: onlineUrl ?? '',
});

/** A form filled with a session's day, hours, place and rooms. */
export function moveValues(pen: Pen, view: SessionView): Form {
  const all = valuesOf(pen, view);
  const when = whenValues(view, view.timeZone, pen);
  return { ...all, values: { ...placeValues(view), ...when, version: String(view.version), portee: 'one' } };
}
