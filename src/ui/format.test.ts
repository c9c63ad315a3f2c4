import { describe, expect, test } from 'vitest';
import { formatter } from './format.ts';

const fr = formatter('fr', 'Europe/Paris');
const nl = formatter('nl', 'Europe/Brussels');
const en = formatter('en', 'Europe/Paris');
const at = (text: string): Date => new Date(text);
/** Non-breaking spaces made visible. */
const seen = (text: string): string => text.replace(/[\u00a0\u202f]/g, '_').replaceAll('\u2060', '');

describe('Times are written as each language writes them', () => {
  test.each([
    ['2026-11-23T09:00+01:00', '9_h', '9_uur', '9:00'],
    ['2026-11-23T09:30+01:00', '9_h_30', '9.30_uur', '9:30'],
    ['2026-11-23T00:05+01:00', '0_h_05', '0.05_uur', '0:05'],
    ['2026-11-23T18:45+01:00', '18_h_45', '18.45_uur', '18:45'],
  ])('%s', (instant, inFrench, inDutch, inEnglish) => {
    expect(seen(fr.time(at(instant)))).toBe(inFrench);
    expect(seen(nl.time(at(instant)))).toBe(inDutch);
    expect(en.time(at(instant))).toBe(inEnglish);
  });

  test('a board and an input read the clock with two figures', () => {
    expect(fr.clock(at('2026-11-23T08:05Z'))).toBe('09:05');
    expect(fr.isoDay(at('2026-11-22T23:30Z'))).toBe('2026-11-23');
  });
});

describe('Ranges', () => {
  test('never part after their dash', () => {
    expect(fr.range(at('2026-11-23T09:00+01:00'), at('2026-11-23T11:00+01:00'))).toContain('–\u2060\u00a0');
  });

  const range = (from: string, to: string, format = fr): string => seen(format.range(at(from), at(to)));

  test('within a day say the hours only', () => {
    expect(range('2026-11-23T09:00+01:00', '2026-11-23T11:30+01:00')).toBe('9_h_–_11_h_30');
    expect(range('2026-11-23T09:30+01:00', '2026-11-23T11:00+01:00', nl)).toBe('9.30_–_11_uur');
    expect(range('2026-11-23T09:30+01:00', '2026-11-23T11:00+01:00', en)).toBe('9:30_–_11:00');
  });
  test('ending at midnight stay in their day', () => {
    expect(range('2026-11-23T22:00+01:00', '2026-11-24T00:00+01:00')).toBe('22_h_–_minuit');
    expect(range('2026-11-23T22:00+01:00', '2026-11-24T00:00+01:00', nl)).toBe('22_uur_–_middernacht');
  });
  test('over two days say both', () => {
    expect(range('2026-11-23T22:00+01:00', '2026-11-24T01:00+01:00')).toBe(
      'lundi 23_novembre à_22_h – mardi 24_novembre à_1_h',
    );
  });
  test('of a whole day run from midnight to midnight', () => {
    expect(range('2026-11-23T00:00+01:00', '2026-11-24T00:00+01:00')).toBe('0_h_–_minuit');
  });
  test('on the day the clocks go forward say how long they really last', () => {
    expect(range('2026-03-29T01:30+01:00', '2026-03-29T03:30+02:00')).toBe('1_h_30_–_3_h_30 (1_h)');
    expect(range('2026-03-29T09:00+02:00', '2026-03-29T11:00+02:00')).toBe('9_h_–_11_h');
  });
  test('on the day the clocks go back tell the hour that comes twice', () => {
    expect(range('2026-10-25T02:30+02:00', '2026-10-25T02:30+01:00')).toBe('2_h_30_–_2_h_30 (1_h)');
    expect(range('2026-10-25T09:00+01:00', '2026-10-25T11:00+01:00')).toBe('9_h_–_11_h');
  });
});

describe('Days', () => {
  test.each([
    ['2026-11-23T12:00Z', 'lundi 23_novembre', 'maandag 23_november', 'Monday 23_November'],
    ['2026-11-01T12:00Z', 'dimanche 1er_novembre', 'zondag 1_november', 'Sunday 1_November'],
    ['2026-03-29T00:30Z', 'dimanche 29_mars', 'zondag 29_maart', 'Sunday 29_March'],
    ['2026-10-25T22:59Z', 'dimanche 25_octobre', 'zondag 25_oktober', 'Sunday 25_October'],
    ['2026-10-25T23:00Z', 'lundi 26_octobre', 'maandag 26_oktober', 'Monday 26_October'],
  ])('%s', (instant, inFrench, inDutch, inEnglish) => {
    expect(seen(fr.day(at(instant)))).toBe(inFrench);
    expect(seen(nl.day(at(instant)))).toBe(inDutch);
    expect(seen(en.day(at(instant)))).toBe(inEnglish);
  });

  test('carry the year where it matters and shrink where room is short', () => {
    expect(seen(fr.dayLong(at('2026-12-01T12:00Z')))).toBe('mardi 1er_décembre 2026');
    expect(seen(fr.dayShort(at('2026-11-23T12:00Z')))).toBe('lun. 23_nov.');
    expect(fr.month(at('2026-11-23T12:00Z'))).toBe('novembre 2026');
    expect(seen(fr.dayTime(at('2026-11-23T08:30Z')))).toBe('lundi 23_novembre à_9_h_30');
  });
  test('near today have a name, across the change of hour too', () => {
    const now = at('2026-10-24T23:30+02:00');
    expect(fr.relativeDay(at('2026-10-24T08:00+02:00'), now)).toBe('aujourd’hui');
    expect(fr.relativeDay(at('2026-10-25T23:30+01:00'), now)).toBe('demain');
    expect(fr.relativeDay(at('2026-10-23T08:00+02:00'), now)).toBe('hier');
    expect(seen(fr.relativeDay(at('2026-10-26T00:10+01:00'), now))).toBe('lundi 26_octobre');
  });
});

describe('Quantities', () => {
  test('durations', () => {
    expect([45, 60, 90, 125].map((minutes) => seen(fr.duration(minutes)))).toEqual([
      '45_min',
      '1_h',
      '1_h_30',
      '2_h_05',
    ]);
    expect([45, 60, 90].map((minutes) => seen(nl.duration(minutes)))).toEqual(['45_min', '1_uur', '1_u_30']);
  });
  test('distances', () => {
    expect([0, 0.81, 2.74, 9.96, 17.8].map((km) => seen(fr.distance(km)))).toEqual([
      'moins de_1_km',
      'moins de_1_km',
      '2,7_km',
      '10_km',
      '18_km',
    ]);
  });
  test('money, in cents', () => {
    expect([1200, 1250, 0].map((cents) => seen(fr.money(cents)))).toEqual(['12_€', '12,50_€', '0_€']);
    expect(seen(nl.money(1250))).toBe('€_12,50');
    expect(en.money(1250)).toBe('€12.50');
  });
  test('numbers', () => {
    expect(seen(fr.number(12345.5))).toBe('12_345,5');
  });
});
