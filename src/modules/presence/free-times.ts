import { addDays, addMinutes, dayOf, type Span, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { divide, fitsIn, type Parts, type PresentAt, presentAt, startsIn } from './presence.rules.ts';
import { readCalendars } from './presence.store.ts';
import type { Calendar, FreeTime, PresenceSite, Reason } from './presence.types.ts';
import { reasonBySlug } from './reasons.store.ts';
import { kmBetween } from './travel.rules.ts';

export type FreeTimesQuery = {
  reasonSlug?: string | undefined;
  near?: { lat: number; lon: number } | undefined;
  from: Date;
  to: Date;
  helperId?: string | undefined;
  siteId?: string | undefined;
  people?: number | undefined;
  /** The team takes appointments at once and as far ahead as it likes. */
  team?: boolean | undefined;
  /** An appointment that moves does not stand in its own way. */
  except?: string | undefined;
};

/** Without a reason, time is counted in pieces of this many minutes. */
const usualMinutes = 30;

/** How far ahead one may look for a reason. */
export function windowFor(ctx: Ctx, reason: Reason, team: boolean): Span {
  if (team) return { start: ctx.now, end: addMinutes(ctx.now, 400 * 1440) };
  const zone = ctx.territory.timeZone;
  const last = addDays(dayOf(ctx.now, zone), reason.horizonDays);
  return { start: addMinutes(ctx.now, reason.noticeMinutes), end: wholeDay(last, zone).end };
}

/** When somebody who helps can be had between two instants: nearest places first, then the earliest. */
export async function freeTimes(ctx: Ctx, query: FreeTimesQuery): Promise<FreeTime[]> {
  const reason = query.reasonSlug === undefined ? undefined : await reasonBySlug(ctx, query.reasonSlug);
  if (query.reasonSlug !== undefined && (!reason || reason.archived)) return [];
  if (reason && (query.people ?? 1) > reason.places) return [];
  const allowed = reason && windowFor(ctx, reason, query.team ?? false);
  const start = allowed && allowed.start > query.from ? allowed.start : query.from > ctx.now ? query.from : ctx.now;
  const end = allowed && allowed.end < query.to ? allowed.end : query.to;
  if (start >= end) return [];
  const who = {
    ...(query.helperId ? { helperIds: [query.helperId] } : {}),
    ...(reason ? { reasonId: reason.id } : {}),
  };
  // From the morning on, so that what is offered does not shift with the minute at which one looks.
  const window = { start: wholeDay(dayOf(start, ctx.territory.timeZone), ctx.territory.timeZone).start, end };
  const { calendars, sites } = await readCalendars(ctx, who, window, query.except);
  const minutes = reason?.minutes ?? usualMinutes;
  return calendars
    .flatMap((calendar) => freeOf(calendar, sites, window))
    .filter(({ present }) => !query.siteId || present.place.siteId === query.siteId)
    .flatMap(({ calendar, present, parts }) =>
      parts.free.flatMap((span) => {
        const starts = startsIn([span], minutes, start);
        return starts.length > 0 ? [freeTime(calendar, sites, present, span, starts, query.near)] : [];
      }),
    )
    .sort((a, b) => (a.distanceKm ?? 0) - (b.distanceKm ?? 0) || a.starts[0]!.getTime() - b.starts[0]!.getTime());
}

type Divided = { calendar: Calendar; present: PresentAt; parts: Parts };

/** Each presence of a helper, divided into what is free, taken, on the road and absent. */
export function freeOf(calendar: Calendar, sites: ReadonlyMap<string, PresenceSite>, window: Span): Divided[] {
  return presentAt(calendar.presences, sites, window).map((present) => ({
    calendar,
    present,
    parts: divide(present, calendar.commitments, calendar.absences),
  }));
}

function freeTime(
  calendar: Calendar,
  sites: ReadonlyMap<string, PresenceSite>,
  { place }: PresentAt,
  span: Span,
  starts: Date[],
  near: FreeTimesQuery['near'],
): FreeTime {
  const { id, slug, kind, name, commune, telephone, timeZone, words } = sites.get(place.siteId!)!;
  const stop = place.stopId ? { id: place.stopId, ...words.get(place.stopId)! } : null;
  const { lat, lon } = place;
  return {
    helper: calendar.helper,
    site: { id, slug, kind, name, commune: stop?.commune ?? commune, telephone },
    stop,
    timeZone,
    ...span,
    starts,
    distanceKm: near && lat !== null && lon !== null ? kmBetween(near, { lat, lon }) : null,
  };
}

/** Where and with whom an appointment would be, at a time. */
export type Wanted = Span & { helperId: string; siteId: string; stopId: string | null };

/**
 * Whether a helper can be had there and then; asked again under the lock on their time, it decides. `except` is an appointment
 * that moves.
 */
export async function isFree(ctx: Ctx, wanted: Wanted, except?: string): Promise<boolean> {
  const window = { start: addMinutes(wanted.start, -1440), end: addMinutes(wanted.end, 1440) };
  const { calendars, sites } = await readCalendars(ctx, { helperIds: [wanted.helperId] }, window, except);
  const [calendar] = calendars;
  if (!calendar) return false;
  return freeOf(calendar, sites, window).some(
    ({ present, parts }) =>
      present.place.siteId === wanted.siteId && present.place.stopId === wanted.stopId && fitsIn(parts.free, wanted),
  );
}
