import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMinutes, minute, type Span, wholeDay } from '../../core/clock.ts';
import { fits, placesFor, slotStarts, spread } from './finding.rules.ts';

const day = wholeDay('2026-11-23', 'Europe/Paris');
const at = (minutes: number) => addMinutes(day.start, minutes);
const span = (from: number, to: number): Span => ({ start: at(from), end: at(to) });
const base = { stepMinutes: 30, minutes: 60, gapMinutes: 0, from: day.start, to: day.end, notBefore: day.start };
const starts = (open: Span[], full: Span[], over: Partial<typeof base> = {}) =>
  slotStarts({ ...base, open, full, ...over }).map((start) => (start.getTime() - day.start.getTime()) / minute);

describe('bookable starts', () => {
  test.each([
    ['follow the step from the opening', [span(495, 600)], [], {}, [495, 525]],
    ['count from each opening’s own start', [span(480, 540), span(550, 640)], [], {}, [480, 550, 580]],
    ['go round what is taken', [span(480, 720)], [span(540, 600)], {}, [480, 600, 630, 660]],
    ['leave the gap before the next booking', [span(480, 720)], [span(540, 600)], { gapMinutes: 15 }, [600, 630, 660]],
    ['may end at closing, whatever the gap', [span(480, 540)], [], { gapMinutes: 30 }, [480]],
    ['are not before now', [span(480, 600)], [], { notBefore: at(481) }, [510, 540]],
    ['lie in the window asked', [span(480, 720)], [], { from: at(540), to: at(600) }, [540, 570]],
    [
      'may run past the window',
      [span(480, 720)],
      [],
      { from: at(570), to: at(600), minutes: 120 },
      [570, 600].slice(0, 1),
    ],
    ['are none where nothing is long enough', [span(480, 530)], [], {}, []],
  ] as const)('%s', (_, open, full, over, expected) => {
    expect(starts([...open], [...full], over)).toEqual(expected);
  });

  test('are exactly those that fit, on any day', () => {
    const spans = fc.uniqueArray(fc.integer({ min: 0, max: 288 }), { minLength: 2, maxLength: 8 }).map((edges) => {
      const sorted = edges.sort((a, b) => a - b);
      return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) =>
        span(sorted[2 * i]! * 5, sorted[2 * i + 1]! * 5),
      );
    });
    fc.assert(
      fc.property(
        spans,
        spans,
        fc.constantFrom(15, 30, 60),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 10, 15, 45),
        fc.integer({ min: 0, max: 1440 }),
        (open, full, stepMinutes, length, gapMinutes, now) => {
          const minutes = length * 15;
          const found = starts(open, full, { stepMinutes, minutes, gapMinutes, notBefore: at(now) });
          const expected = open.flatMap((opening) => {
            const first = (opening.start.getTime() - day.start.getTime()) / minute;
            return Array.from({ length: 200 }, (_, i) => first + i * stepMinutes).filter(
              (start) =>
                start >= now &&
                start < 1440 &&
                opening.start <= at(start) &&
                at(start + minutes) <= opening.end &&
                fits({ open, full }, at(start), at(start + minutes), gapMinutes),
            );
          });
          expect(found).toEqual(expected);
        },
      ),
    );
  });
});

test('a few slots are shown that do not overlap', () => {
  const slots = [0, 30, 60, 90, 120].map((start) => span(start, start + 60));
  expect(spread(slots, 6)).toEqual([span(0, 60), span(60, 120), span(120, 180)]);
  expect(spread(slots, 2)).toEqual([span(0, 60), span(60, 120)]);
});

test('people take as many places of a pool as they need', () => {
  expect([placesFor(1, 1), placesFor(3, 1), placesFor(3, 2), placesFor(8, 8)]).toEqual([1, 3, 2, 1]);
});
