import { describe, expect, test } from 'vitest';
import { apart, type HoursLine, hoursOn, lengthsFor, mapFrame, stateOf } from './places.rules.ts';

const line = (over: Partial<HoursLine>): HoursLine => ({
  weekday: null,
  day: null,
  opens: null,
  closes: null,
  reason: null,
  validFrom: null,
  validTo: null,
  ...over,
});

const question = (lines: HoursLine[]) => ({
  lines,
  timeZone: 'Europe/Paris',
  closedOnHolidays: true,
  holidays: () => ['2026-12-25'],
});

const weekdays = [1, 2, 3, 4, 5].map((weekday) => line({ weekday, opens: 540, closes: 1080 }));

describe('the hours of a site', () => {
  test('follow the week, and nothing on a day it does not name', () => {
    expect(hoursOn(question(weekdays), '2026-11-23').spans).toEqual([
      { start: new Date('2026-11-23T09:00:00+01:00'), end: new Date('2026-11-23T18:00:00+01:00') },
    ]);
    expect(hoursOn(question(weekdays), '2026-11-22').spans).toEqual([]);
  });

  test('stop on a public holiday, unless an exception says otherwise', () => {
    expect(hoursOn(question(weekdays), '2026-12-25')).toMatchObject({ spans: [], holiday: true });
    const open = line({ day: '2026-12-25', opens: 600, closes: 720, reason: { fr: 'Marché' } });
    expect(hoursOn(question([...weekdays, open]), '2026-12-25').spans).toHaveLength(1);
  });

  test('give way to an exception that closes the day', () => {
    const closed = line({ day: '2026-11-24', reason: { fr: 'Travaux' } });
    expect(hoursOn(question([...weekdays, closed]), '2026-11-24')).toMatchObject({
      spans: [],
      exception: { fr: 'Travaux' },
    });
  });

  test('change with the season', () => {
    const winter = line({ weekday: 6, opens: 600, closes: 720, validFrom: '2026-11-01', validTo: '2026-12-31' });
    expect(hoursOn(question([winter]), '2026-11-28').spans).toHaveLength(1);
    expect(hoursOn(question([winter]), '2027-01-02').spans).toHaveLength(0);
  });

  test.each([
    ['2026-11-23T12:00:00+01:00', { open: true, until: new Date('2026-11-23T18:00:00+01:00') }],
    ['2026-11-23T18:00:00+01:00', { open: false, start: new Date('2026-11-24T09:00:00+01:00') }],
    ['2026-11-28T12:00:00+01:00', { open: false, start: new Date('2026-11-30T09:00:00+01:00') }],
    ['2026-12-24T19:00:00+01:00', { open: false, start: new Date('2026-12-28T09:00:00+01:00') }],
  ])('tell what a passer-by meets at %s', (instant, expected) => {
    const state = stateOf(question(weekdays), new Date(instant));
    expect(state.open ? { open: true, until: state.until } : { open: false, start: state.next?.start }).toEqual(
      expected,
    );
  });

  test('past midnight still belong to the evening before', () => {
    const late = line({ weekday: 6, opens: 1200, closes: 1560 });
    expect(stateOf(question([late]), new Date('2026-11-29T01:00:00+01:00'))).toEqual({
      open: true,
      until: new Date('2026-11-29T02:00:00+01:00'),
    });
  });
});

describe('the lengths offered', () => {
  test.each([
    [{}, 30, 30, 480],
    [{ minMinutes: 60, maxMinutes: 120 }, 30, 60, 120],
    [{ minMinutes: 45 }, 45, 90, 360],
    [{ minMinutes: 20, maxMinutes: 25 }, 5, 20, 20],
  ])('keep to the rules %o and the step %i', (rules, step, first, last) => {
    const lengths = lengthsFor(rules, step);
    expect([lengths[0], lengths.at(-1)]).toEqual([first, last]);
  });
});

test('starts shown at a glance do not overlap', () => {
  const at = (time: string) => new Date(`2026-11-23T${time}:00Z`);
  expect(apart([at('08:00'), at('08:30'), at('09:00'), at('11:00')], 60)).toEqual([
    at('08:00'),
    at('09:00'),
    at('11:00'),
  ]);
});

test('a map keeps every place inside its frame, north above south', () => {
  const points = [
    { lat: 50.9, lon: 2.0 },
    { lat: 50.6, lon: 2.5 },
  ];
  const frame = mapFrame(points, 640, 56);
  const [north, south] = points.map(frame.place);
  expect(north!.y).toBeLessThan(south!.y);
  for (const { x, y } of [north!, south!]) {
    expect(x).toBeGreaterThanOrEqual(56);
    expect(x).toBeLessThanOrEqual(584);
    expect(y).toBeGreaterThanOrEqual(56);
    expect(y).toBeLessThanOrEqual(frame.height - 56);
  }
});
