import { normaliseName } from '../core/names.ts';
import { readTime } from './local-time.ts';

export type Range = { opens: number; closes: number };
export type Week = { weekday: number; ranges: Range[] }[];

const dayNames: readonly (readonly string[])[] = [
  ['mo', 'mon', 'monday', 'lu', 'lun', 'lundi', 'maandag'],
  ['tu', 'tue', 'tuesday', 'mar', 'mardi', 'dinsdag'],
  ['we', 'wed', 'wednesday', 'me', 'mer', 'mercredi', 'wo', 'woensdag'],
  ['th', 'thu', 'thursday', 'je', 'jeu', 'jeudi', 'do', 'donderdag'],
  ['fr', 'fri', 'friday', 've', 'ven', 'vendredi', 'vr', 'vrijdag'],
  ['sa', 'sat', 'saturday', 'sam', 'samedi', 'za', 'zaterdag'],
  ['su', 'sun', 'sunday', 'dim', 'dimanche', 'zo', 'zondag'],
];

/** Monday is 1. "ma" and "di" are mardi and dimanche in French, maandag and dinsdag in Dutch: being in doubt, they are not read. */
function weekdayOf(text: string): number | undefined {
  const index = dayNames.findIndex((names) => names.includes(normaliseName(text)));
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

/** "Mo-Fr 09:00-12:00,14:00-18:00; Sa 9h-12h" as a week; undefined when it is not understood. */
export function readOpening(text: string): Week | undefined {
  const week = new Map<number, Range[]>();
  for (const part of text
    .split(/[;|]/)
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, days = '', hours = ''] = /^([\p{L}.,\s–-]+?)\s*:?\s+(\d.*)$/u.exec(part) ?? [];
    const ranges = hours.split(',').map((one) => readRange(one.trim()));
    const weekdays = days.split(',').flatMap((one) => readDays(one.trim()) ?? [undefined]);
    if (!hours || ranges.includes(undefined) || weekdays.includes(undefined)) return undefined;
    for (const weekday of weekdays as number[])
      week.set(weekday, [...(week.get(weekday) ?? []), ...(ranges as Range[])]);
  }
  if (week.size === 0) return undefined;
  return [...week].sort(([a], [b]) => a - b).map(([weekday, ranges]) => ({ weekday, ranges }));
}

function readDays(text: string): number[] | undefined {
  const [first = '', last = first, more] = text.split(/\s*[-–]\s*/);
  const [from, to] = [weekdayOf(first), weekdayOf(last)];
  if (!from || !to || to < from || more !== undefined) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
