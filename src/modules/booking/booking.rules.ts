import { addMinutes, dayOf, minute, type Span, timeOf } from '../../core/clock.ts';
import type { NextStep, Reason } from '../../core/errors.ts';
import { presets, type RuleLevels, type Rules, resolveRules } from '../../core/rule-set.ts';
import type { RuleSet } from '../../core/schema.ts';
import { callSite, findOther, myBookings, type Place, seeWeek, signIn } from './booking.links.ts';

export { presets, type RuleLevels, type Rules, resolveRules };

/** The level a limit was set at: it counts the bookings of everything below that level. */
export function scopeOf(levels: RuleLevels, key: keyof RuleSet): 'resource' | 'space' | 'site' {
  if (levels.resource[key] !== undefined) return 'resource';
  return levels.space[key] !== undefined ? 'space' : 'site';
}

/** A limit counts whom: a booking's other bookings, as far as they matter to it. */
export type Tally = {
  /** Bookings still to come. */
  upcoming: number;
  /** All those of the rolling window, this request's others included. */
  window: readonly Span[];
};

export type Facts = {
  now: Date;
  place: Place & { id: string; capacity: number; units: number; stepMinutes: number; archived: boolean };
  rules: Rules;
  start: Date;
  end: Date;
  people: number;
  /** The openings around the time wanted; cut to a window that begins at a local midnight. */
  open: readonly Span[];
  /** Filled only once it is known to be closed: the next opening. */
  nextOpening?: Span | undefined;
  /** The person the booking is for: what they belong to here. */
  booker: { signedIn: boolean; member: boolean; groups: readonly string[] };
  /** The team of the site acts. */
  team: boolean;
  person?: Tally & { overlaps: readonly Span[] };
  organisation?: Tally;
  /** Bookings of this e-mail that wait for their code. */
  unconfirmed?: number;
  /** A move keeps its start: it was allowed when it was booked. */
  keepsStart?: boolean;
};

/** Reasons that nobody may pass, the team included. */
const absolute = new Set([
  'booking.archived',
  'booking.past',
  'booking.capacity',
  'booking.unconfirmed',
  'booking.taken',
]);

/** Whether the team may go past a reason, saying why. */
export const canOverride = (reason: Reason): boolean => !absolute.has(reason.code);

const minutesOf = (span: Span): number => (span.end.getTime() - span.start.getTime()) / minute;

/** The most minutes in any window of that many days that holds `start`. */
export function heaviestWindow(spans: readonly Span[], start: Date, days: number): number {
  const length = days * 24 * 60 * minute;
  const near = spans.filter((span) => Math.abs(span.start.getTime() - start.getTime()) < length);
  // A heaviest window begins where one of the bookings does.
  const firsts = [start, ...near.map((span) => span.start)].filter((first) => first <= start);
  const sums = firsts.map((first) =>
    near
      .filter((span) => span.start >= first && span.start.getTime() < first.getTime() + length)
      .reduce((sum, span) => sum + minutesOf(span), 0),
  );
  return Math.max(0, ...sums);
}

/** Every reason why this booking is not possible, in the order people care about; none when it is. */
export function decide(facts: Facts): Reason[] {
  const reasons: Reason[] = [];
  const add = (code: string, params: Reason['params'], next?: NextStep): void => {
    reasons.push({ code, params, next });
  };
  if (facts.place.archived) add('booking.archived', {}, callSite(facts.place));
  decideWho(facts, add);
  decideTime(facts, add);
  decideOpening(facts, add);
  const most = facts.place.capacity * Math.max(1, facts.place.units);
  if (facts.people > most) add('booking.capacity', { most, people: facts.people }, otherPlace(facts));
  decideLimits(facts, add);
  return reasons;
}

type Add = (code: string, params: Reason['params'], next?: NextStep) => void;

const otherPlace = ({ place, start, end, people }: Facts): NextStep =>
  findOther(dayOf(start, place.timeZone), timeOf(start, place.timeZone), minutesOf({ start, end }), people);

function decideWho({ rules, booker, team, place }: Facts, add: Add): void {
  const ask = booker.signedIn ? callSite(place) : signIn();
  if (rules.who === 'team' && !team) add('booking.who_team', {}, callSite(place));
  if (rules.who === 'member' && !booker.member) add('booking.who_member', {}, ask);
  if (rules.who === 'group' && !(rules.groupSlug && booker.groups.includes(rules.groupSlug))) {
    add('booking.who_group', {}, ask);
  }
}

function decideTime(facts: Facts, add: Add): void {
  const { now, rules, place, start, end, team } = facts;
  if (!facts.keepsStart) {
    // The team gives the step under way to whoever comes in: 9:00-10:00 may still be booked at 9:07.
    const latest = team ? addMinutes(start, place.stepMinutes - 1) : start;
    const earliest = addMinutes(now, rules.noticeMinutes);
    if (latest < now) add('booking.past', {}, seeWeek(place));
    else if (latest < earliest) {
      add('booking.notice', { minutes: rules.noticeMinutes, earliest }, callSite(place) ?? seeWeek(place));
    }
    const last = addMinutes(now, rules.horizonDays * 24 * 60);
    if (start > last) add('booking.horizon', { days: rules.horizonDays, last }, seeWeek(place));
  } else if (end <= now) add('booking.past', {}, seeWeek(place));
  const length = minutesOf({ start, end });
  if (length < rules.minMinutes) add('booking.too_short', { minutes: rules.minMinutes }, seeWeek(place));
  if (length > rules.maxMinutes) add('booking.too_long', { minutes: rules.maxMinutes }, callSite(place));
}

function decideOpening(facts: Facts, add: Add): void {
  const { place, start, end } = facts;
  const opening = facts.open.find((span) => span.start <= start && end <= span.end);
  if (!opening) {
    const next = facts.nextOpening;
    const step = next
      ? findOther(dayOf(next.start, place.timeZone), timeOf(next.start, place.timeZone), minutesOf(facts), facts.people)
      : callSite(place);
    add('booking.closed', { start, end, opens: next?.start ?? null, closes: next?.end ?? null }, step);
    return;
  }
  const step = place.stepMinutes * minute;
  const off = (at: Date) => (at.getTime() - opening.start.getTime()) % step !== 0;
  // The last step of a day may be cut by the closing time.
  if ((!facts.keepsStart && off(start)) || (off(end) && end.getTime() !== opening.end.getTime())) {
    const before = new Date(start.getTime() - ((start.getTime() - opening.start.getTime()) % step));
    add('booking.step', { minutes: place.stepMinutes, nearest: before }, seeWeek(place));
  }
}

function decideLimits(facts: Facts, add: Add): void {
  const { rules, start, person, organisation } = facts;
  const own = { start, end: facts.end };
  const weigh = (tally: Tally) => heaviestWindow([...tally.window, own], start, rules.windowDays);
  if (person) {
    if (rules.personAtOnce !== undefined && person.upcoming >= rules.personAtOnce) {
      add('booking.person_at_once', { most: rules.personAtOnce }, myBookings());
    }
    if (rules.personWindowMinutes !== undefined && weigh(person) > rules.personWindowMinutes) {
      add('booking.person_window', { minutes: rules.personWindowMinutes, days: rules.windowDays }, myBookings());
    }
    const overlap = person.overlaps[0];
    if (!rules.ownOverlaps && overlap) {
      add('booking.own_overlap', { start: overlap.start, end: overlap.end }, myBookings());
    }
  }
  if (organisation) {
    if (rules.organisationAtOnce !== undefined && organisation.upcoming >= rules.organisationAtOnce) {
      add('booking.organisation_at_once', { most: rules.organisationAtOnce }, callSite(facts.place));
    }
    if (rules.organisationWindowMinutes !== undefined && weigh(organisation) > rules.organisationWindowMinutes) {
      const params = { minutes: rules.organisationWindowMinutes, days: rules.windowDays };
      add('booking.organisation_window', params, callSite(facts.place));
    }
  }
  if ((facts.unconfirmed ?? 0) >= 2) add('booking.unconfirmed', { most: 2 }, callSite(facts.place));
}

/** Why a person may no longer change or give back a booking by themselves; nothing when they may. */
export function decideChange(
  facts: { now: Date; start: Date; rules: Rules; team: boolean; place: Place },
  extending = false,
): Reason | undefined {
  const deadline = addMinutes(facts.start, -facts.rules.cancelUntilMinutes);
  if (facts.team || extending || facts.now < deadline || facts.now.getTime() === deadline.getTime()) return undefined;
  return { code: 'booking.deadline', params: { deadline }, next: callSite(facts.place) };
}
