import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, paris } from '../../../test/harness/make.ts';
import { sittingAt, sittingsOf } from './attendance.rules.ts';

const halves = (start: Date, end: Date) =>
  sittingsOf({ start, end }, paris).map(({ halfDay, minutes }) => [halfDay, minutes]);

describe('what a sheet is signed for', () => {
  const day = '2026-11-24';
  it.each([
    ['an afternoon', '14:00', '16:00', [[`${day} pm`, 120]]],
    ['a morning', '09:00', '12:00', [[`${day} am`, 180]]],
    ['a sitting over noon is signed once, where most of it falls', '12:00', '14:30', [[`${day} pm`, 150]]],
    [
      'a whole day is signed twice',
      '09:00',
      '17:00',
      [
        [`${day} am`, 240],
        [`${day} pm`, 240],
      ],
    ],
  ])('%s', (_, from, until, expected) => {
    expect(halves(at(day, from), at(day, until))).toEqual(expected);
  });

  it('counts the hour that comes twice, and not the one that never was', () => {
    expect(halves(at('2026-10-25', '00:00', '+02:00'), at('2026-10-25', '04:00'))).toEqual([['2026-10-25 am', 300]]);
    expect(halves(at('2027-03-28', '00:00'), at('2027-03-28', '04:00', '+02:00'))).toEqual([['2027-03-28 am', 180]]);
  });

  it('loses no minute, however long it lasts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 1440 }), fc.integer({ min: 1, max: 31 * 1440 }), (from, length) => {
        const start = new Date(at('2026-01-01', '00:00').getTime() + from * 60_000);
        const end = new Date(start.getTime() + length * 60_000);
        const sittings = sittingsOf({ start, end }, paris);
        expect(sittings.reduce((sum, one) => sum + one.minutes, 0)).toBe(length);
        expect(new Set(sittings.map((one) => one.halfDay)).size).toBe(sittings.length);
      }),
    );
  });

  it('a mark without a half-day is about the sitting under way, else the nearest', () => {
    const sittings = sittingsOf({ start: at(day, '09:00'), end: at(day, '17:00') }, paris);
    expect(sittingAt(sittings, at(day, '08:40'))?.halfDay).toBe(`${day} am`);
    expect(sittingAt(sittings, at(day, '13:05'))?.halfDay).toBe(`${day} pm`);
    expect(sittingAt(sittings, at(day, '23:00'))?.halfDay).toBe(`${day} pm`);
  });
});
