import { addDays, type Day, dayOf, instantAt, type Span, weekdayOf } from '../../core/clock.ts';
import type { I18nText } from '../../core/i18n.ts';

/** A line of the weekly hours (weekday set) or an exception (day set; closed when it has no hours). */
export type HoursLine = {
  weekday: number | null;
  day: string | null;
  opens: number | null;
  closes: number | null;
  reason: I18nText | null;
  validFrom: string | null;
  validTo: string | null;
};

export type DayHours = { day: Day; spans: Span[]; exception: I18nText | null; holiday: boolean };

export type HoursQuestion = {
  lines: readonly HoursLine[];
  timeZone: string;
  closedOnHolidays: boolean;
  holidays: (year: number) => readonly Day[];
};

/** When a site is open on a day: an exception wins over a holiday, a holiday over the week. */
export function hoursOn(question: HoursQuestion, day: Day): DayHours {
  const { lines, timeZone } = question;
  const holiday = question.holidays(Number(day.slice(0, 4))).includes(day);
  const spans = (some: readonly HoursLine[]): Span[] =>
    some
      .filter((line) => line.opens !== null && line.closes !== null)
      .map((line) => ({
        start: instantAt(day, line.opens!, timeZone),
        end: instantAt(day, line.closes!, timeZone),
      }))
      .sort((a, b) => a.start.getTime() - b.start.getTime());
  const exceptions = lines.filter((line) => line.day === day);
  if (exceptions.length > 0) {
    return { day, spans: spans(exceptions), exception: exceptions[0]!.reason ?? {}, holiday };
  }
  if (holiday && question.closedOnHolidays) return { day, spans: [], exception: null, holiday };
  const week = lines.filter(
    (line) =>
      line.weekday === weekdayOf(day) &&
      (line.validFrom === null || line.validFrom <= day) &&
      (line.validTo === null || line.validTo >= day),
  );
  return { day, spans: spans(week), exception: null, holiday };
}

export type OpenState = { open: true; until: Date } | { open: false; next: Span | undefined };

/** Whether one of some spans holds an instant, and until when; else the first one after it. */
export function stateAmong(spans: readonly Span[], now: Date): OpenState {
  const current = spans.find((span) => span.start <= now && span.end > now);
  if (current) return { open: true, until: current.end };
  return { open: false, next: spans.find((span) => span.start > now) };
}

const lookAheadDays = 14;

/** Whether a site is open now, and until when; else its next opening in the two weeks that follow. */
export function stateOf(question: HoursQuestion, now: Date): OpenState {
  const today = dayOf(now, question.timeZone);
  const spans: Span[] = [];
  // The day before too: it may stay open past midnight.
  for (let ahead = -1; ahead <= lookAheadDays; ahead += 1) {
    spans.push(...hoursOn(question, addDays(today, ahead)).spans);
    const state = stateAmong(spans, now);
    if (state.open || state.next) return state;
  }
  return { open: false, next: undefined };
}

/** The least and most minutes a booking may last, where nothing else is said. */
export const usualLengths = { least: 30, most: 480 } as const;
const offered = [30, 60, 90, 120, 180, 240, 360, 480];

/** The lengths offered for a resource: those its rules allow, its shortest first. */
export function lengthsFor(rules: { minMinutes?: number; maxMinutes?: number }, stepMinutes: number): number[] {
  const least = Math.max(rules.minMinutes ?? usualLengths.least, stepMinutes);
  const most = Math.max(rules.maxMinutes ?? usualLengths.most, least);
  const fitting = offered.filter((minutes) => minutes >= least && minutes <= most && minutes % stepMinutes === 0);
  return fitting.length > 0 ? fitting : [Math.ceil(least / stepMinutes) * stepMinutes];
}

/** Of many starts, those that do not overlap once each lasts `minutes`: what a person chooses from at a glance. */
export function apart(starts: readonly Date[], minutes: number): Date[] {
  const chosen: Date[] = [];
  for (const start of starts) {
    const last = chosen.at(-1);
    if (!last || start.getTime() >= last.getTime() + minutes * 60_000) chosen.push(start);
  }
  return chosen;
}

export type MapFrame = {
  width: number;
  height: number;
  place: (at: { lat: number; lon: number }) => { x: number; y: number };
};

/** A flat drawing of some places: true to scale at their latitude, with a margin, as wide as asked. */
export function mapFrame(points: readonly { lat: number; lon: number }[], width: number, margin: number): MapFrame {
  const lats = points.map((point) => point.lat);
  const lons = points.map((point) => point.lon);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  // A degree of longitude shrinks towards the pole.
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (width - 2 * margin) / Math.max((east - west) * shrink, (north - south) * 0.9, 0.02);
  const height = Math.round((north - south) * scale + 2 * margin);
  const slack = (width - 2 * margin - (east - west) * shrink * scale) / 2;
  return {
    width,
    height,
    place: ({ lat, lon }) => ({
      x: Math.round(margin + slack + (lon - west) * shrink * scale),
      y: Math.round(margin + (north - lat) * scale),
    }),
  };
}
