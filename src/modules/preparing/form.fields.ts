import { z } from 'zod';
import type { Locale } from '../../core/i18n.ts';
import { checkbox, day, localTime, optionalText } from '../../core/input.ts';
import { mostSeats } from '../sessions/index.ts';
import { i18nFields, optionalDecimal, optionalId, optionalWhole } from '../setup/index.ts';

export const kinds = ['workshop', 'training', 'talk', 'event', 'open_door', 'visit', 'meeting'] as const;
export const placeKinds = ['site', 'stop', 'address', 'online'] as const;
export const audiences = ['all', 'ages', 'members', 'group', 'invited'] as const;
export const priceKinds = ['unknown', 'free', 'amount'] as const;
export const repeats = ['once', 'weekly', 'monthly', 'monthly_last', 'dates'] as const;
/** How many tariffs, questions and chosen dates a form has room for. */
export const rooms = { tariffs: 4, questions: 3, dates: 12 } as const;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
export const tariffNumbers = numbers(rooms.tariffs);
export const questionNumbers = numbers(rooms.questions);
export const dateNumbers = numbers(rooms.dates);

const optionalDay = z
  .string()
  .optional()
  .transform((value) => value || undefined)
  .pipe(day.optional());
const optionalTime = z
  .string()
  .optional()
  .transform((value) => value || undefined)
  .pipe(localTime.optional());
/** One of a few; what a form leaves out is the first of them. */
const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .optional()
    .transform((value) => value || values[0])
    .pipe(z.enum(values));
const ids = (most: number) =>
  z
    .array(z.string())
    .optional()
    .transform((values) => [...new Set(values ?? [])])
    .pipe(z.array(z.uuid()).max(most));

const each = <T>(count: readonly number[], fields: (n: number) => Record<string, T>) =>
  Object.assign({}, ...count.map(fields)) as Record<string, T>;

/** What is said of a session, its dates aside. */
export const fieldsSchema = (main: Locale) => ({
  genre: z.enum(kinds),
  ...i18nFields('titre', 160, main),
  ...i18nFields('resume', 300),
  ...i18nFields('texte', 8000),
  ...i18nFields('acces', 500),
  ligne: optionalId,
  langue: choice([main, 'fr', 'nl', 'en']),
  inscription: choice(['seat', 'none']),
  places: optionalWhole(0, mostSeats),
  minimum: optionalWhole(1, mostSeats),
  'ouvre-jour': optionalDay,
  'ouvre-heure': optionalTime,
  'ferme-jour': optionalDay,
  'ferme-heure': optionalTime,
  public: choice(audiences),
  'age-min': optionalWhole(0, 120),
  'age-max': optionalWhole(0, 120),
  groupe: optionalId,
  'par-organisation': optionalWhole(1, mostSeats),
  prix: choice(priceKinds),
  ...each<z.ZodType>(tariffNumbers, (n) => ({
    [`tarif-${n}-nom`]: optionalText(80),
    [`tarif-${n}-euros`]: optionalDecimal(0, 100_000),
  })),
  ...each<z.ZodType>(questionNumbers, (n) => ({
    [`question-${n}`]: optionalText(200),
    [`question-${n}-but`]: optionalText(200),
    [`question-${n}-jours`]: optionalWhole(1, 1000),
    [`question-${n}-exige`]: checkbox,
  })),
  qui: ids(20),
  organisations: ids(20),
  avant: optionalWhole(0, 1440),
  apres: optionalWhole(0, 1440),
  embleme: optionalText(80),
  'operation-numero': optionalText(80),
  'operation-titre': optionalText(200),
  fil: optionalText(40),
});

/** Where it happens and what it takes. */
export const placeSchema = {
  lieu: choice(placeKinds),
  arret: optionalId,
  'adresse-nom': optionalText(160),
  'adresse-rue': optionalText(200),
  'adresse-cp': optionalText(12),
  'adresse-ville': optionalText(120),
  ...i18nFields('consignes', 1000),
  lien: z
    .string()
    .optional()
    .transform((value) => value?.trim() || undefined)
    .pipe(
      z
        .url({ protocol: /^https$/ })
        .max(500)
        .optional(),
    ),
  salles: ids(30),
};

/** When: a day and its hours. */
export const whenSchema = { jour: day, de: localTime, a: localTime };

/** How it comes again, and how long it is kept as an option. */
export const seriesSchema = {
  repeter: choice(repeats),
  toutes: optionalWhole(1, 12),
  jours: z
    .array(z.string())
    .optional()
    .transform((values) => (values ?? []).map(Number))
    .pipe(z.array(z.number().int().min(1).max(7)).max(7)),
  fois: optionalWhole(1, 200),
  jusquau: optionalDay,
  ...each<z.ZodType<string | undefined>>(dateNumbers, (n) => ({ [`date-${n}`]: optionalDay })),
  feries: checkbox,
  cours: checkbox,
  'option-jour': optionalDay,
};

/** Boxes of one name, read as lists. */
export const lists = ['salles', 'qui', 'organisations', 'jours', 'autre'] as const;
