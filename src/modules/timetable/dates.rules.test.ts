import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { instantOf, timeOf, wallOf } from '../../core/clock.ts';
import { holidaysOf } from '../finding/index.ts';
import { expandDates, mostDates, type Pattern, shiftBetween, shiftWall } from './dates.rules.ts';

const paris = 'Europe/Paris';
const tuesdays: Pattern = {
  repeat: 'weekly',
  every: 1,
  first: '2026-10-13',
  from: '18:00',
  until: '20:00',
  skipHolidays: false,
  stop: { count: 4 },
};
const none = () => false;
const inFrance = (day: string) => holidaysOf('FR', Number(day.slice(0, 4))).includes(day);
const walls = (pattern: Pattern, holidays = none) =>
  expandDates(pattern, paris, holidays).dates.map((date) => wallOf(date.start, paris));

describe('a series', () => {
  test.each([
    ['2026-10-13', ['2026-10-13', '2026-10-20', '2026-10-27', '2026-11-03'], [16, 16, 17, 17]],
    ['2027-03-16', ['2027-03-16', '2027-03-23', '2027-03-30', '2027-04-06'], [17, 17, 16, 16]],
    ['2027-10-19', ['2027-10-19', '2027-10-26', '2027-11-02', '2027-11-09'], [16, 16, 17, 17]],
  ])('keeps a Tuesday 18:00 at 18:00 when the clocks change (from %s)', (first, days, utc) => {
    const { dates } = expandDates({ ...tuesdays, first }, paris, none);
    expect(dates.map((date) => wallOf(date.start, paris))).toEqual(days.map((day) => `${day}T18:00`));
    expect(dates.map((date) => date.start.getUTCHours())).toEqual(utc);
    expect(dates.map((date) => timeOf(date.end, paris))).toEqual(['20:00', '20:00', '20:00', '20:00']);
  });

  it('falls on the days of a change themselves, the hour that does not exist being the one after', () => {
    const sundays: Pattern = { ...tuesdays, first: '2027-03-21', from: '02:30', until: '04:00', stop: { count: 2 } };
    expect(walls(sundays)).toEqual(['2027-03-21T02:30', '2027-03-28T03:30']);
    expect(walls({ ...sundays, first: '2026-10-18', from: '14:00', until: '15:00' })).toEqual([
      '2026-10-18T14:00',
      '2026-10-25T14:00',
    ]);
  });

  it('comes every other week on several days, from the first on', () => {
    const pattern: Pattern = {
      ...tuesdays,
      first: '2026-11-26',
      every: 2,
      weekdays: [1, 4],
      stop: { day: '2026-12-24' },
    };
    expect(walls(pattern).map((wall) => wall.slice(0, 10))).toEqual([
      '2026-11-26',
      '2026-12-07',
      '2026-12-10',
      '2026-12-21',
      '2026-12-24',
    ]);
  });

  it('comes on the nth weekday of the month; a month without a fifth one has none', () => {
    const monthly: Pattern = { ...tuesdays, repeat: 'monthly', last: false, stop: { count: 3 } } as Pattern;
    const days = (pattern: Pattern) => walls(pattern).map((wall) => wall.slice(0, 10));
    expect(days({ ...monthly, first: '2026-11-11' })).toEqual(['2026-11-11', '2026-12-09', '2027-01-13']);
    expect(days({ ...monthly, first: '2026-12-31' })).toEqual(['2026-12-31', '2027-04-29', '2027-07-29']);
    expect(days({ ...monthly, first: '2026-11-30', last: true } as Pattern)).toEqual([
      '2026-11-30',
      '2026-12-28',
      '2027-01-25',
    ]);
  });

  it('skips public holidays where asked, and still has as many dates', () => {
    const fridays: Pattern = { ...tuesdays, first: '2026-12-18', skipHolidays: true, stop: { count: 3 } };
    const { dates, skipped } = expandDates(fridays, paris, inFrance);
    expect(dates.map((date) => wallOf(date.start, paris).slice(0, 10))).toEqual([
      '2026-12-18',
      '2027-01-08',
      '2027-01-15',
    ]);
    expect(skipped).toEqual(['2026-12-25', '2027-01-01']);
  });

  it('takes the days chosen, each once and in order; a night ends the next day', () => {
    const chosen: Pattern = {
      repeat: 'dates',
      days: ['2026-12-10', '2026-12-03', '2026-12-10'],
      first: '2026-12-03',
      from: '20:00',
      until: '01:00',
      skipHolidays: false,
    };
    const { dates } = expandDates(chosen, paris, none);
    expect(dates.map((date) => [wallOf(date.start, paris), wallOf(date.end, paris)])).toEqual([
      ['2026-12-03T20:00', '2026-12-04T01:00'],
      ['2026-12-10T20:00', '2026-12-11T01:00'],
    ]);
  });

  it('is never without an end', () => {
    expect(walls({ ...tuesdays, stop: { day: '2099-01-01' } }).length).toBeLessThanOrEqual(mostDates);
    expect(walls({ ...tuesdays, stop: { count: 5000 } }).length).toBeLessThanOrEqual(mostDates);
  });

  it('has the same hour everywhere, whatever the day, the hour and the rhythm', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 4, max: 23 }),
        fc.integer({ min: 1, max: 6 }),
        (offset, hours, every) => {
          const first = new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
          const from = `${String(hours).padStart(2, '0')}:00`;
          const found = walls({ ...tuesdays, first, from, until: '23:30', every, stop: { count: 20 } });
          expect(found[0]).toBe(`${first}T${from}`);
          expect(new Set(found.map((wall) => wall.slice(11)))).toEqual(new Set([from]));
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('moves as far on the wall clock, not in hours gone by', () => {
  const start = instantOf('2027-03-23', '18:00', paris);
  const end = instantOf('2027-03-23', '20:00', paris);
  const later = { start: instantOf('2027-03-30', '17:30', paris), end: instantOf('2027-03-30', '20:00', paris) };
  const shift = shiftBetween({ start, end }, later, paris);
  expect(wallOf(shiftWall(start, shift.start, paris), paris)).toBe('2027-03-30T17:30');
  expect(wallOf(shiftWall(instantOf('2026-10-20', '18:00', paris), shift.start, paris), paris)).toBe(
    '2026-10-27T17:30',
  );
  expect(wallOf(shiftWall(end, shift.end, paris), paris)).toBe('2027-03-30T20:00');
});
