import { type Day, dayOf, daysBetween, type Span } from '../../core/clock.ts';
import {
  applies,
  type Commitment,
  divide,
  type Presence,
  type PresentAt,
  presentAt,
  type SiteOfPresence,
  startsIn,
} from './presence.rules.ts';
import { meet } from './spans.rules.ts';
import { travelMinutes } from './travel.rules.ts';

/** What stands in the way of a presence on one day; only being elsewhere at the same hour keeps it from being opened. */
export type Clash =
  | { kind: 'closed' | 'no_stop' | 'absent' | 'road' | 'past' }
  | { kind: 'taken' | 'elsewhere'; start: Date; end: Date };

export type OpenDay = { day: Day; present: PresentAt | null; clashes: Clash[]; appointments: number };

type Known = {
  sites: ReadonlyMap<string, SiteOfPresence>;
  commitments: readonly Commitment[];
  absences: readonly Span[];
  /** Where the person is already said to be, and the other lines asked for. */
  others: readonly Presence[];
  minutes: number;
  now: Date;
};

/** What opening a presence would give, day after day, and what stands in its way. */
export function openDays(line: Presence, window: Span, known: Known): OpenDay[] {
  const site = known.sites.get(line.siteId);
  if (!site) return [];
  const elsewhere = presentAt(known.others, known.sites, window).filter((one) => one.place.siteId !== line.siteId);
  const found = presentAt([line], known.sites, window);
  return daysBetween(dayOf(window.start, site.timeZone), dayOf(window.end, site.timeZone))
    .filter((day) => applies(line, day))
    .flatMap((day): OpenDay[] => {
      const here = found.filter((one) => dayOf(one.start, site.timeZone) === day);
      if (here.length === 0) {
        return [{ day, present: null, clashes: [{ kind: site.mobile ? 'no_stop' : 'closed' }], appointments: 0 }];
      }
      return here.map((present) => {
        const { free, taken, absent } = divide(present, known.commitments, known.absences);
        const clashes: Clash[] = [
          ...(present.end <= known.now ? [{ kind: 'past' as const }] : []),
          ...(absent.length > 0 ? [{ kind: 'absent' as const }] : []),
          ...taken.map((span) => ({ kind: 'taken' as const, ...span })),
          ...meet([present], elsewhere).map((span) => ({ kind: 'elsewhere' as const, ...span })),
          ...(elsewhere.some((other) => tooNear(present, other)) ? [{ kind: 'road' as const }] : []),
        ];
        return { day, present, clashes, appointments: startsIn(free, known.minutes, known.now).length };
      });
    });
}

/** Whether the road from one presence to the other takes longer than what lies between them. */
function tooNear(a: PresentAt, b: PresentAt): boolean {
  const between = Math.max(b.start.getTime() - a.end.getTime(), a.start.getTime() - b.end.getTime());
  return between >= 0 && between < travelMinutes(a.place, b.place) * 60_000;
}
