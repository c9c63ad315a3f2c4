import { addDays, dayOf, instantOf, type Span, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { ResourceKind } from '../../core/schema.ts';
import type { Near } from '../communes/index.ts';
import type { Candidate } from './candidates.store.ts';
import { missingIn } from './finding.store.ts';
import { type Answer, answersOf } from './slots.ts';

export type SearchQuery = {
  need?: string | undefined;
  kind?: ResourceKind | undefined;
  /** One thing alone, by its id. */
  only?: string | undefined;
  /** A day of each site's own calendar. */
  day: string;
  /** "HH:MM" of the wall clock: slots start then or later. */
  from?: string | undefined;
  minutes: number;
  people: number;
  near?: Near | undefined;
  /** How many answers are wanted; 10 unless said. */
  limit?: number | undefined;
};

export type Found = {
  /** What is free that day: nearest first, then what is had at once, then earliest. */
  results: Answer[];
  /** Whether asking for more answers would give some. */
  more: boolean;
  /** When nothing is free: the next times and places that are, each with a single slot. */
  nearestTimes: Answer[];
  /** Whom to call: the nearest place that could have answered, else the territory. */
  telephone: string | null;
  /** What a territory that begins lacks before anything can ever be free. */
  missing?: 'sites' | 'things' | undefined;
};

/** Candidates looked at in one go: enough that one go mostly answers. */
const chunkFor = (limit: number) => (limit <= 6 ? 12 : limit <= 12 ? 24 : 60);
const mostChunks = 5;
const nearestLooked = 24;
const daysAhead = 14;
const nearestShown = 4;

/** What is free for a need on a day, nearest first; only the nearest candidates are looked at, then the next ones. */
export async function search(ctx: Ctx, query: SearchQuery): Promise<Found> {
  const limit = query.limit ?? 10;
  const chunk = chunkFor(limit);
  const window = wholeDay(query.day, ctx.territory.timeZone);
  const found: Answer[] = [];
  let telephone: string | null = null;
  let exhausted = false;
  for (let turn = 0; turn < mostChunks && !exhausted && found.length <= limit; turn += 1) {
    const answers = await answersOf(ctx, {
      ...query,
      from: window.start,
      to: window.end,
      windowOf: (candidate) => windowIn(candidate, query),
      limit: chunk,
      offset: turn * chunk,
    });
    telephone ??= answers[0]?.telephone ?? null;
    exhausted = answers.length < chunk;
    found.push(...answers.filter((answer) => answer.slots.length > 0));
  }
  const nearestTimes = found.length > 0 ? [] : await nearestFree(ctx, query);
  const nothing = found.length === 0 && nearestTimes.length === 0;
  return {
    // Asked for nothing in particular, variety comes before the earliest hour.
    results: nearestThenEasiest(found, Boolean(query.need || query.kind)).slice(0, limit),
    more: found.length > limit || !exhausted,
    nearestTimes,
    telephone: telephone ?? nearestTimes[0]?.telephone ?? ctx.territory.telephone,
    missing: nothing ? await missingIn(ctx) : undefined,
  };
}

/** The day as the candidate's own clock has it, from the hour asked. */
function windowIn({ timeZone }: Candidate, { day, from }: SearchQuery): Span {
  const whole = wholeDay(day, timeZone);
  return from ? { start: instantOf(day, from, timeZone), end: whole.end } : whole;
}

/**
 * Candidates come nearest place first: that order stands. Inside a place, what anybody gets at once comes before what waits
 * for an answer or is kept for some; then, asked for something, the earliest, and the smallest that is large enough.
 */
function nearestThenEasiest(found: Answer[], narrowed: boolean): Answer[] {
  const places = Map.groupBy(found, (answer) => `${answer.siteId} ${answer.stopStart?.getTime() ?? ''}`);
  const sooner = (a: Answer, b: Answer) =>
    a.slots[0]!.start.getTime() - b.slots[0]!.start.getTime() || a.capacity - b.capacity;
  return [...places.values()].flatMap((some) =>
    some.sort((a, b) => hurdles(a) - hurdles(b) || (narrowed ? sooner(a, b) : 0)),
  );
}

const hurdles = ({ rules }: Answer): number => (rules.who === 'public' ? 0 : 2) + (rules.approval ? 1 : 0);

/** The first free time of each near candidate from that day on, soonest day first. */
async function nearestFree(ctx: Ctx, query: SearchQuery): Promise<Answer[]> {
  const zone = ctx.territory.timeZone;
  const today = dayOf(ctx.now, zone);
  const first = query.day > today ? query.day : today;
  const answers = await answersOf(ctx, {
    ...query,
    from: wholeDay(first, zone).start,
    to: wholeDay(addDays(first, daysAhead), zone).end,
    limit: nearestLooked,
    offset: 0,
  });
  const soonest = answers.flatMap((answer) => {
    const slot = answer.slots[0];
    return slot ? [{ ...answer, slots: [slot], day: dayOf(slot.start, answer.timeZone) }] : [];
  });
  return soonest
    .sort((a, b) => (a.day === b.day ? (a.distanceKm ?? 0) - (b.distanceKm ?? 0) : a.day < b.day ? -1 : 1))
    .slice(0, nearestShown)
    .map(({ day: _, ...answer }) => answer);
}
