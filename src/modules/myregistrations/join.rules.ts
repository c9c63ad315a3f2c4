/** Somebody who comes with one of two registrations that turn out to be of one person. */
export type Body = { id: string; own: boolean; name: string | null; birthYear: number | null };

/** One of the registrations that a person has for one session, as far as making one of them goes. */
export type Standing = {
  id: string;
  status: 'registered' | 'offered' | 'waiting' | 'invited';
  waitingSince: Date | null;
  createdAt: Date;
  organisationId: string | null;
  /** Somebody of it was written down on the list of those who came. */
  marked: boolean;
  people: readonly Body[];
};

/** What becomes of the registration that is not kept. */
export type Joining = {
  kept: string;
  other: string;
  /**
   * `given`: all who come with it come with the other already. `moved`: those who do not sit there now. `apart`: they go on
   * waiting, or have their offer, in their own turn, without those the other brings. `left`: nothing may be touched.
   */
  outcome: 'given' | 'moved' | 'apart' | 'left';
  /** Those who come with the other, and come once. */
  twice: readonly string[];
  /** Those it alone brings. */
  alone: readonly string[];
};

const order = ['registered', 'offered', 'waiting', 'invited'];

/** Who sits goes before who waits, the earlier turn before the later; between equals, the one that was written down on the list. */
const byStanding = (a: Standing, b: Standing): number =>
  order.indexOf(a.status) - order.indexOf(b.status) ||
  (a.waitingSince?.getTime() ?? 0) - (b.waitingSince?.getTime() ?? 0) ||
  Number(b.marked) - Number(a.marked) ||
  a.createdAt.getTime() - b.createdAt.getTime() ||
  (a.id < b.id ? -1 : 1);

const plain = (name: string | null): string | undefined => name?.trim().toLowerCase() || undefined;

/** The person themselves, or a child of one first name and year; a member of a class has neither, and is nobody else. */
const isSame = (a: Body, b: Body): boolean =>
  (a.own && b.own) ||
  (!a.own && !b.own && plain(a.name) === plain(b.name) && !!plain(a.name) && a.birthYear === b.birthYear);

/** How the registrations of one person for one session become one: nobody who was to come is lost, and nobody comes twice. */
export function joinStandings(standings: readonly Standing[]): Joining[] {
  const [first, ...others] = [...standings].sort(byStanding);
  if (!first) return [];
  const coming = [...first.people];
  return others.map((other) => {
    const free = [...coming];
    const twice: Body[] = [];
    for (const body of other.people) {
      const at = free.findIndex((one) => isSame(one, body));
      if (at < 0) continue;
      if (!body.own) free.splice(at, 1);
      twice.push(body);
    }
    const alone = other.people.filter((body) => !twice.includes(body));
    const two = first.organisationId !== null && other.organisationId !== null;
    const outcome =
      other.marked || (two && first.organisationId !== other.organisationId)
        ? 'left'
        : alone.length === 0
          ? 'given'
          : first.status === 'registered' && other.status === 'registered'
            ? 'moved'
            : 'apart';
    if (outcome === 'moved') coming.push(...alone);
    return {
      kept: first.id,
      other: other.id,
      outcome,
      twice: twice.map(({ id }) => id),
      alone: alone.map(({ id }) => id),
    };
  });
}
