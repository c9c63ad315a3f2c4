import { describe, expect, test } from 'vitest';
import { addMinutes } from '../../core/clock.ts';
import { offersIn, type Question, sameQuestion, seenIn, unclaimed } from './waiting.rules.ts';

const nine = new Date('2026-11-24T08:00:00Z');
const slot = (after: number, minutes = 60) => ({
  start: addMinutes(nine, after),
  end: addMinutes(nine, after + minutes),
});
const thing = (id: string, ...starts: number[]) => ({
  id,
  slug: `slug-${id}`,
  stepMinutes: 30,
  slots: starts.map((start) => slot(start)),
});
const told = (offers: ReturnType<typeof offersIn>) =>
  offers.map(({ resourceId, start }) => `${resourceId} ${(start.getTime() - nine.getTime()) / 60_000}`);

describe('What became free', () => {
  test('starts that follow one another are kept as one run', () => {
    const at = nine.getTime() / 60_000;
    expect(seenIn([thing('a', 0, 30, 60, 180)])).toEqual({
      a: [
        [at, at + 60],
        [at + 180, at + 180],
      ],
    });
  });

  test('is told apart from one another, the first of each thing before the second of any', () => {
    expect(told(offersIn([thing('a', 0, 30, 60), thing('b', 30)], {}))).toEqual(['a 0', 'b 30', 'a 60']);
  });

  test('leaves out what was free already, also what was free the time before', () => {
    const before = seenIn([thing('a', 0, 30)], seenIn([thing('a', 180), thing('b', 30)]));
    expect(told(offersIn([thing('a', 0, 30, 60, 180), thing('b', 30), thing('c', 0)], before))).toEqual([
      'a 60',
      'c 0',
    ]);
  });

  test('is told to one person at a time: only what meets no other claim on the same thing', () => {
    const offers = offersIn([thing('a', 0, 60), thing('b', 0)], {});
    expect(told(unclaimed(offers, [{ resourceId: 'a', ...slot(30, 30) }]))).toEqual(['b 0', 'a 60']);
  });

  test('two questions are one when all they ask is the same', () => {
    const question: Question = {
      need: 'meet',
      kind: undefined,
      only: undefined,
      day: '2026-11-24',
      from: '14:00',
      minutes: 60,
      people: 2,
      near: { lat: 50.5, lon: 2.1, label: 'Renty' },
    };
    expect(sameQuestion(question, { ...question, near: { label: 'Renty', lon: 2.1, lat: 50.5 } })).toBe(true);
    for (const other of [{ from: '15:00' }, { near: undefined }, { people: 3 }, { need: undefined }])
      expect(sameQuestion(question, { ...question, ...other })).toBe(false);
  });
});
