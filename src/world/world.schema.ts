import { z } from 'zod';
import { isTimeZone } from '../core/clock.ts';
import { locales } from '../core/i18n.ts';
import { resourceKinds } from '../core/schema.ts';
import { needKeys } from '../modules/finding/index.ts';

/** The shape of the files of data/: a mistake is refused with the file's name and the field's path. */

const i18n = z.strictObject({
  fr: z.string().min(1),
  nl: z.string().min(1).optional(),
  en: z.string().min(1).optional(),
});
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and "-" only');
const hours = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, 'hours are written "09:00-12:30"');

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];
const weekday = z.enum(weekdays);
const dayRange = z
  .string()
  .regex(/^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$/, 'days are written "mon" or "mon-fri"');
const opening = z.record(dayRange, z.array(hours).min(1));

const exception = z.strictObject({
  /** Month and day: it comes back each year. */
  on: z.string().regex(/^\d\d-\d\d$/, 'a day of the year is written "12-24"'),
  hours: hours.optional(),
  reason: i18n,
});

const rules = z.strictObject({
  noticeMinutes: z.int().min(0).optional(),
  horizonDays: z.int().min(1).optional(),
  minMinutes: z.int().min(5).optional(),
  maxMinutes: z.int().min(5).optional(),
  personWindowMinutes: z.int().min(0).optional(),
  organisationWindowMinutes: z.int().min(0).optional(),
  windowDays: z.int().min(1).optional(),
  personAtOnce: z.int().min(1).optional(),
  organisationAtOnce: z.int().min(1).optional(),
  ownOverlaps: z.boolean().optional(),
  who: z.enum(['public', 'member', 'team', 'group']).optional(),
  groupSlug: slug.optional(),
  approval: z.boolean().optional(),
  cancelUntilMinutes: z.int().min(0).optional(),
  checkIn: z.boolean().optional(),
  releaseMinutes: z.int().min(0).optional(),
});

const amount = z.strictObject({
  cents: z.int().min(0),
  per: z.enum(['hour', 'half_day', 'day', 'booking']),
  taxBasisPoints: z.int().min(0).optional(),
});

const resource = z.strictObject({
  slug,
  kind: z.enum(resourceKinds),
  name: i18n,
  summary: i18n.optional(),
  line: z.string().optional(),
  capacity: z.int().min(1).max(10_000).default(1),
  /** How many of the same, or what each is called. */
  units: z.union([z.int().min(1).max(500), z.array(z.string().min(1)).min(1)]).default(1),
  equipment: z.array(i18n).default([]),
  needs: z.array(z.enum(needKeys)).default([]),
  requirement: i18n.optional(),
  minimumAge: z.int().min(1).max(120).optional(),
  bufferBefore: z.int().min(0).default(0),
  bufferAfter: z.int().min(0).default(0),
  step: z.int().min(5).max(1440).default(30),
  price: z.union([z.literal('unknown'), z.literal('free'), amount]).default('unknown'),
  preset: z.enum(['open', 'members', 'on_request']).default('open'),
  rules: rules.default({}),
  contains: z.array(slug).default([]),
  opening: opening.optional(),
  rank: z.int().default(0),
  demonstration: z.boolean().optional(),
});

const space = z.strictObject({
  slug,
  name: i18n,
  summary: i18n.optional(),
  line: z.string().optional(),
  floor: i18n.optional(),
  areaM2: z.int().min(1).optional(),
  rules: rules.default({}),
  opening: opening.optional(),
  exceptions: z.array(exception).default([]),
  resources: z.array(resource).default([]),
  demonstration: z.boolean().optional(),
});

export const siteFile = z.strictObject({
  slug,
  kind: z.enum(['station', 'mini_station', 'mobile']),
  rank: z.int().default(0),
  /** Inherited by the spaces and resources that do not say otherwise. */
  demonstration: z.boolean().default(false),
  name: i18n,
  summary: i18n.optional(),
  commune: z.string().optional(),
  address: z.string().min(1).optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  timeZone: z.string().refine(isTimeZone, 'not a time zone').optional(),
  telephone: z.string().min(6).optional(),
  email: z.email().optional(),
  howToCome: i18n.optional(),
  accessibility: i18n.optional(),
  closedOnHolidays: z.boolean().default(true),
  rules: rules.default({}),
  opening: opening.optional(),
  exceptions: z.array(exception).default([]),
  spaces: z.array(space).default([]),
  resources: z.array(resource).default([]),
});

export const territoryFile = z.strictObject({
  slug,
  name: z.string().min(1),
  mainLanguage: z.enum(locales).default('fr'),
  country: z.string().length(2).default('FR'),
  timeZone: z.string().refine(isTimeZone, 'not a time zone').default('Europe/Paris'),
  telephone: z.string().min(6).optional(),
  email: z.email().optional(),
  publisher: z.record(z.string(), z.string()).default({}),
  demonstration: z.boolean().default(false),
});

export const linesFile = z.array(
  z.strictObject({
    letter: z.string().regex(/^[A-Z0-9]{1,2}$/, 'one or two capitals'),
    slug,
    colour: z.enum(['orange', 'blue', 'teal', 'green', 'pink', 'violet', 'brown', 'slate']),
    name: i18n,
  }),
);

export const tourFile = z.strictObject({
  site: slug,
  /** A Monday that begins the pattern's first week. */
  anchor: z.iso.date(),
  weeks: z.int().min(1).max(12),
  aheadWeeks: z.int().min(1).max(52).default(8),
  demonstration: z.boolean().default(false),
  /** What one finds at every stop. */
  aboard: z.array(z.string().max(80)).max(12).optional(),
  stops: z.array(
    z.strictObject({
      week: z.int().min(1).max(12),
      day: weekday,
      hours,
      commune: z.string(),
      place: i18n,
      address: z.string().optional(),
      /** The commune's centre when absent. */
      lat: z.number().optional(),
      lon: z.number().optional(),
    }),
  ),
});

export const peopleFile = z.strictObject({
  organisations: z.array(
    z.strictObject({ key: slug, name: z.string().min(1), country: z.string().length(2).default('FR') }),
  ),
  people: z.array(
    z.strictObject({
      key: slug,
      name: z.string().min(1),
      email: z.email().optional(),
      telephone: z.string().optional(),
      language: z.enum(locales).default('fr'),
      account: z.boolean().default(false),
      roles: z
        .array(z.strictObject({ role: z.enum(['administrator', 'team', 'member']), site: slug.optional() }))
        .default([]),
      organisations: z.array(slug).default([]),
    }),
  ),
});

const fate = z.enum(['no_show', 'cancelled']);

export const bookingsFile = z.strictObject({
  bookings: z.array(
    z
      .strictObject({
        resource: slug,
        person: slug,
        organisation: slug.optional(),
        hours,
        people: z.int().min(1).default(1),
        purpose: z.string().optional(),
        /** A weekly habit: these days, each week from two weeks ago to three weeks ahead, or the weeks named. */
        days: z.array(weekday).optional(),
        weeks: z.array(z.int().min(-2).max(3)).optional(),
        /** Or around today: 0 is today, 1 the next day on which the thing is open. */
        around: z.array(z.int().min(-5).max(10)).optional(),
        status: z.literal('requested').optional(),
        /** What became of it in some week: "-1": "no_show". */
        fates: z.record(z.string().regex(/^-?\d$/), fate).default({}),
      })
      .refine((entry) => (entry.days === undefined) !== (entry.around === undefined), 'either "days" or "around"'),
  ),
  notes: z.array(z.strictObject({ site: slug, around: z.int(), body: z.string(), author: slug })).default([]),
  /** Anonymous visits counted each day the site is open, by line. */
  visits: z.array(z.strictObject({ site: slug, line: z.string(), perDay: z.int().min(1).max(50) })).default([]),
});

const weeksOfCycle = z.array(z.int().min(1).max(12)).min(1);

const part = z.strictObject({
  key: slug,
  track: z.string().min(1),
  title: i18n,
  things: z.array(slug).default([]),
  hours,
  seats: z.int().min(1).max(500),
});

export const programmeFile = z.strictObject({
  /** A Monday that begins the cycle's first week. */
  anchor: z.iso.date(),
  weeks: z.int().min(1).max(12),
  aheadWeeks: z.int().min(1).max(26).default(8),
  helpers: z.array(
    z.strictObject({
      person: slug,
      site: slug,
      line: z.string(),
      does: i18n,
      presence: z.array(z.strictObject({ site: slug, days: z.array(weekday).min(1), hours })),
    }),
  ),
  reasons: z.array(
    z.strictObject({
      slug,
      name: i18n,
      bring: i18n.optional(),
      line: z.string(),
      minutes: z.int().min(5).max(480),
      places: z.int().min(1).max(20).default(1),
      helpers: z.array(slug).min(1),
    }),
  ),
  sessions: z.array(
    z.strictObject({
      key: slug,
      kind: z.enum(['workshop', 'training', 'talk', 'event', 'open_door', 'visit', 'meeting']),
      line: z.string(),
      /** At a mobile site it happens at the stops of these days. */
      site: slug,
      things: z.array(slug).default([]),
      days: z.array(weekday).min(1),
      hours,
      /** The weeks of the cycle in which it is held; each of them when absent. */
      on: weeksOfCycle.optional(),
      /** As many as come, without registration, when absent. */
      seats: z.int().min(1).max(500).optional(),
      minimum: z.int().min(1).optional(),
      ages: z.tuple([z.int().nullable(), z.int().nullable()]).optional(),
      perOrganisation: z.int().min(1).optional(),
      price: z.enum(['unknown', 'free']).default('unknown'),
      /** Key, words in three languages, cents. */
      tariffs: z.array(z.tuple([slug, z.string(), z.string(), z.string(), z.int().min(0)])).optional(),
      leaders: z.array(slug).default([]),
      organisations: z.array(slug).default([]),
      /** What part of the seats is taken on the day. */
      fills: z.number().min(0).max(1).default(0),
      waits: z.int().min(0).max(5).default(0),
      /** People come with a child. */
      children: z.boolean().default(false),
      title: i18n,
      summary: i18n,
      description: i18n.optional(),
      address: z.strictObject({ name: z.string(), communeCode: z.string(), instructions: i18n.optional() }).optional(),
      operation: z.strictObject({ emblem: z.string(), number: z.string(), title: z.string() }).optional(),
      parts: z.array(part).default([]),
    }),
  ),
});

export const communeRow = z.object({
  insee: z.string().min(2),
  name: z.string().min(1),
  postcodes: z.string(),
  population_municipal: z.coerce.number().int().min(0),
  lat: z.coerce.number(),
  lon: z.coerce.number(),
});

export const belgianRow = z.object({
  nis: z.string().min(5),
  name: z.string().min(1),
  names: z.string().min(1),
  postcodes: z.string(),
  lat: z.coerce.number(),
  lon: z.coerce.number(),
});

export type SiteFile = z.output<typeof siteFile>;
export type SpaceEntry = z.output<typeof space>;
export type ResourceEntry = z.output<typeof resource>;
export type ExceptionEntry = z.output<typeof exception>;
export type OpeningEntry = z.output<typeof opening>;
export type ProgrammeFile = z.output<typeof programmeFile>;
export type TourFile = z.output<typeof tourFile>;
export type PeopleFile = z.output<typeof peopleFile>;
export type BookingsFile = z.output<typeof bookingsFile>;
