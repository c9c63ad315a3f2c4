import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMinutes, instantOf, minute, type Span, wholeDay } from '../../core/clock.ts';
import {
  type Commitment,
  divide,
  fitsIn,
  type Presence,
  type PresentAt,
  presentAt,
  type SiteOfPresence,
  startsIn,
} from './presence.rules.ts';
import { merge, minutesIn } from './spans.rules.ts';
import { type Place, travelMinutes } from './travel.rules.ts';

const paris = 'Europe/Paris';
const at = (day: string, time: string) => instantOf(day, time, paris);
const site = (id: string, over: Partial<SiteOfPresence> = {}): SiteOfPresence => ({
  id,
  mobile: false,
  timeZone: paris,
  lat: 50.75,
  lon: 2.25,
  closedOnHolidays: false,
  holidays: [],
  exceptions: [],
  stops: [],
  ...over,
});
const weekly = (siteId: string, weekday: number, opens: number, closes: number): Presence => ({
  id: `${siteId} ${weekday} ${opens}`,
  siteId,
  weekday,
  day: null,
  opens,
  closes,
  validFrom: null,
  validTo: null,
});
const lumbres: Place = { siteId: 'lumbres', stopId: null, lat: 50.705, lon: 2.12 };
const aire: Place = { siteId: 'aire', stopId: null, lat: 50.638, lon: 2.396 };

describe('the road', () => {
  test('takes no time within a place, nor to where there is no place', () => {
    expect(travelMinutes(lumbres, { ...lumbres })).toBe(0);
    expect(travelMinutes(lumbres, null)).toBe(0);
    // Two stops of the bus on the same square.
    expect(travelMinutes({ ...aire, stopId: 'a' }, { ...aire, stopId: 'b' })).toBe(0);
  });

  test('is 1.3 times the crow’s, at 50 km/h, ten minutes more, rounded up to five', () => {
    // 20.8 km: 27 km of road, 33 minutes, and ten to settle.
    expect(travelMinutes(lumbres, aire)).toBe(45);
    expect(travelMinutes(aire, lumbres)).toBe(45);
    expect(travelMinutes({ ...lumbres, lat: null }, aire)).toBe(30);
  });
});

describe('presence', () => {
  const window = (day: string): Span => wholeDay(day, paris);
  const hoursOf = (spans: readonly Span[]) => spans.map(({ start, end }) => [start.toISOString(), end.toISOString()]);

  test('keeps its hour on the wall on both days the clocks change', () => {
    // Sunday is 7; the hour from 2 to 3 comes twice in October, and not at all in March.
    const sites = new Map([['a', site('a')]]);
    const one = presentAt([weekly('a', 7, 60, 600)], sites, window('2026-10-25'));
    expect(hoursOf(one)).toEqual([['2026-10-24T23:00:00.000Z', '2026-10-25T09:00:00.000Z']]);
    expect(minutesIn(one)).toBe(600);
    const other = presentAt([weekly('a', 7, 60, 600)], sites, window('2027-03-28'));
    expect(minutesIn(other)).toBe(480);
    // A free time of two real hours on that short morning.
    const { free } = divide(other[0]!, [], []);
    expect(startsIn(free, 60, at('2027-03-28', '00:00'))).toHaveLength(8);
  });

  test('is nobody’s on a closed day, and shorter on a day of other hours', () => {
    const closed = site('a', { exceptions: [{ day: '2026-11-24', opens: null, closes: null }] });
    expect(presentAt([weekly('a', 2, 540, 720)], new Map([['a', closed]]), window('2026-11-24'))).toEqual([]);
    const short = site('a', { exceptions: [{ day: '2026-11-24', opens: 600, closes: 660 }] });
    expect(minutesIn(presentAt([weekly('a', 2, 540, 720)], new Map([['a', short]]), window('2026-11-24')))).toBe(60);
    const holiday = site('a', { closedOnHolidays: true, holidays: ['2026-11-24'] });
    expect(presentAt([weekly('a', 2, 540, 720)], new Map([['a', holiday]]), window('2026-11-24'))).toEqual([]);
  });

  test('aboard the bus counts only while the bus stands somewhere', () => {
    const stop = { id: 's', lat: 50.6, lon: 2.1, start: at('2026-11-24', '10:00'), end: at('2026-11-24', '16:00') };
    const sites = new Map([['bus', site('bus', { mobile: true, stops: [stop] })]]);
    const found = presentAt([weekly('bus', 2, 540, 720)], sites, window('2026-11-24'));
    expect(found).toEqual([
      {
        start: stop.start,
        end: at('2026-11-24', '12:00'),
        place: { siteId: 'bus', stopId: 's', lat: 50.6, lon: 2.1 },
      },
    ]);
    expect(presentAt([weekly('bus', 3, 540, 720)], sites, window('2026-11-25'))).toEqual([]);
  });

  test('holds only while it is valid', () => {
    const one = { ...weekly('a', 2, 540, 720), validFrom: '2026-12-01', validTo: '2026-12-31' };
    const sites = new Map([['a', site('a')]]);
    expect(presentAt([one], sites, window('2026-11-24'))).toEqual([]);
    expect(presentAt([one], sites, window('2026-12-01'))).toHaveLength(1);
  });
});

const places: readonly (Place | null)[] = [
  lumbres,
  aire,
  { siteId: 'bus', stopId: 'renty', lat: 50.58, lon: 2.07 },
  { siteId: 'bus', stopId: 'arques', lat: 50.735, lon: 2.31 },
  null,
];
const start = at('2026-11-24', '00:00').getTime();
const span = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 60 })).map(([from, lasts]) => ({
  start: new Date(start + from * 5 * minute),
  end: new Date(start + (from + lasts) * 5 * minute),
}));
const long = span.map((one) => ({ start: one.start, end: addMinutes(one.end, 120) }));
const somewhere = fc.integer({ min: 0, max: places.length - 1 }).map((index) => places[index]!);

describe('any day', () => {
  test('is made of free, taken, road and absence, none of which meets another', () => {
    fc.assert(
      fc.property(
        span,
        fc.constantFrom(...places.filter((place) => place !== null)),
        fc.array(fc.tuple(span, somewhere), { maxLength: 8 }),
        fc.array(span, { maxLength: 4 }),
        (whole, place, others, absences) => {
          const commitments = others.map(([one, where]) => ({ ...one, place: where }));
          const { free, taken, travel, absent } = divide({ ...whole, place }, commitments, absences);
          const all = [...free, ...taken, ...travel, ...absent];
          expect(minutesIn(all)).toBe(minutesIn([whole]));
          expect(merge(all)).toEqual([whole]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('leaves between two commitments the time of the road, whatever is taken, moved and given back', () => {
    const gesture = fc.record({
      kind: fc.constantFrom('take', 'take', 'take', 'move', 'cancel'),
      which: fc.nat(),
      present: fc.nat(),
      at: fc.integer({ min: 0, max: 59 }),
      minutes: fc.constantFrom(15, 30, 45),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(long, fc.constantFrom(...places.filter((place) => place !== null))), {
          minLength: 2,
          maxLength: 5,
        }),
        fc.array(gesture, { maxLength: 30 }),
        (wholes, gestures) => {
          const presences: PresentAt[] = wholes.map(([whole, place]) => ({ ...whole, place }));
          let held: Commitment[] = [];
          const put = (rest: Commitment[], { present, at: from, minutes }: (typeof gestures)[number]) => {
            const here = presences[present % presences.length]!;
            const begins = new Date(here.start.getTime() + from * 5 * minute);
            const wanted = { start: begins, end: addMinutes(begins, minutes) };
            if (fitsIn(divide(here, rest, []).free, wanted)) held = [...rest, { ...wanted, place: here.place }];
          };
          for (const one of gestures) {
            const rest = held.filter((_, index) => index !== one.which % Math.max(1, held.length));
            if (one.kind === 'take') put(held, one);
            else if (one.kind === 'move') put(rest, one);
            else held = rest;
            const sorted = [...held].sort((a, b) => a.start.getTime() - b.start.getTime());
            for (const [index, next] of sorted.entries()) {
              for (const former of sorted.slice(0, index)) {
                const apart = (next.start.getTime() - former.end.getTime()) / minute;
                expect(apart).toBeGreaterThanOrEqual(travelMinutes(former.place, next.place));
              }
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('appointments follow one another, on round minutes, none before it may be taken', () => {
  const free = [{ start: at('2026-11-24', '09:02'), end: at('2026-11-24', '10:40') }];
  const times = (notBefore: string) =>
    startsIn(free, 45, at('2026-11-24', notBefore)).map((one) => one.toISOString().slice(11, 16));
  expect(times('08:00')).toEqual(['08:05', '08:50']);
  expect(times('09:30')).toEqual(['08:50']);
});
