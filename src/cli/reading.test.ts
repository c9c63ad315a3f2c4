import { expect, test } from 'vitest';
import { readDay, readInstant, readTime } from './local-time.ts';
import { readOpening } from './opening.ts';
import { readKind, readPrice } from './space-words.ts';

const day = (opens: number, closes: number) => [{ opens, closes }];

test.each([
  ['Mo-We 09:00-18:00', [1, 2, 3].map((weekday) => ({ weekday, ranges: day(540, 1080) }))],
  ['Lu-Di 8h-20h', [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ranges: day(480, 1200) }))],
  ['Ma-Wo 9u-17u30', [1, 2, 3].map((weekday) => ({ weekday, ranges: day(540, 1050) }))],
  ['lundi, mer. : 9 h 30 - 12 h', [1, 3].map((weekday) => ({ weekday, ranges: day(570, 720) }))],
  ['di, do 9:00-12:00', [2, 4].map((weekday) => ({ weekday, ranges: day(540, 720) }))],
  [
    'Sa 18:00-02:00 | Su 00:00-24:00',
    [
      { weekday: 6, ranges: day(1080, 1560) },
      { weekday: 7, ranges: day(0, 1440) },
    ],
  ],
  ['Fr 09:00-12:00,14:00-18:00', [{ weekday: 5, ranges: [...day(540, 720), ...day(840, 1080)] }]],
  ['Ma 9h-12h', undefined],
  ['Fr-Mo 9h-12h', undefined],
  ['always', undefined],
  ['Mo 25:00-26:00', undefined],
])('the opening %s is read', (text, week) => {
  expect(readOpening(text)).toEqual(week);
});

test('days and times are read as people write them', () => {
  expect(['9:30', '9h30', '9 h', '09:30:00', '24:00', '9h75', 'noon'].map(readTime)).toEqual([
    '09:30',
    '09:30',
    '09:00',
    '09:30',
    undefined,
    undefined,
    undefined,
  ]);
  expect(['23/11/2026', '3.1.2027', '2026-11-23', '31/02/2026', '11/23/2026'].map(readDay)).toEqual([
    '2026-11-23',
    '2027-01-03',
    '2026-11-23',
    undefined,
    undefined,
  ]);
});

test('a time is on the clock of the place, on the days it changes too', () => {
  const read = (text: string, on?: string) => readInstant(text, 'Europe/Paris', on)?.toISOString();
  expect(read('23/11/2026 14h')).toBe('2026-11-23T13:00:00.000Z');
  expect(read('2026-07-01T14:00')).toBe('2026-07-01T12:00:00.000Z');
  expect(read('2026-07-01T14:00:00+01:00')).toBe('2026-07-01T13:00:00.000Z');
  expect(read('9:00', '2027-03-28')).toBe('2027-03-28T07:00:00.000Z');
  expect(read('9:00')).toBeUndefined();
  expect(read('tomorrow 9h')).toBeUndefined();
});

test('kinds and prices are read in the words of an office', () => {
  expect(
    ['Salle de réunion', 'meeting_room', 'bureaux partagés', 'Bureau', 'Fab Lab', 'machine', 'sauna'].map(readKind),
  ).toEqual(['meeting_room', 'meeting_room', 'coworking_desk', 'office', 'fab_lab', 'machine', undefined]);
  expect(['', 'Gratuit', '5 €/h', '12,50 / demi-journée', '30 par jour', 'cheap'].map(readPrice)).toEqual([
    { price_kind: 'unknown' },
    { price_kind: 'free' },
    { price_kind: 'amount', price: '5', price_per: 'hour' },
    { price_kind: 'amount', price: '12,50', price_per: 'half_day' },
    { price_kind: 'amount', price: '30', price_per: 'day' },
    undefined,
  ]);
});
