import { expect, test } from 'vitest';
import { at } from '../../../test/harness/make.ts';
import { grouped, standpointOf, totalsOf } from './day.rules.ts';
import { endsOf, stretchesOf } from './desk.rules.ts';

const monday = '2026-11-23';
const now = at(monday, '09:20');
const one = (over: Partial<Parameters<typeof standpointOf>[0]> = {}) => ({
  status: 'confirmed' as const,
  start: at(monday, '09:00'),
  end: at(monday, '11:00'),
  people: 1,
  check_in_required: true,
  release_at: at(monday, '09:30'),
  ...over,
});

test.each([
  ['somebody whose time has come and who must check in', one(), 'late'],
  ['somebody whose time has come and need not check in', one({ check_in_required: false }), 'expected'],
  ['somebody of the last five minutes', one({ start: at(monday, '09:16') }), 'expected'],
  ['somebody of this afternoon', one({ start: at(monday, '14:00'), end: at(monday, '15:00') }), 'expected'],
  ['somebody who came', one({ status: 'checked_in' }), 'here'],
  ['somebody who came and whose time is over', one({ status: 'checked_in', end: at(monday, '09:20') }), 'over'],
  ['somebody who did not come', one({ status: 'no_show' }), 'absent'],
  ['somebody whose place is out of order', one({ status: 'displaced' }), 'displaced'],
  ['an option', one({ status: 'held', start: at(monday, '14:00'), end: at(monday, '15:00') }), 'option'],
] as const)('%s: %o is %s', (_, booking, expected) => {
  expect(standpointOf(booking, now)).toBe(expected);
});

test('who is awaited comes first, in the order of time, then who is here, then the past', () => {
  const late = one();
  const next = one({ start: at(monday, '09:30') });
  const here = one({ status: 'checked_in' });
  const gone = one({ start: at(monday, '08:00'), end: at(monday, '09:00') });
  expect(grouped([next, gone, here, late], now)).toEqual({ expected: [late, next], here: [here], past: [gone] });
});

test('people count with their booking, absences and options do not', () => {
  const arrivals = [
    one({ people: 4 }),
    one({ status: 'checked_in', people: 12 }),
    one({ status: 'no_show', people: 5 }),
    one({ status: 'held', people: 40 }),
  ];
  expect(totalsOf(arrivals, now)).toEqual({ bookings: 2, people: 16, here: 12, awaited: 4 });
});

const lengths = { stepMinutes: 30, minMinutes: 30, maxMinutes: 240, gapMinutes: 0 };
const span = (from: string, to: string) => ({ start: at(monday, from), end: at(monday, to) });

test('whoever comes in during a step is given the step under way', () => {
  const room = { open: [span('08:00', '12:00')], full: [span('10:00', '11:00')] };
  expect(stretchesOf(room, at(monday, '09:05'), lengths)).toEqual([span('09:00', '10:00'), span('11:00', '12:00')]);
});

test('the gap after a booking is kept free before the next one', () => {
  const room = { open: [span('08:00', '12:00')], full: [span('10:00', '11:00')] };
  const gap = { ...lengths, gapMinutes: 15 };
  expect(stretchesOf(room, at(monday, '08:00'), gap)).toEqual([span('08:00', '09:30'), span('11:00', '12:00')]);
});

test('nothing is offered after closing, nor where the shortest booking does not fit', () => {
  const room = { open: [span('08:00', '12:00')], full: [] };
  expect(stretchesOf(room, at(monday, '12:00'), lengths)).toEqual([]);
  expect(stretchesOf(room, at(monday, '11:00'), { ...lengths, minMinutes: 120 })).toEqual([]);
});

test('the ends offered are usual lengths that the rules allow', () => {
  const ends = endsOf(span('08:00', '12:00'), lengths).map(
    (end) => (end.getTime() - at(monday, '08:00').getTime()) / 60_000,
  );
  expect(ends).toEqual([60, 120, 180, 240]);
  expect(endsOf(span('08:00', '08:30'), lengths)).toEqual([at(monday, '08:30')]);
});
