import { addMinutes, hour, minute, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import { type Candidate, nearestCandidates, readOriginal } from './candidates.store.ts';
import { fits, spread } from './finding.rules.ts';
import { freedom } from './finding.store.ts';
import { answersOf } from './slots.ts';

/** Something that can stand in for a booking: another resource at the same time, or the same one at another time. */
export type Equivalent = Span & { resourceId: string; slug: string; name: I18nText; siteId: string; siteSlug: string };

export type EquivalentQuery = {
  resourceId: string;
  start: Date;
  end: Date;
  people: number;
  limit: number;
  /** For the team's own use: how long, how soon and how far ahead the public books does not matter, nor which side it is on. */
  freely?: boolean | undefined;
};

const daysAhead = 14;
const looked = 24;

/** The nearest free resources of the same kind for the same time, same site first; else other times of the same one. */
export async function equivalents(ctx: Ctx, query: EquivalentQuery): Promise<Equivalent[]> {
  const { resourceId, start, end, people, limit } = query;
  const original = await readOriginal(ctx, resourceId, start);
  if (!original) return [];
  const { kind, needs, siteId, lat, lon } = original;
  const candidates = await nearestCandidates(ctx, {
    kind,
    // A saw does not replace a printer: machines and kits answer the same first need.
    need: kind === 'machine' || kind === 'kit' ? needs[0] : undefined,
    people,
    near: lat === null || lon === null ? undefined : { lat, lon, label: '' },
    from: start,
    to: end,
    except: resourceId,
    limit: looked,
    offset: 0,
  });
  const found = await freedom(ctx, {
    resourceIds: candidates.map((candidate) => candidate.id),
    from: start,
    to: addMinutes(end, Math.max(0, ...candidates.map((candidate) => candidate.gapMinutes))),
    people,
  });
  const elsewhere = candidates
    .filter(
      (candidate) =>
        (query.freely || acceptsLength(candidate, end.getTime() - start.getTime())) &&
        fits(found.get(candidate.id)!, start, end, candidate.gapMinutes),
    )
    .sort((a, b) => Number(b.siteId === siteId) - Number(a.siteId === siteId))
    .slice(0, limit);
  if (elsewhere.length > 0) return elsewhere.map((candidate) => equivalent(candidate, { start, end }));
  return otherTimes(ctx, query);
}

const acceptsLength = ({ rules }: Candidate, length: number): boolean =>
  length >= rules.minMinutes * minute && length <= rules.maxMinutes * minute;

async function otherTimes(ctx: Ctx, query: EquivalentQuery): Promise<Equivalent[]> {
  const { resourceId, start, end, people, limit, freely = false } = query;
  const earliest = freely ? new Date(start.getTime() - 12 * hour) : start;
  const from = earliest > ctx.now ? earliest : ctx.now;
  const answers = await answersOf(ctx, {
    only: resourceId,
    people,
    minutes: (end.getTime() - start.getTime()) / minute,
    from,
    to: new Date(from.getTime() + daysAhead * 24 * hour),
    // A bus has one candidate a stop.
    limit: looked,
    offset: 0,
    freely,
  });
  const chosen = (slots: readonly Span[]) => (freely ? nearest(slots, start, limit) : spread(slots, limit));
  return answers
    .flatMap((answer) => chosen(answer.slots).map((slot) => equivalent(answer, slot)))
    .sort((a, b) => a.start.getTime() - b.start.getTime())
    .slice(0, limit);
}

/** Those nearest in time, an hour apart at least: half an hour sooner or later is hardly another choice. */
function nearest(slots: readonly Span[], start: Date, limit: number): Span[] {
  const far = (slot: Span) => Math.abs(slot.start.getTime() - start.getTime());
  const picked: Span[] = [];
  for (const slot of [...slots].sort((a, b) => far(a) - far(b))) {
    if (picked.length === limit) break;
    if (picked.every((one) => Math.abs(one.start.getTime() - slot.start.getTime()) >= hour)) picked.push(slot);
  }
  return picked;
}

const equivalent = (candidate: Candidate, span: Span): Equivalent => ({
  ...span,
  resourceId: candidate.id,
  slug: candidate.slug,
  name: candidate.name,
  siteId: candidate.siteId,
  siteSlug: candidate.siteSlug,
});
