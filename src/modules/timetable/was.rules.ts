import type { SessionView } from './sessions.types.ts';

/** What a session was and is, told apart in the journal: what nobody but those who come would mind. */
const told = ['title', 'seats', 'minimum', 'ageMin', 'ageMax', 'perOrganisation', 'opensAt', 'closesAt'] as const;

type Was = Record<string, [unknown, unknown]>;

const differs = ([before, after]: [unknown, unknown]): boolean => JSON.stringify(before) !== JSON.stringify(after);

/** The values of a session that a change replaced, old then new; places and rooms by id. An appointment's title is its reason: it is nobody else's. */
export function wasAndIs(before: SessionView, after: SessionView): Was {
  const pairs: Was = Object.fromEntries(told.map((key) => [key, [before[key], after[key]]]));
  if (before.kind === 'appointment') delete pairs.title;
  const things = (view: SessionView) => view.things.map(({ id }) => id).sort();
  const place = ({ placeKind, site, stop }: SessionView) =>
    placeKind === 'stop' ? (stop?.id ?? null) : placeKind === 'site' ? site.id : null;
  pairs.end = [before.end, after.end];
  pairs.things = [things(before), things(after)];
  pairs.place = [place(before), place(after)];
  return Object.fromEntries(Object.entries(pairs).filter(([, pair]) => differs(pair)));
}
