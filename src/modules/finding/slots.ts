import { has } from '../../core/access.ts';
import { addDays, addMinutes, dayOf, hour, instantOf, minute, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type Candidate, type CandidateQuery, nearestCandidates } from './candidates.store.ts';
import { slotStarts } from './finding.rules.ts';
import { freedom } from './finding.store.ts';

/** A candidate and its bookable spans, in order; there may be none. */
export type Answer = Candidate & { slots: Span[] };

export type SlotQuery = CandidateQuery & {
  minutes: number;
  /** Where the slots of a candidate may start; the whole window unless said. */
  windowOf?: ((candidate: Candidate) => Span) | undefined;
  /** For the team's own use: how long, how soon and how far ahead the public books does not matter. */
  freely?: boolean | undefined;
};

const day = 24 * hour;

/** The nearest candidates, each with its slots in the window: two statements, however large the territory. */
export async function answersOf(ctx: Ctx, query: SlotQuery): Promise<Answer[]> {
  const candidates = await nearestCandidates(ctx, query);
  if (candidates.length === 0) return [];
  const windows = candidates.map((candidate) => query.windowOf?.(candidate) ?? { start: query.from, end: query.to });
  const first = new Date(Math.min(...windows.map((window) => window.start.getTime())));
  const last = new Date(Math.max(...windows.map((window) => window.end.getTime())));
  const longest = Math.max(...candidates.map((one) => durationOf(one, query.minutes) + one.gapMinutes));
  const zone = ctx.territory.timeZone;
  const found = await freedom(ctx, {
    resourceIds: [...new Set(candidates.map((candidate) => candidate.id))],
    // From the midnight before: slots are counted from the opening's start, which may be the evening before.
    from: instantOf(addDays(dayOf(first, zone), -1), '00:00', zone),
    to: addMinutes(last, longest),
    people: query.people,
  });
  return candidates.map((candidate, index) => {
    const { open, full } = found.get(candidate.id)!;
    return { ...candidate, slots: slotsIn(ctx, candidate, { open, full }, windows[index]!, query) };
  });
}

/** How long a booking will be: what was asked, or the least that the place accepts, in whole steps of it. */
export const durationOf = ({ rules, stepMinutes }: Candidate, minutes: number): number =>
  Math.ceil(Math.max(minutes, rules.minMinutes) / stepMinutes) * stepMinutes;

const unbound = { who: 'public', maxMinutes: Infinity, horizonDays: 3 * 366, noticeMinutes: 0 };

function slotsIn(
  ctx: Ctx,
  candidate: Candidate,
  room: { open: Span[]; full: Span[] },
  window: Span,
  { minutes: asked, freely = false }: SlotQuery,
): Span[] {
  const { stopStart, stopEnd, siteId } = candidate;
  const rules = freely ? unbound : candidate.rules;
  const minutes = freely ? asked : durationOf(candidate, asked);
  if (minutes > rules.maxMinutes || (rules.who === 'team' && !has(ctx.actor, 'team', siteId))) return [];
  const horizon = ctx.now.getTime() + rules.horizonDays * day;
  const starts = slotStarts({
    ...room,
    // The bus answers at this stop with the hours of this stop only.
    open: room.open.filter((span) => !stopStart || !stopEnd || (span.start < stopEnd && span.end > stopStart)),
    stepMinutes: candidate.stepMinutes,
    minutes,
    gapMinutes: candidate.gapMinutes,
    from: window.start,
    to: new Date(Math.min(window.end.getTime(), horizon)),
    notBefore: addMinutes(ctx.now, rules.noticeMinutes),
  });
  return starts.map((start) => ({ start, end: new Date(start.getTime() + minutes * minute) }));
}
