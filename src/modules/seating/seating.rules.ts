import { addDays, dayOf, hour, instantOf, minute, timeOf } from '../../core/clock.ts';
import type { NextStep, Params, Reason } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { SessionView } from '../timetable/index.ts';
import type { AttendeeInput } from './seating.types.ts';

/** Whoever is younger is a minor, for whom a parent or guardian agrees. */
export const majority = 18;

/** So long before the beginning nobody's answer is waited for any more: whoever comes first has what is free. */
export const firstComeMinutes = 45;

/**
 * How long a freed seat is kept for the one to whom it is offered: shorter as the day nears, and never past the beginning.
 * null: too late to wait for anybody's answer, whoever comes first has it.
 */
export function offerUntil(now: Date, start: Date): Date | null {
  const left = start.getTime() - now.getTime();
  if (left <= firstComeMinutes * minute) return null;
  const delay =
    left > 7 * 24 * hour ? 48 * hour : left > 48 * hour ? 12 * hour : left > 12 * hour ? 3 * hour : 30 * minute;
  return new Date(now.getTime() + delay);
}

/**
 * An offer does not end while people sleep: what would end between 21:00 and 9:00 on the place's clock ends at 9:00, or when it
 * becomes first come, first served, whichever is sooner.
 */
export function untilMorning(until: Date, start: Date, timeZone: string): Date {
  const time = timeOf(until, timeZone);
  if (time >= '09:00' && time < '21:00') return until;
  const day = dayOf(until, timeZone);
  const morning = instantOf(time < '09:00' ? day : addDays(day, 1), '09:00', timeZone);
  const last = new Date(start.getTime() - firstComeMinutes * minute);
  if (morning <= last) return morning;
  return last > until ? last : until;
}

/**
 * Whether somebody who gave only a year of birth may be of an age on the day of a session: they turn it some day of that
 * year, so that one of two ages is theirs, and the kinder one counts.
 */
const agesOn = (birthYear: number, day: string): { least: number; most: number } => {
  const most = Number(day.slice(0, 4)) - birthYear;
  return { least: most - 1, most };
};

/** Whether somebody may be a minor on that day, as they say or by their year of birth. */
export const isMinor = (attendee: AttendeeInput, day: string): boolean =>
  attendee.minor === true || (attendee.birthYear !== undefined && agesOn(attendee.birthYear, day).least < majority);

/** All that decides on a registration, seats aside. */
export type Facts = {
  now: Date;
  session: SessionView;
  attendees: readonly AttendeeInput[];
  consent: boolean;
  answers: Readonly<Record<string, string>>;
  /** A class comes with its ages in a note, not one by one. */
  group: boolean;
  team: boolean;
  arrived: boolean;
  signedIn: boolean;
  member: boolean;
  inGroup: boolean;
  invited: boolean;
  /** Seats its organisation has there already; undefined without an organisation. */
  ofOrganisation?: number | undefined;
  telephone: string | null;
  /** A text of the team in the reader's language. */
  say: (text: I18nText) => string;
  /** It had a seat kept, or its turn in the list, before registrations closed. */
  begun?: boolean;
};

/** The team may go past these, saying why. */
const passable = new Set([
  'registration.too_young',
  'registration.too_old',
  'registration.birth_year',
  'registration.members',
  'registration.group',
  'registration.invited',
  'registration.organisation_full',
  'registration.answer',
]);

export const canPass = (reason: Reason): boolean => passable.has(reason.code);

/** Every reason why these people may not register for this session, each with its next step; seats are counted elsewhere. */
export function decide(facts: Facts): Reason[] {
  const reasons: Reason[] = [];
  const add = (code: string, params: Params = {}, next?: NextStep) =>
    reasons.push({ code: `registration.${code}`, params, next });
  const closed = whetherOpen(facts);
  if (closed) return [closed];
  whoMay(facts, add);
  ages(facts, add);
  const { session, attendees } = facts;
  if (session.seats !== null && attendees.length > session.seats) add('too_many', { most: session.seats });
  const limit = session.perOrganisation;
  if (limit !== null && facts.ofOrganisation !== undefined && facts.ofOrganisation + attendees.length > limit) {
    add('organisation_full', { most: limit, left: Math.max(0, limit - facts.ofOrganisation) });
  }
  for (const question of session.questions) {
    if (question.required && !facts.answers[question.key]) add('answer', { question: facts.say(question.label) });
  }
  if (session.priceKind === 'amount') {
    const keys = session.tariffs.map((tariff) => tariff.key);
    if (attendees.some(({ tariff }) => tariff !== undefined && !keys.includes(tariff))) add('tariff');
  }
  return reasons;
}

type Add = (code: string, params?: Params, next?: NextStep) => void;

function whetherOpen({ now, session, team, arrived, telephone, begun }: Facts): Reason | undefined {
  const call: NextStep | undefined = telephone
    ? { code: 'registration.next.call', params: { telephone }, href: `tel:${telephone.replace(/[^\d+]/g, '')}` }
    : undefined;
  const agenda: NextStep = { code: 'registration.next.agenda', href: '/agenda' };
  const say = (code: string, params: Params = {}, next: NextStep | undefined = agenda): Reason => ({
    code: `registration.${code}`,
    params,
    next,
  });
  if (session.status === 'cancelled') return say('session_cancelled');
  if (session.status === 'postponed') return say('session_postponed', {}, call ?? agenda);
  if (session.end <= now) return say('over');
  if (session.enrolment === 'none') return say('no_need', {}, seeSession(session.reference));
  if (begun) return undefined;
  if (session.start <= now && !team) return say('running', {}, call ?? agenda);
  if (session.start <= now && !arrived) return say('running_team', {}, undefined);
  if (team) return undefined;
  if (session.opensAt && session.opensAt > now)
    return say('not_yet', { opens: session.opensAt }, seeSession(session.reference));
  if (session.closesAt && session.closesAt <= now) return say('closed', { closed: session.closesAt }, call ?? agenda);
  return undefined;
}

function whoMay({ session, signedIn, member, inGroup, invited, telephone }: Facts, add: Add): void {
  if (invited) return;
  const signIn: NextStep = { code: 'registration.next.sign_in', href: '/connexion' };
  const next: NextStep | undefined = signedIn
    ? telephone
      ? { code: 'registration.next.call', params: { telephone }, href: `tel:${telephone.replace(/[^\d+]/g, '')}` }
      : { code: 'registration.next.agenda', href: '/agenda' }
    : signIn;
  if (session.audience === 'members' && !member) add('members', {}, next);
  if (session.audience === 'group' && !inGroup) add('group', {}, next);
  if (session.audience === 'invited') add('invited', {}, next);
}

function ages({ session, attendees, consent, group, now }: Facts, add: Add): void {
  const day = dayOf(session.start, session.timeZone);
  const { ageMin, ageMax } = session;
  const agenda = ageMin === null && ageMax === null ? undefined : { code: 'registration.next.agenda', href: '/agenda' };
  const ruled = ageMin !== null || ageMax !== null;
  let unknown = false;
  for (const one of attendees) {
    if (one.birthYear === undefined) {
      unknown ||= ruled && !group;
      continue;
    }
    const { least, most } = agesOn(one.birthYear, day);
    const params = { name: one.name ?? null, min: ageMin, max: ageMax };
    if (one.birthYear > now.getUTCFullYear()) add('birth_future', { name: one.name ?? null });
    else if (ageMin !== null && most < ageMin) add('too_young', params, agenda);
    else if (ageMax !== null && least > ageMax) add('too_old', params, agenda);
  }
  if (unknown) add('birth_year', { min: ageMin, max: ageMax });
  if (!consent && !group && attendees.some((one) => isMinor(one, day))) add('consent');
}

export const seeSession = (reference: string): NextStep => ({
  code: 'registration.next.session',
  href: `/agenda/${reference}`,
});

export const seeRegistration = (reference: string): NextStep => ({
  code: 'registration.next.registration',
  href: `/inscriptions/${reference}`,
});

/** Whether giving a seat back comes so late that nobody may use it: after what the site asks, a day before it says nothing. */
export const isLate = (now: Date, start: Date, cancelUntilMinutes: number | undefined): boolean =>
  now.getTime() > start.getTime() - (cancelUntilMinutes ?? 24 * 60) * minute;

/** Who waits, and how many seats it takes of which session: of several, for a course. */
export type Waiting = { id: string; needs: Readonly<Record<string, number>> };

/**
 * To whom free seats are offered, in the order of the list: the first whose turn it is and whose places fit. A group too large
 * for what is free keeps the others waiting for one delay of an offer, in which more may be given back; after it (`passed`)
 * it keeps its turn, but those behind it who fit are asked. `blocked` is who made the others wait.
 */
export function whoIsNext(
  queue: readonly Waiting[],
  free: Readonly<Record<string, number>>,
  passed: readonly string[],
): { offered: string[]; blocked: string | null } {
  const offered: string[] = [];
  const left = { ...free };
  for (const one of queue) {
    const needs = Object.entries(one.needs);
    if (needs.some(([session]) => !left[session])) {
      // Nothing at all is free there: nobody is kept waiting by this one.
      if (Object.values(left).every((seats) => !seats)) break;
      continue;
    }
    if (needs.every(([session, places]) => places <= left[session]!)) {
      offered.push(one.id);
      for (const [session, places] of needs) left[session] = left[session]! - places;
    } else if (!passed.includes(one.id)) {
      return { offered, blocked: one.id };
    }
  }
  return { offered, blocked: null };
}
