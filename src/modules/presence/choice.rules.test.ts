import { expect, test } from 'vitest';
import { at } from '../../../test/harness/make.ts';
import { mixOf } from './choice.rules.ts';

const now = at('2026-11-26', '09:00');
const time = (day: string, distanceKm: number | null, clock = '10:00') => ({
  starts: [at(day, clock)],
  distanceKm,
});
const days = (times: readonly { starts: Date[]; distanceKm: number | null }[]) =>
  mixOf(times, now, 3).map((one) => [one.starts[0]!.toISOString().slice(0, 10), one.distanceKm]);

test('who loses a time is offered the soonest nearby, then the next at the same place', () => {
  const village = [time('2026-12-10', 0), time('2026-12-24', 0), time('2027-01-07', 0)];
  expect(days([...village, time('2026-11-30', 7.9)])).toEqual([
    ['2026-11-30', 7.9],
    ['2026-12-10', 0],
    ['2026-12-24', 0],
  ]);
});

test('far away is a last resort, and a choice is a choice only where it differs', () => {
  expect(days([time('2026-11-27', 40), time('2026-12-10', 0)])).toEqual([
    ['2026-12-10', 0],
    ['2026-11-27', 40],
  ]);
  expect(days([time('2026-11-30', 7.9), time('2026-11-30', 7.9, '11:00'), time('2026-12-07', 7.9)])).toEqual([
    ['2026-11-30', 7.9],
    ['2026-12-07', 7.9],
  ]);
  expect(days([time('2026-12-07', null), time('2026-11-30', null)])).toEqual([
    ['2026-11-30', null],
    ['2026-12-07', null],
  ]);
  expect(days([])).toEqual([]);
});
