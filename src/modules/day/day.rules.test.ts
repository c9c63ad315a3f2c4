import { expect, test } from 'vitest';
import { at } from '../../../test/harness/make.ts';
import { grouped, standpointOf, totalsOf } from './day.rules.ts';

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
