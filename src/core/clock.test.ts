import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayOf, instantAt, instantOf, timeOf, wallOf, weekdayOf, wholeDay } from './clock.ts';

const zones = ['Europe/Paris', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];

describe('the wall clock of a zone', () => {
  test('is what Intl says, at any instant, in any zone', () => {
    const formats = new Map(
      zones.map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat('sv-SE', {
          timeZone,
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
          hour: '2-digit',
          minute: '2-digit',
        }),
      ]),
    );
    const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (at, zone) => {
        expect(wallOf(at, zone)).toBe(formats.get(zone)!.format(at).replace(' ', 'T'));
      }),
    );
  });

  test('follows the change of hour to the minute', () => {
    expect(timeOf(new Date('2026-10-25T00:59:59Z'), 'Europe/Paris')).toBe('02:59');
    expect(timeOf(new Date('2026-10-25T01:00:00Z'), 'Europe/Paris')).toBe('02:00');
    expect(timeOf(new Date('2027-03-28T00:59:59Z'), 'Europe/Paris')).toBe('01:59');
    expect(timeOf(new Date('2027-03-28T01:00:00Z'), 'Europe/Paris')).toBe('03:00');
  });

  test('bears the first and the last years', () => {
    expect(dayOf(new Date('0001-06-01T12:00:00Z'), 'Europe/Paris')).toBe('0001-06-01');
    expect(dayOf(new Date('9999-06-01T12:00:00Z'), 'Europe/Paris')).toBe('9999-06-01');
  });
});

test('days are counted through months, years and leap days', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  expect([weekdayOf('2026-11-22'), weekdayOf('2026-11-23')]).toEqual([7, 1]);
});

test('a time shown twice is the first, one never shown is the one after', () => {
  expect(instantOf('2026-10-25', '02:30', 'Europe/Paris')).toEqual(new Date('2026-10-25T00:30:00Z'));
  expect(instantOf('2027-03-28', '02:30', 'Europe/Paris')).toEqual(new Date('2027-03-28T01:30:00Z'));
  expect(instantAt('2026-11-23', 1500, 'Europe/Paris')).toEqual(new Date('2026-11-24T00:00:00Z'));
});

test('an instant found before is a new Date each time: nobody changes what another holds', () => {
  const first = wholeDay('2026-11-23', 'Europe/Paris').start;
  first.setTime(0);
  expect(wholeDay('2026-11-23', 'Europe/Paris').start).toEqual(new Date('2026-11-22T23:00:00Z'));
});
