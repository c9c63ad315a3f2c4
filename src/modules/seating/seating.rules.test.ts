import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, paris } from '../../../test/harness/make.ts';
import { addMinutes } from '../../core/clock.ts';
import type { SessionView } from '../timetable/index.ts';
import { decide, isLate, isMinor, offerUntil, untilMorning, whoIsNext } from './seating.rules.ts';

describe('how long a freed seat is kept', () => {
  const start = at('2026-11-28', '14:00');
  it.each([
    ['two weeks before', 14 * 24 * 60, 48 * 60],
    ['a week and a minute before', 7 * 24 * 60 + 1, 48 * 60],
    ['a week before', 7 * 24 * 60, 12 * 60],
    ['three days before', 3 * 24 * 60, 12 * 60],
    ['two days before', 48 * 60, 3 * 60],
    ['a day before', 24 * 60, 3 * 60],
    ['the same morning', 6 * 60, 30],
    ['an hour before', 60, 30],
    ['three quarters of an hour before: first come', 45, null],
    ['once it has begun', -10, null],
  ])('%s', (_name, minutesLeft, kept) => {
    const now = addMinutes(start, -minutesLeft);
    expect(offerUntil(now, start)?.getTime() ?? null).toBe(kept === null ? null : addMinutes(now, kept).getTime());
  });

  it('never lasts into the session, and never grows as the day nears', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 * 60 }), fc.integer({ min: 0, max: 600 }), (left, later) => {
        const early = addMinutes(start, -left - later);
        const late = addMinutes(start, -left);
        const [long, short] = [offerUntil(early, start), offerUntil(late, start)];
        if (short) expect(short.getTime()).toBeLessThan(start.getTime());
        if (short) expect(long!.getTime() - early.getTime()).toBeGreaterThanOrEqual(short.getTime() - late.getTime());
      }),
    );
  });
});

describe('an offer does not end while people sleep', () => {
  const to = (day: string, time: string, offset = '+01:00') => at(day, time, offset);
  it.each([
    ['by day it ends when it ends', to('2026-11-25', '16:00'), to('2026-11-28', '14:00'), to('2026-11-25', '16:00')],
    ['at two in the morning: at nine', to('2026-11-26', '02:00'), to('2026-11-28', '14:00'), to('2026-11-26', '09:00')],
    ['at ten in the evening: at nine', to('2026-11-25', '22:00'), to('2026-11-28', '14:00'), to('2026-11-26', '09:00')],
    [
      'what begins at nine: until first come',
      to('2026-11-26', '02:00'),
      to('2026-11-26', '09:00'),
      to('2026-11-26', '08:15'),
    ],
    [
      'over the night the clocks change',
      to('2027-03-28', '01:30'),
      to('2027-03-30', '14:00', '+02:00'),
      to('2027-03-28', '09:00', '+02:00'),
    ],
  ])('%s', (_name, until, start, expected) => {
    expect(untilMorning(until, start, paris)).toEqual(expected);
  });
});

describe('who is offered what is free', () => {
  const wait = (id: string, places: number) => ({ id, needs: { s: places } });
  it.each([
    ['the first in order', [wait('a', 1), wait('b', 1)], 1, [], ['a'], null],
    ['as many as fit', [wait('a', 1), wait('b', 2), wait('c', 1)], 3, [], ['a', 'b'], null],
    ['a group too large makes the others wait one delay', [wait('a', 5), wait('b', 1)], 3, [], [], 'a'],
    ['then those behind it are asked', [wait('a', 5), wait('b', 1), wait('c', 2)], 3, ['a'], ['b', 'c'], null],
    ['it is first again once there is room', [wait('a', 5), wait('b', 1)], 5, ['a'], ['a'], null],
    ['the second group waits its own delay', [wait('a', 5), wait('b', 4), wait('c', 1)], 3, ['a'], [], 'b'],
    ['nothing is free', [wait('a', 1)], 0, [], [], null],
  ])('%s', (_name, queue, free, passed, offered, blocked) => {
    expect(whoIsNext(queue, { s: free }, passed)).toEqual({ offered, blocked });
  });

  it('asks a course only where all of its dates have room', () => {
    const course = { id: 'a', needs: { s: 1, t: 1 } };
    expect(whoIsNext([course, wait('b', 1)], { s: 1, t: 0 }, [])).toEqual({ offered: ['b'], blocked: null });
    expect(whoIsNext([course, wait('b', 1)], { s: 1, t: 1 }, [])).toEqual({ offered: ['a'], blocked: null });
  });
});

describe('ages and lateness', () => {
  it.each([
    [2008, true],
    [2007, false],
    [2018, true],
    [1960, false],
  ])('somebody born in %i', (birthYear, minor) => {
    expect(isMinor({ birthYear }, '2026-11-28')).toBe(minor);
  });

  it('a seat given back is late after the site’s delay, a day before where it says nothing', () => {
    const start = at('2026-11-28', '14:00');
    expect(isLate(addMinutes(start, -25 * 60), start, undefined)).toBe(false);
    expect(isLate(addMinutes(start, -23 * 60), start, undefined)).toBe(true);
    expect(isLate(addMinutes(start, -23 * 60), start, 120)).toBe(false);
    expect(isLate(addMinutes(start, -90), start, 120)).toBe(true);
    // A place that says nought minutes takes it until the beginning.
    expect(isLate(addMinutes(start, -5), start, 0)).toBe(false);
  });
});

describe('who may register, at the edges of each rule', () => {
  const start = at('2026-11-28', '14:00');
  const now = at('2026-11-23', '09:00');
  const session = {
    reference: 'ABCDEFGHJK',
    status: 'published',
    enrolment: 'seat',
    start,
    end: addMinutes(start, 120),
    timeZone: paris,
    seats: 12,
    opensAt: null,
    closesAt: null,
    ageMin: null,
    ageMax: null,
    audience: 'all',
    perOrganisation: null,
    questions: [],
    priceKind: 'free',
    tariffs: [],
  };
  const facts = {
    now,
    attendees: [{ self: true }],
    consent: false,
    answers: {},
    group: false,
    team: false,
    arrived: false,
    signedIn: true,
    member: false,
    inGroup: false,
    invited: false,
    telephone: null,
    say: () => '',
  };
  const codes = (over: object, of: object = {}) =>
    decide({ ...facts, ...of, session: { ...session, ...over } as unknown as SessionView }).map(({ code }) =>
      code.replace('registration.', ''),
    );
  const born = (birthYear: number) => ({ attendees: [{ name: 'Léo', birthYear }], consent: true });
  const ages = { ageMin: 8, ageMax: 12 };
  const company = (ofOrganisation: number, count: number) => ({
    ofOrganisation,
    attendees: Array.from({ length: count }, () => ({})),
  });

  it.each<[string, object, object, string[]]>([
    ['opens at this very instant', { opensAt: now }, {}, []],
    ['opens a minute later', { opensAt: addMinutes(now, 1) }, {}, ['not_yet']],
    ['the team registers before it opens', { opensAt: addMinutes(now, 1) }, { team: true }, []],
    ['closes at this very instant', { closesAt: now }, {}, ['closed']],
    ['closes a minute later', { closesAt: addMinutes(now, 1) }, {}, []],
    ['had a seat kept before it closed', { closesAt: now }, { begun: true }, []],
    ['turns eight that year: may be eight', ages, born(2018), []],
    ['is seven all that year', ages, born(2019), ['too_young']],
    ['turns thirteen that year: may be twelve still', ages, born(2013), []],
    ['is thirteen all that year', ages, born(2012), ['too_old']],
    ['from an age on, without a last', { ageMin: 60 }, born(1966), []],
    ['from an age on, too young', { ageMin: 60 }, born(1967), ['too_young']],
    ['a class says its ages in a note', ages, { group: true, attendees: [{}, { minor: true }] }, []],
    ['turns eighteen that year: may be a minor', {}, { attendees: [{ birthYear: 2008 }] }, ['consent']],
    ['was eighteen the year before', {}, { attendees: [{ birthYear: 2007 }] }, []],
    ['said to be a minor, without a year', {}, { attendees: [{ minor: true }] }, ['consent']],
    ['one minor among adults', {}, { attendees: [{ self: true }, { birthYear: 2016 }] }, ['consent']],
    ['agreed to by a parent', {}, { attendees: [{ birthYear: 2016 }], consent: true }, []],
    ['the last places of a company', { perOrganisation: 5 }, company(3, 2), []],
    ['one more than a company has', { perOrganisation: 5 }, company(3, 3), ['organisation_full']],
    ['who comes for nobody has no such limit', { perOrganisation: 1 }, { attendees: [{}, {}] }, []],
    ['as many as there are seats', { seats: 2 }, { attendees: [{}, {}] }, []],
    ['more than there are seats', { seats: 2 }, { attendees: [{}, {}, {}] }, ['too_many']],
  ])('%s', (_name, over, of, expected) => {
    expect(codes(over, of)).toEqual(expected);
  });
});
