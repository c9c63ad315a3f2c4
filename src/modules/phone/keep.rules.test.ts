import { describe, expect, it } from 'vitest';
import { isStillKept, keepingFrom, nextBatch, staticNeeds } from './keep.rules.ts';

const hour = 3_600_000;

describe('what a phone keeps', () => {
  const keeping = keepingFrom(0, 10 * 3600);
  it.each([
    ['during the day', 5 * hour, 0, true],
    ['when the day is over and all is sent', 11 * hour, 0, false],
    ['when the day is over and something waits', 11 * hour, 2, true],
    ['two days later, whatever waits', 48 * hour, 2, false],
  ])('%s', (_, now, waiting, kept) => {
    expect(isStillKept(keeping, waiting, now)).toBe(kept);
  });

  it('is what the page is shown with: style, scripts, fonts', () => {
    const html = '<link href="/static/quai.0123456789.css"><script src="/static/field.ab.js"></script>';
    expect(staticNeeds(html + html)).toEqual(['/static/quai.0123456789.css', '/static/field.ab.js']);
    expect(staticNeeds('@font-face{src:url("/static/fonts/atkinson-400.ff.woff2")}')).toEqual([
      '/static/fonts/atkinson-400.ff.woff2',
    ]);
  });

  it('is sent in its order, few and light at a time, a heavy one alone', () => {
    const notes = (...sizes: number[]) => sizes.map((size, turn) => ({ turn, payload: { body: 'x'.repeat(size) } }));
    const turns = (batch: { turn: number }[]) => batch.map((one) => one.turn);
    expect(turns(nextBatch(notes(1, 1, 1), 2))).toEqual([0, 1]);
    expect(turns(nextBatch(notes(60, 60, 60), 10, 100))).toEqual([0]);
    expect(turns(nextBatch(notes(500, 1), 10, 100))).toEqual([0]);
    expect(nextBatch([])).toEqual([]);
  });
});
