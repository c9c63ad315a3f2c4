import { describe, expect, test } from 'vitest';
import { at, paris } from '../../../test/harness/make.ts';
import { newId } from '../../core/ids.ts';
import { byDay, merged, readAfter, windowOf, writeAfter } from './agenda.rules.ts';
import type { AgendaItem, StopView } from './agenda.types.ts';

const item = (start: Date, hours = 2): AgendaItem => {
  const id = newId();
  const end = new Date(start.getTime() + hours * 3_600_000);
  return { kind: 'stop', id, start, end, stop: { id } as StopView };
};

describe('the time one asks for', () => {
  const wednesday = at('2026-11-25', '15:30');

  test.each([
    [undefined, undefined, wednesday, '2027-11-26'],
    ['aujourdhui', undefined, wednesday, '2026-11-26'],
    ['semaine', undefined, wednesday, '2026-11-30'],
    ['mois', undefined, wednesday, '2026-12-01'],
    ['mois', '2026-12-24', at('2026-12-24', '00:00'), '2027-01-01'],
    ['semaine', '2026-12-06', at('2026-12-06', '00:00'), '2026-12-07'],
    // A day that is past, or today: what is over is not shown again.
    ['aujourdhui', '2026-11-01', wednesday, '2026-11-26'],
    ['aujourdhui', '2026-11-25', wednesday, '2026-11-26'],
  ] as const)('%s from %s', (period, first, start, last) => {
    expect(windowOf(period, first, wednesday, paris)).toEqual({ start, end: at(last, '00:00') });
  });

  test('is right in the weeks the clocks change', () => {
    // 29 March 2026 has 23 hours, 25 October 25: a week ends at the midnight of its own zone.
    const spring = windowOf('semaine', undefined, at('2026-03-28', '12:00'), paris);
    expect(spring.end.toISOString()).toBe('2026-03-29T22:00:00.000Z');
    const autumn = windowOf('aujourdhui', undefined, at('2026-10-25', '00:30', '+02:00'), paris);
    expect(autumn.end.toISOString()).toBe('2026-10-25T23:00:00.000Z');
  });
});

test('a list goes on where it was cut, and an address that was tampered with begins it again', () => {
  const one = { start: at('2026-11-28', '14:00'), id: newId() };
  expect(readAfter(writeAfter(one))).toEqual(one);
  for (const wrong of [
    undefined,
    '',
    'x',
    '2026-11-28_1',
    `${writeAfter(one)}x`,
    `2026-13-45T99:00:00.000Z_${one.id}`,
  ]) {
    expect(readAfter(wrong), wrong).toBeUndefined();
  }
});

test('several lists make one, in the order of time; what began before stands under the first day', () => {
  const [early, noon, late] = [
    item(at('2026-11-22', '22:00'), 30),
    item(at('2026-11-23', '12:00')),
    item(at('2026-11-24', '09:00')),
  ];
  const all = merged([noon, late], [early]);
  expect(all).toEqual([early, noon, late]);
  const days = byDay(all, at('2026-11-23', '09:00'), () => paris);
  expect(days.map(({ day, items }) => [day, items.length])).toEqual([
    ['2026-11-23', 2],
    ['2026-11-24', 1],
  ]);
});
