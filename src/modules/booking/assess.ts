import { addDays, addMinutes, dayOf, instantOf, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type Params, type Reason, Refusal } from '../../core/errors.ts';
import { openings } from '../finding/index.ts';
import { seeWeek } from './booking.links.ts';
import {
  canOverride,
  decide,
  type Facts,
  type RuleLevels,
  type Rules,
  resolveRules,
  scopeOf,
  type Tally,
} from './booking.rules.ts';
import { type OtherBooking, othersOf, unconfirmedOf } from './limits.store.ts';
import type { Wanted } from './taking.ts';
import type { Thing } from './thing.store.ts';

/** Whom the things are for, as the rules see them; `personId` is null for somebody new. */
export type Party = {
  personId: string | null;
  organisationId: string | null;
  /** For an organisation that is not known yet: only what is asked now counts for it. */
  newOrganisation?: boolean;
  /** The e-mail of somebody who must still confirm it. */
  unconfirmedEmail: string | null;
  signedIn: boolean;
  /** Sites where the person has a role; null among them is everywhere. */
  sites: readonly (string | null)[];
  groups: readonly string[];
};

export const levelsOf = (thing: Thing): RuleLevels => ({
  preset: thing.preset,
  resource: thing.rules,
  space: thing.spaceRules,
  site: thing.siteRules,
});

export const rulesOf = (thing: Thing): Rules => resolveRules(levelsOf(thing));

/**
 * When a place is given to others if nobody says that they are there; null where nobody has to. What is booked or confirmed
 * after it began has its delay from then on.
 */
export const releaseAt = (ctx: Ctx, rules: Rules, start: Date): Date | null =>
  rules.checkIn ? addMinutes(start > ctx.now ? start : ctx.now, rules.releaseMinutes) : null;

type Options = {
  team: boolean;
  /** Bookings that are being changed do not count against themselves. */
  except?: readonly string[];
  keepsStart?: boolean;
  /** Read beforehand, to hold the locks less long. */
  openings?: Openings;
};

/** The openings around the times wanted, by resource. */
export type Openings = ReadonlyMap<string, Span[]>;

/** No booking is this long: past it, nothing is computed. */
const longestDays = 31;
const furthestDays = 800;

/** Every reason why each of these things may not be had, collisions aside; call it under the locks of the party. */
export async function assess(ctx: Ctx, wanted: readonly Wanted[], party: Party, options: Options): Promise<Reason[][]> {
  const openings = options.openings ?? (await loadOpenings(ctx, wanted));
  const person = await loadOthers(ctx, wanted, 'person', party.personId, options);
  const organisation = await loadOthers(ctx, wanted, 'organisation', party.organisationId, options);
  const unconfirmed = party.unconfirmedEmail ? await unconfirmedOf(ctx.db, party.unconfirmedEmail, ctx.now) : 0;
  const all: { facts: Facts; reasons: Reason[] }[] = [];
  for (const [index, one] of wanted.entries()) {
    const { thing, item } = one;
    const before = wanted.slice(0, index);
    const facts: Facts = {
      now: ctx.now,
      place: { ...thing, units: thing.units.filter((unit) => unit.resourceId === thing.id).length },
      rules: rulesOf(thing),
      start: item.start,
      end: item.end,
      people: one.people,
      open: openings.get(thing.id) ?? [],
      booker: {
        signedIn: party.signedIn,
        member: party.sites.some((site) => site === null || site === thing.siteId),
        groups: party.groups,
      },
      team: options.team,
      unconfirmed,
      keepsStart: options.keepsStart ?? false,
      person: {
        ...tally(ctx, one, 'person', person, before),
        overlaps: person.filter((other) => other.start < item.end && item.start < other.end),
      },
      ...(party.organisationId || party.newOrganisation
        ? { organisation: tally(ctx, one, 'organisation', organisation, before) }
        : {}),
    };
    all.push({ facts, reasons: decide(facts) });
  }
  const isClosed = (reasons: readonly Reason[]) => reasons.some(({ code }) => code === 'booking.closed');
  const nextOf = await loadNextOpenings(
    ctx,
    wanted.filter((_, index) => isClosed(all[index]!.reasons)),
  );
  return all.map(({ facts, reasons }, index) =>
    isClosed(reasons) ? decide({ ...facts, nextOpening: nextOf(wanted[index]!) }) : reasons,
  );
}

/** Refuses at once, for the team too, a time that makes no sense: reversed, a month long, years away. */
export function refuseAbsurd(ctx: Ctx, { item: { start, end }, thing }: Wanted): void {
  const rules = rulesOf(thing);
  const next = seeWeek(thing);
  const refuse = (code: string, params: Params = {}) => {
    throw new Refusal(code, 'unprocessable', params, next);
  };
  if (end <= start) refuse('booking.order');
  if (start < addMinutes(ctx.now, -furthestDays * 1440)) refuse('booking.past');
  if (end > addMinutes(start, longestDays * 1440)) refuse('booking.too_long', { minutes: rules.maxMinutes });
  const last = addMinutes(ctx.now, rules.horizonDays * 1440);
  if (start > addMinutes(ctx.now, furthestDays * 1440)) refuse('booking.horizon', { days: rules.horizonDays, last });
}

/** Reads when the things wanted are open; no booking changes it, so that no lock is needed. */
export async function loadOpenings(ctx: Ctx, wanted: readonly Wanted[]): Promise<Openings> {
  const first = wanted[0];
  if (!first) return new Map();
  const zone = first.thing.timeZone;
  const earliest = new Date(Math.min(...wanted.map(({ item }) => item.start.getTime())));
  const latest = new Date(Math.max(...wanted.map(({ item }) => item.end.getTime())));
  return openings(ctx, {
    resourceIds: [...new Set(wanted.map(({ thing }) => thing.id))],
    // A day before: an opening that passes midnight is then seen from its own start, from which steps are counted.
    from: instantOf(addDays(dayOf(earliest, zone), -1), '00:00', zone),
    to: instantOf(addDays(dayOf(latest, zone), 1), '00:00', zone),
  });
}

/** How far the next opening is sought, in days. */
const soonDays = 21;

/** Reads once, however many dates are closed, what opens next after each: others wait for the locks meanwhile. */
async function loadNextOpenings(ctx: Ctx, closed: readonly Wanted[]): Promise<(one: Wanted) => Span | undefined> {
  if (closed.length === 0) return () => undefined;
  const sought = ({ item }: Wanted) => Math.max(item.start.getTime(), ctx.now.getTime());
  const starts = closed.map(sought);
  const found = await openings(ctx, {
    resourceIds: [...new Set(closed.map(({ thing }) => thing.id))],
    from: new Date(Math.min(...starts)),
    to: addMinutes(new Date(Math.max(...starts)), soonDays * 1440),
  });
  return (one) => {
    const from = new Date(sought(one));
    const until = addMinutes(from, soonDays * 1440);
    const next = found.get(one.thing.id)?.find(({ start, end }) => end > from && start < until);
    if (!next) return undefined;
    return { start: next.start > from ? next.start : from, end: next.end < until ? next.end : until };
  };
}

type Whose = 'person' | 'organisation';

/** Reads what somebody already has only where a rule asks for it. */
async function loadOthers(
  ctx: Ctx,
  wanted: readonly Wanted[],
  whose: Whose,
  id: string | null,
  { except = [] }: Options,
): Promise<OtherBooking[]> {
  const limited = wanted.filter(({ thing }) => isLimited(rulesOf(thing), whose));
  if (!id || limited.length === 0) return [];
  const days = Math.max(...limited.map(({ thing }) => rulesOf(thing).windowDays)) + 1;
  const earliest = Math.min(ctx.now.getTime(), ...limited.map(({ item }) => item.start.getTime()));
  const since = addMinutes(new Date(earliest), -days * 1440);
  const owner = whose === 'person' ? { personId: id } : { organisationId: id };
  return othersOf(ctx.db, owner, since, ctx.now, except);
}

/** Whether a limit counts the bookings of a person, or of an organisation. */
export const isLimited = (rules: Rules, whose: Whose): boolean =>
  whose === 'person'
    ? rules.personAtOnce !== undefined || rules.personWindowMinutes !== undefined || !rules.ownOverlaps
    : rules.organisationAtOnce !== undefined || rules.organisationWindowMinutes !== undefined;

/** Counts the bookings under the same limit: those of the resource, the space or the site where it was set. */
function tally(ctx: Ctx, one: Wanted, whose: Whose, others: readonly OtherBooking[], before: readonly Wanted[]): Tally {
  const levels = levelsOf(one.thing);
  const under = (key: 'AtOnce' | 'WindowMinutes') => {
    const scope = scopeOf(levels, `${whose}${key}`);
    return (place: { resourceId: string; spaceId: string | null; siteId: string }) => {
      if (scope === 'resource') return place.resourceId === one.thing.id;
      return scope === 'space' ? place.spaceId === one.thing.spaceId : place.siteId === one.thing.siteId;
    };
  };
  const request = before.map(({ thing, item }) => ({
    ...item,
    resourceId: thing.id,
    spaceId: thing.spaceId,
    siteId: thing.siteId,
  }));
  const all = [...others, ...request];
  return {
    upcoming: all.filter((other) => other.end > ctx.now && under('AtOnce')(other)).length,
    window: all.filter(under('WindowMinutes')).map(({ start, end }) => ({ start, end })),
  };
}

/**
 * Refuses with every reason, unless the team goes past those that may be passed; returns the reason to keep, if any was used.
 */
export function settle(
  reasons: readonly Reason[],
  team: boolean,
  override: { reason: string } | undefined,
): string | null {
  const unique = reasons.filter(
    (reason, index) =>
      reasons.findIndex(
        (other) => other.code === reason.code && JSON.stringify(other.params) === JSON.stringify(reason.params),
      ) === index,
  );
  if (unique.length === 0) return null;
  const left = team && override ? unique.filter((reason) => !canOverride(reason)) : unique;
  if (left.length === 0) return override!.reason;
  const kind = left.every((reason) => reason.code === 'booking.taken')
    ? 'conflict'
    : left.some((reason) => reason.code.startsWith('booking.who_'))
      ? 'forbidden'
      : 'unprocessable';
  throw Refusal.all(kind, left);
}
