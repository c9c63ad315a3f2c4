import { normaliseName } from '../core/names.ts';
import { readTime } from './local-time.ts';

export type Range = { opens: number; closes: number };
export type Week = { weekday: number; ranges: Range[] }[];

type Language = 'fr' | 'nl' | 'en';

/** Monday first; a name may be shortened to two letters or more. "ma" and "di" are not the same days in French and in Dutch. */
const dayNames: Record<Language, readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  nl: ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'],
  en: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
};

/** Monday is 1. */
function weekdayOf(text: string, language: Language): number | undefined {
  const name = normaliseName(text);
  const index = name.length < 2 ? -1 : dayNames[language].findIndex((day) => day.startsWith(name));
  return index < 0 ? undefined : index + 1;
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function readRange(text: string): Range | undefined {
  const [from = '', to = '', more] = text.split(/\s*[-–]\s*/);
  const [opens, closes] = [readTime(from), to.trim() === '24:00' ? '24:00' : readTime(to)];
  if (!opens || !closes || more !== undefined) return undefined;
  const [start, end] = [minutes(opens), minutes(closes)];
  return { opens: start, closes: end > start ? end : end + 1440 };
}

/** "Mo-Fr 09:00-12:00,14:00-18:00; Sa 9h-12h" as a week; undefined when it is not understood, or in two ways. */
export function readOpening(text: string): Week | undefined {
  const readings = (['fr', 'nl', 'en'] as const)
    .map((language) => readIn(text, language))
    .filter((week) => week !== undefined);
  return new Set(readings.map((week) => JSON.stringify(week))).size === 1 ? readings[0] : undefined;
}

function readIn(text: string, language: Language): Week | undefined {
  const week = new Map<number, Range[]>();
  const parts = text
    .split(/[;|]/)
    .map((one) => one.trim())
    .filter(Boolean);
  for (const part of parts) {
    const [, days = '', hours = ''] = /^([\p{L}.,\s–-]+?)\s*:?\s+(\d.*)$/u.exec(part) ?? [];
    const ranges = hours.split(',').map((one) => readRange(one.trim()));
    const weekdays = days.split(',').flatMap((one) => readDays(one.trim(), language) ?? [undefined]);
    if (!hours || ranges.includes(undefined) || weekdays.includes(undefined)) return undefined;
    for (const weekday of weekdays as number[])
      week.set(weekday, [...(week.get(weekday) ?? []), ...(ranges as Range[])]);
  }
  if (week.size === 0) return undefined;
  return [...week].sort(([a], [b]) => a - b).map(([weekday, ranges]) => ({ weekday, ranges }));
}

function readDays(text: string, language: Language): number[] | undefined {
  const [first = '', last = first, more] = text.split(/\s*[-–]\s*/);
  const [from, to] = [weekdayOf(first, language), weekdayOf(last, language)];
  if (!from || !to || to < from || more !== undefined) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
