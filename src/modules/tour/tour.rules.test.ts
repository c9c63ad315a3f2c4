import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kmBetween } from '../presence/index.ts';
import { aboardOf, clashOf, minutesBetween, type Placed } from './tour.rules.ts';

const lumbres = { lat: 50.7049, lon: 2.1197 };
const fauquembergues = { lat: 50.5986, lon: 2.0936 };
const at = (time: string) => new Date(`2026-11-24T${time}:00+01:00`);
const stop = (id: string, from: string, to: string, point = lumbres): Placed => ({
  id,
  start: at(from),
  end: at(to),
  ...point,
});

describe('the road of the bus', () => {
  it('is 1.3 times what the crow flies, at 50 km/h, and a quarter of an hour to set up', () => {
    expect(kmBetween(lumbres, fauquembergues)).toBeCloseTo(11.96, 1);
    expect(minutesBetween(lumbres, fauquembergues)).toBe(19 + 15);
    expect(minutesBetween(lumbres, lumbres)).toBe(0);
  });

  it('is the same there and back, and never shorter than the drive', () => {
    const point = fc.record({
      lat: fc.double({ min: 50, max: 51, noNaN: true }),
      lon: fc.double({ min: 2, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(minutesBetween(a, b)).toBe(minutesBetween(b, a));
        expect(minutesBetween(a, b)).toBeGreaterThanOrEqual(Math.floor(((kmBetween(a, b) * 1.3) / 50) * 60));
      }),
    );
  });
});

describe('two stops of one bus', () => {
  const morning = stop('a', '09:00', '12:00');
  it.each([
    ['in one place, one after the other', stop('b', '12:00', '14:00'), undefined],
    ['at the same time', stop('b', '11:30', '14:00'), 'meets'],
    ['too near in time for the road', stop('b', '12:30', '14:00', fauquembergues), 'road'],
    ['with time to drive', stop('b', '12:34', '14:00', fauquembergues), undefined],
    ['before, too near', stop('b', '07:00', '08:30', fauquembergues), 'road'],
    ['being one and the same', stop('a', '09:00', '12:00'), undefined],
  ])('%s', (_, other, kind) => {
    expect(clashOf(other, [morning])?.kind).toBe(kind);
  });

  it('say which time is missing', () => {
    const late = stop('b', '12:20', '14:00', fauquembergues);
    expect(clashOf(late, [morning])).toMatchObject({ kind: 'road', needed: 34, left: 20, with: { id: 'a' } });
  });
});

it('what is aboard is short lines, each once', () => {
  expect(aboardOf(' Imprimante 3D \n\nAide\nAide\n')).toEqual(['Imprimante 3D', 'Aide']);
  expect(aboardOf(undefined)).toEqual([]);
  expect(aboardOf(Array.from({ length: 40 }, (_, n) => `objet ${n}`).join('\n')).length).toBe(12);
});
