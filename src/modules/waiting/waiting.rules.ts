import { minute, type Span } from '../../core/clock.ts';
import type { NearPoint, ResourceKind, SeenStarts } from '../../core/schema.ts';
import { type Answer, spread } from '../finding/index.ts';

/** What somebody waits for: the question of a search, as it was asked. */
export type Question = {
  need: string | undefined;
  kind: ResourceKind | undefined;
  only: string | undefined;
  day: string;
  from: string | undefined;
  minutes: number;
  people: number;
  near: NearPoint | undefined;
};

/** A slot that can be told to somebody. */
export type Offer = Span & { resourceId: string; slug: string };

export type Claim = Span & { resourceId: string };

type Free = Pick<Answer, 'id' | 'slug' | 'slots' | 'stepMinutes'>;

/** Slots of one thing that are told apart: half a day of half-hours. */
const mostApart = 24;

const minutesOf = (at: Date): number => at.getTime() / minute;

/** Whether two questions are the same, so that asking twice waits once. */
export const sameQuestion = (a: Question, b: Question): boolean => textOf(a) === textOf(b);

/** A question as a text, equal for equal questions whatever the order of what it holds. */
export const textOf = ({ need, kind, only, day, from, minutes, people, near }: Question): string =>
  JSON.stringify([need, kind, only, day, from, minutes, people, near?.lat, near?.lon]);

/** What is free already, and so not worth a mail: runs of starts that follow one another, by resource. */
export function seenIn(answers: readonly Free[], before: SeenStarts = {}): SeenStarts {
  const seen: SeenStarts = Object.fromEntries(Object.entries(before).map(([id, runs]) => [id, [...runs]]));
  for (const { id, slots, stepMinutes } of answers) {
    const runs: [number, number][] = [];
    for (const at of slots.map((slot) => minutesOf(slot.start))) {
      const last = runs.at(-1);
      if (last && at - last[1] <= stepMinutes) last[1] = at;
      else runs.push([at, at]);
    }
    seen[id] = [...(seen[id] ?? []), ...runs];
  }
  return seen;
}

/** The slots that became free since, apart from one another: the first of each thing, then the second of each. */
export function offersIn(answers: readonly Free[], seen: SeenStarts): Offer[] {
  const lists = answers.map(({ id, slug, slots }) => {
    const known = seen[id] ?? [];
    const fresh = slots.filter(({ start }) => !known.some(([a, b]) => a <= minutesOf(start) && minutesOf(start) <= b));
    return spread(fresh, mostApart).map((slot) => ({ ...slot, resourceId: id, slug }));
  });
  return Array.from({ length: mostApart }, (_, turn) => lists.flatMap((list) => list[turn] ?? [])).flat();
}

/** The offers nobody before was just told of. */
export const unclaimed = (offers: readonly Offer[], claims: readonly Claim[]): Offer[] =>
  offers.filter((offer) =>
    claims.every(
      (claim) => claim.resourceId !== offer.resourceId || claim.end <= offer.start || claim.start >= offer.end,
    ),
  );
