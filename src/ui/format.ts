import { dayOf, isDay, timeOf, wallOf } from '../core/clock.ts';
import type { Locale } from '../core/i18n.ts';

const NBSP = '\u00a0';
/** Forbids a break where the dash before it would allow one, even in front of a non-breaking space. */
const JOINER = '\u2060';
const tags: Record<Locale, string> = { fr: 'fr-FR', nl: 'nl-BE', en: 'en-GB' };
const words = {
  fr: {
    midnight: 'minuit',
    today: 'aujourd’hui',
    tomorrow: 'demain',
    yesterday: 'hier',
    at: 'à',
    minutes: 'min',
    lessThan: 'moins de',
  },
  nl: {
    midnight: 'middernacht',
    today: 'vandaag',
    tomorrow: 'morgen',
    yesterday: 'gisteren',
    at: 'om',
    minutes: 'min',
    lessThan: 'minder dan',
  },
  en: {
    midnight: 'midnight',
    today: 'today',
    tomorrow: 'tomorrow',
    yesterday: 'yesterday',
    at: 'at',
    minutes: 'min',
    lessThan: 'less than',
  },
} as const;

/** Writes dates and quantities for one language in one time zone. Instants are Dates; spaces inside do not break. */
export type Formatter = {
  /** "9 h 30", "9.30 uur", "9:30". */
  time(d: Date): string;
  /** "09:30", as on a board or in `<input type=time>`. */
  clock(d: Date): string;
  /** "2026-11-23", as in an address or `<input type=date>`. */
  isoDay(d: Date): string;
  /** "9 h – 11 h"; both days are said when they differ, midnight ending a day excepted. */
  range(from: Date, to: Date): string;
  /** "lundi 23 novembre". */
  day(d: Date): string;
  /** "lundi 23 novembre 2026". */
  dayLong(d: Date): string;
  /** "lun. 23 nov.". */
  dayShort(d: Date): string;
  /** "novembre 2026". */
  month(d: Date): string;
  /** "lundi 23 novembre à 9 h 30". */
  dayTime(d: Date): string;
  /** "aujourd’hui", "demain", "hier", else the day. */
  relativeDay(d: Date, now: Date): string;
  /** Whole minutes: "45 min", "1 h 30". */
  duration(minutes: number): string;
  /** "moins de 1 km", "2,7 km", "18 km". */
  distance(km: number): string;
  /** Integer cents: "12 €", "12,50 €". */
  money(cents: number, currency?: string): string;
  /** "1 234,5". */
  number(n: number): string;
};

const made = new Map<string, Formatter>();

/** The formatter of a language in a zone, made once: building an Intl object costs a thousand times its use. */
export function formatter(locale: Locale, timeZone: string): Formatter {
  const key = `${locale} ${timeZone}`;
  let found = made.get(key);
  if (!found) {
    found = make(locale, timeZone);
    made.set(key, found);
  }
  return found;
}

function make(locale: Locale, timeZone: string): Formatter {
  const tag = tags[locale];
  const say = words[locale];
  const date = (options: Intl.DateTimeFormatOptions): ((d: Date) => string) => {
    const intl = new Intl.DateTimeFormat(tag, { ...options, timeZone });
    return (d) => polishDay(intl.format(d), locale);
  };
  const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
  const oneDecimal = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const moneys = new Map<string, Intl.NumberFormat>();

  const clock = (d: Date): string => timeOf(d, timeZone);
  const isoDay = (d: Date): string => dayOf(d, timeZone);
  const time = (d: Date): string => spoken(clock(d), locale);
  const day = date({ weekday: 'long', day: 'numeric', month: 'long' });
  const dayTime = (d: Date): string => `${day(d)} ${say.at}${NBSP}${time(d)}`;
  const duration = (minutes: number): string => durationOf(minutes, locale);

  const range = (from: Date, to: Date): string => {
    const [firstDay, start] = wallOf(from, timeZone).split('T') as [string, string];
    const [endDay, end] = wallOf(to, timeZone).split('T') as [string, string];
    // Midnight ends the day before it.
    const lastDay = end === '00:00' && to > from ? isoDay(new Date(to.getTime() - 1)) : endDay;
    if (firstDay !== lastDay) return `${dayTime(from)} – ${dayTime(to)}`;
    if (end === '00:00' && to > from) return join(spoken(start, locale), say.midnight, locale);
    const text = join(spoken(start, locale), spoken(end, locale), locale);
    // The night the clocks go back, 2 h 30 comes twice: the length tells which was meant.
    const wall = minutesOf(end) - minutesOf(start);
    const real = Math.round((to.getTime() - from.getTime()) / 60_000);
    return wall === real ? text : `${text} (${duration(real)})`;
  };

  const relativeDay = (d: Date, now: Date): string => {
    const apart = Math.round((Date.parse(isoDay(d)) - Date.parse(isoDay(now))) / 86_400_000);
    if (apart === 0) return say.today;
    if (apart === 1) return say.tomorrow;
    return apart === -1 ? say.yesterday : day(d);
  };

  const money = (cents: number, currency = 'EUR'): string => {
    const digits = cents % 100 === 0 ? 0 : 2;
    const key = `${currency}${digits}`;
    let intl = moneys.get(key);
    if (!intl) {
      const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      intl = new Intl.NumberFormat(tag, { style: 'currency', currency, ...fraction });
      moneys.set(key, intl);
    }
    return intl.format(cents / 100);
  };

  const distance = (km: number): string => {
    // Towns are known by their centre: hundreds of metres would say more than we know.
    if (km < 0.95) return `${words[locale].lessThan}${NBSP}1${NBSP}km`;
    return `${oneDecimal.format(km < 9.95 ? km : Math.round(km))}${NBSP}km`;
  };

  return {
    time,
    clock,
    isoDay,
    range,
    day,
    dayLong: date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    dayShort: date({ weekday: 'short', day: 'numeric', month: 'short' }),
    month: date({ month: 'long', year: 'numeric' }),
    dayTime,
    relativeDay,
    duration,
    distance,
    money,
    number: (n) => plain.format(n),
  };
}

/** A date field's day in words, to stand beside it: a browser shows it in its own order, whatever the page's language. */
export const dayInWords = (day: string | undefined, locale: Locale): string | undefined =>
  day && isDay(day) ? formatter(locale, 'UTC').dayLong(new Date(`${day}T12:00:00Z`)) : undefined;

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** A wall time as each language writes it. */
function spoken(clock: string, locale: Locale): string {
  const hour = Number(clock.slice(0, 2));
  const minute = clock.slice(3);
  if (locale === 'fr') return minute === '00' ? `${hour}${NBSP}h` : `${hour}${NBSP}h${NBSP}${minute}`;
  if (locale === 'nl') return minute === '00' ? `${hour}${NBSP}uur` : `${hour}.${minute}${NBSP}uur`;
  return `${hour}:${minute}`;
}

/** Two times joined; Dutch says "uur" once: "9.30 – 11 uur". */
function join(from: string, to: string, locale: Locale): string {
  const first = locale === 'nl' && to.endsWith('uur') ? from.replace(`${NBSP}uur`, '') : from;
  return `${first}${NBSP}–${JOINER}${NBSP}${to}`;
}

function durationOf(minutes: number, locale: Locale): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const unit = locale === 'nl' ? 'u' : 'h';
  if (hours === 0) return `${rest}${NBSP}${words[locale].minutes}`;
  if (rest === 0) return `${hours}${NBSP}${locale === 'nl' ? 'uur' : 'h'}`;
  return `${hours}${NBSP}${unit}${NBSP}${String(rest).padStart(2, '0')}`;
}

/** The first of the month is "1er" in French; the day's figure never parts from its month. */
function polishDay(text: string, locale: Locale): string {
  const whole = text.replace(/,/g, '').replace(/(\d) (?=\p{L})/gu, `$1${NBSP}`);
  return locale === 'fr' ? whole.replace(/(^|\s)1\u00a0(?=\p{L})/u, `$11er${NBSP}`) : whole;
}

/** A country by its two letters, as the reader calls it; the letters themselves where they name none. */
export const countryName = (locale: Locale, code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code) : code;
