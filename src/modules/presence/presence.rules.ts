import { addMinutes, type Day, dayOf, daysBetween, instantAt, minute, type Span, weekdayOf } from '../../core/clock.ts';
import { meet, merge, without } from './spans.rules.ts';
import { type Place, travelMinutes } from './travel.rules.ts';

/** When somebody receives at a place: each week on a weekday, or on one day; minutes after local midnight. */
export type Presence = {
  id: string;
  siteId: string;
  weekday: number | null;
  day: Day | null;
  opens: number;
  closes: number;
  validFrom: Day | null;
  validTo: Day | null;
};

export type StopOfSite = Span & { id: string; lat: number; lon: number };

/** What bears on presence at a site. */
export type SiteOfPresence = {
  id: string;
  mobile: boolean;
  timeZone: string;
  lat: number | null;
  lon: number | null;
  closedOnHolidays: boolean;
  holidays: readonly Day[];
  /** Days that are not as usual; without hours the site is closed. */
  exceptions: readonly { day: Day; opens: number | null; closes: number | null }[];
  /** Published and not cancelled, for a bus. */
  stops: readonly StopOfSite[];
};

/** Something that takes a person's time, and where; no place when it is online. */
export type Commitment = Span & { place: Place | null };

export type PresentAt = Span & { place: Place };

/** Whether it holds on a day of the calendar. */
export function applies(presence: Presence, day: Day): boolean {
  if ((presence.validFrom ?? day) > day || (presence.validTo ?? day) < day) return false;
  return presence.day === null ? presence.weekday === weekdayOf(day) : presence.day === day;
}

/** When a site is not to be entered on a day although people may be present: null where the day is as usual. */
function hoursLeft(site: SiteOfPresence, day: Day): Span[] | null {
  const special = site.exceptions.filter((one) => one.day === day);
  if (special.length > 0) {
    return special.flatMap(({ opens, closes }) =>
      opens === null || closes === null ? [] : [spanOf(day, opens, closes, site.timeZone)],
    );
  }
  return site.closedOnHolidays && site.holidays.includes(day) ? [] : null;
}

const spanOf = (day: Day, opens: number, closes: number, timeZone: string): Span => ({
  start: instantAt(day, opens, timeZone),
  end: instantAt(day, closes, timeZone),
});

/** When and where somebody is present between two instants: closed days taken out, aboard a bus only while it stands somewhere. */
export function presentAt(
  presences: readonly Presence[],
  sites: ReadonlyMap<string, SiteOfPresence>,
  window: Span,
): PresentAt[] {
  const found = new Map<string, { place: Place; spans: Span[] }>();
  const add = (place: Place, spans: Span[]): void => {
    const key = `${place.siteId} ${place.stopId}`;
    const known = found.get(key) ?? { place, spans: [] };
    known.spans.push(...spans);
    found.set(key, known);
  };
  for (const presence of presences) {
    const site = sites.get(presence.siteId);
    if (!site) continue;
    for (const day of daysBetween(dayOf(window.start, site.timeZone), dayOf(window.end, site.timeZone))) {
      if (!applies(presence, day)) continue;
      const wanted = [spanOf(day, presence.opens, presence.closes, site.timeZone)];
      if (site.mobile) {
        for (const stop of site.stops) {
          add({ siteId: site.id, stopId: stop.id, lat: stop.lat, lon: stop.lon }, meet(wanted, [stop]));
        }
      } else {
        const hours = hoursLeft(site, day);
        add({ siteId: site.id, stopId: null, lat: site.lat, lon: site.lon }, hours ? meet(wanted, hours) : wanted);
      }
    }
  }
  return [...found.values()]
    .flatMap(({ place, spans }) => meet(merge(spans), [window]).map((span) => ({ ...span, place })))
    .sort((a, b) => a.start.getTime() - b.start.getTime());
}

/** What becomes of the time somebody is present: the four parts make up the whole, and none meets another. */
export type Parts = { free: Span[]; taken: Span[]; travel: Span[]; absent: Span[] };

/** Divides a presence into what is taken, absent, spent on the road from and to what is taken elsewhere, and left. */
export function divide(present: PresentAt, commitments: readonly Commitment[], absences: readonly Span[]): Parts {
  const whole = [{ start: present.start, end: present.end }];
  const taken = meet(whole, commitments);
  const absent = without(meet(whole, absences), taken);
  const road = commitments.map((one) => {
    const minutes = travelMinutes(one.place, present.place);
    return { start: addMinutes(one.start, -minutes), end: addMinutes(one.end, minutes) };
  });
  const travel = without(without(meet(whole, road), taken), absent);
  return { taken, absent, travel, free: without(whole, [...taken, ...absent, ...travel]) };
}

/** Appointments begin on a round five minutes. */
export const startStep = 5;

/** The instants at which an appointment of `minutes` may begin in what is free, one after the other, none before `notBefore`. */
export function startsIn(free: readonly Span[], minutes: number, notBefore: Date): Date[] {
  return free.flatMap(({ start, end }) => {
    const step = startStep * minute;
    const starts: Date[] = [];
    for (
      let at = Math.ceil(start.getTime() / step) * step;
      at + minutes * minute <= end.getTime();
      at += minutes * minute
    ) {
      if (at >= notBefore.getTime()) starts.push(new Date(at));
    }
    return starts;
  });
}

/** Whether an appointment may stand there: wholly free, and begun on a round five minutes. */
export const fitsIn = (free: readonly Span[], { start, end }: Span): boolean =>
  start.getTime() % (startStep * minute) === 0 && free.some((span) => span.start <= start && span.end >= end);
