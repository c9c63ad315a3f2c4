import { describe, expect, test } from 'vitest';
import { isSiret, openingHours, pivotOf, servicesOf, streetOf, telephoneOf, toCsv } from './mediation.rules.ts';

const week = (weekdays: number[], ...spans: [number, number][]) =>
  weekdays.flatMap((weekday) => spans.map(([opens, closes]) => ({ weekday, opens, closes })));

describe('opening hours, as OpenStreetMap writes them', () => {
  test.each([
    ['never', [], ''],
    ['every day alike', week([1, 2, 3, 4, 5, 6, 7], [480, 1200]), 'Mo-Su 08:00-20:00; PH off'],
    [
      'a week and its Saturday',
      [...week([1, 2, 3, 4, 5], [480, 1200]), ...week([6], [540, 1080])],
      'Mo-Fr 08:00-20:00; Sa 09:00-18:00; PH off',
    ],
    ['twice a day', week([2, 4], [840, 1080], [540, 720]), 'Tu,Th 09:00-12:00,14:00-18:00; PH off'],
    ['past midnight', week([5], [1200, 1560]), 'Fr 20:00-26:00; PH off'],
    ['two days in a row', week([6, 7], [600, 720]), 'Sa,Su 10:00-12:00; PH off'],
  ])('%s', (_, rules, written) => {
    expect(openingHours(rules, true)).toBe(written);
  });

  test('say nothing of public holidays where the place is open on them', () => {
    expect(openingHours(week([1], [480, 1200]), false)).toBe('Mo 08:00-20:00');
  });
});

test.each([
  ['73282932000074', true],
  ['73282932000075', false],
  ['11111111111111', false],
  ['7328293200007', false],
  ['7328293200007x', false],
  // La Poste: the sum of its figures is a multiple of five.
  ['35600000049837', true],
  ['35600000000049', false],
])('%s is a SIRET: %s', (text, is) => {
  expect(isSiret(text)).toBe(is);
});

test.each([
  ['732 829 320 00074', '73282932000074'],
  ['W595012345', 'W595012345'],
  ['0470.123.456', undefined],
  ['', undefined],
  [undefined, undefined],
])('an organisation is known to the State by %s: %s', (given, pivot) => {
  expect(pivotOf(given)).toBe(pivot);
});

test.each([
  ['4 rue de la Halle, 62120 Aire-sur-la-Lys', '4 rue de la Halle', '62120'],
  ['place du 8 Mai 1945, 62500 Saint-Omer', 'place du 8 Mai 1945', '62500'],
  ['Grand-Place', 'Grand-Place', undefined],
])('%s is parted into its street and its postcode', (address, street, postcode) => {
  expect(streetOf(address)).toEqual({ street, postcode });
});

test.each([
  ['03 53 01 00 10', '+33353010010'],
  ['+33 3 53 01 00 10', '+33353010010'],
  ['+32 57 00 00 00', undefined],
  ['0', undefined],
  [null, undefined],
])('the telephone %s is written %s', (given, written) => {
  expect(telephoneOf(given)).toBe(written);
});

test('what one can do there gives the national services, each once', () => {
  expect(servicesOf(['print_3d', 'cut_laser', 'meet'])).toEqual(['Loisirs et créations numériques']);
  expect(servicesOf(['meet', 'event'])).toEqual([]);
});

test('a value with a comma, a quote or a new line stays one value', () => {
  const csv = toCsv([{ id: '1', nom: 'a, "b"\nc' }]);
  expect(csv.split('\r\n')).toHaveLength(3);
  expect(csv).toContain('1,,"a, ""b""\nc",');
});
