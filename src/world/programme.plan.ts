import { addDays, type Day, dayOf, instantAt, mondayOf, type Span } from '../core/clock.ts';
import { holidaysOf } from '../modules/finding/index.ts';
import { parseHours, weekdayNumber } from './hours.ts';
import { patternWeek } from './tour.ts';
import type { ProgrammeFile } from './world.schema.ts';

export type SessionEntry = ProgrammeFile['sessions'][number];

/** Where and when one of the programme's entries can be held. */
export type PlannedSession = Span & {
  entry: SessionEntry;
  day: Day;
  /** The stop it happens at, where its site moves. */
  stopId: string | null;
  parts: (Span & { part: SessionEntry['parts'][number] })[];
};

export type ProgrammeGround = {
  timeZone: string;
  country: string;
  /** The stops of each mobile site, by its slug. */
  stops: ReadonlyMap<string, readonly (Span & { id: string })[]>;
};

/** The dates of the programme from one day to another, public holidays left out; at a mobile site only while it stands somewhere. */
export function planProgramme(file: ProgrammeFile, ground: ProgrammeGround, first: Day, last: Day): PlannedSession[] {
  const planned: PlannedSession[] = [];
  for (let monday = mondayOf(first); monday <= last; monday = addDays(monday, 7)) {
    const week = patternWeek(monday, file.anchor, file.weeks);
    for (const entry of file.sessions.filter((one) => !one.on || one.on.includes(week))) {
      for (const weekday of entry.days) {
        const day = addDays(monday, weekdayNumber(weekday) - 1);
        if (day < first || day > last) continue;
        const one = placeOn(entry, day, ground);
        if (one) planned.push(one);
      }
    }
  }
  return planned.sort((a, b) => a.start.getTime() - b.start.getTime());
}

function placeOn(entry: SessionEntry, day: Day, ground: ProgrammeGround): PlannedSession | undefined {
  if (holidaysOf(ground.country, Number(day.slice(0, 4))).includes(day) || isEndOfYear(day)) return undefined;
  const span = spanOn(entry.hours, day, ground.timeZone);
  const stops = ground.stops.get(entry.site);
  const stop = stops?.find((one) => one.start <= span.start && one.end >= span.end);
  if (stops && !stop) return undefined;
  const parts = entry.parts.map((part) => ({ part, ...spanOn(part.hours, day, ground.timeZone) }));
  return { ...span, entry, day, stopId: stop?.id ?? null, parts };
}

/** Between Christmas and the New Year nobody is invented. */
const isEndOfYear = (day: Day): boolean => /-12-(2[4-9]|3[01])$/.test(day);

function spanOn(hours: string, day: Day, timeZone: string): Span {
  const { opens, closes } = parseHours(hours);
  return { start: instantAt(day, opens, timeZone), end: instantAt(day, closes, timeZone) };
}

/** A number from 0 to 1 that is always the same for the same session: some are full, some are not, and a test can tell. */
export function chance(key: string, day: Day, salt = ''): number {
  let hash = 2_166_136_261;
  for (const letter of `${key}|${day}|${salt}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  return hash / 2 ** 32;
}

/** How many of the seats are taken of a session this many days away: the nearer, the fuller. */
export function filled(entry: SessionEntry, day: Day, now: Date, timeZone: string): number {
  if (!entry.seats) return 0;
  const away = Math.max(0, (Date.parse(day) - Date.parse(dayOf(now, timeZone))) / 86_400_000);
  const nearness = away <= 2 ? 1 : Math.max(0, 1 - away / 35);
  const varied = entry.fills === 1 ? 1 : Math.min(1, entry.fills * (0.75 + 0.5 * chance(entry.key, day)));
  return Math.round(entry.seats * varied * nearness);
}
