import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wholeDay } from '../../core/clock.ts';
import { cellsOf, columnsOf, fullSpans, type Laid, lanesOf, makeAxis, usefulSpan } from './planning.rules.ts';

const paris = 'Europe/Paris';
const monday = wholeDay('2026-11-23', paris);
const at = (time: string) => new Date(`2026-11-23T${time}:00+01:00`);
const laid = (id: string, from: string, to: string): Laid => ({ id, start: at(from), end: at(to) });
const axis = makeAxis({ start: at('08:00'), end: at('20:00') }, 30);

describe('the axis of a planning', () => {
  test('a day has as many half-hours as its clock really shows', () => {
    expect(makeAxis(monday, 30).count).toBe(48);
    expect(makeAxis(wholeDay('2026-10-25', paris), 30).count).toBe(50);
    expect(makeAxis(wholeDay('2027-03-28', paris), 30).count).toBe(46);
  });

  test('shows from the first opening to the last closing, on whole hours', () => {
    const span = usefulSpan(monday, [
      { start: at('08:30'), end: at('12:00') },
      { start: at('14:00'), end: at('18:15') },
    ]);
    expect(span).toEqual({ start: at('08:00'), end: at('19:00') });
  });
});

describe('the cells of a planning', () => {
  test('a free morning, a booking, a free afternoon, a closed evening', () => {
    const day = [{ start: at('08:00'), end: at('18:00') }];
    const cells = cellsOf(axis, [laid('a', '10:00', '12:00')], { open: day, full: [] });
    expect(cells.map((cell) => [cell.kind, cell.from, cell.span])).toEqual([
      ['free', 0, 4],
      ['taken', 4, 4],
      ['free', 8, 12],
      ['closed', 20, 4],
    ]);
  });

  test('a half of the hall is away while the whole hall is taken', () => {
    const open = [{ start: at('08:00'), end: at('20:00') }];
    const full = [{ start: at('14:00'), end: at('18:00') }];
    expect(cellsOf(axis, [], { open, full }).map((cell) => [cell.kind, cell.span])).toEqual([
      ['free', 12],
      ['away', 8],
      ['free', 4],
    ]);
  });

  test('a pool is full only while all its places are held at once, or while something inside it is', () => {
    const claim = (from: string, to: string, own = true) => ({ start: at(from), end: at(to), own });
    const claims = [claim('09:00', '11:00'), claim('10:00', '12:00'), claim('12:00', '13:00')];
    const full = { start: at('10:00'), end: at('11:00') };
    expect(fullSpans(claims, 2)).toEqual([full]);
    expect(fullSpans(claims, 3)).toEqual([]);
    const inside = claim('15:00', '16:00', false);
    expect(fullSpans([...claims, inside], 2)).toEqual([inside, full]);
    expect(fullSpans(claims, 1)).toEqual(claims);
    expect(fullSpans([], 0)).toHaveLength(1);
  });

  test('a booking that begins within a step covers that step whole', () => {
    expect(columnsOf(axis, laid('a', '09:10', '09:40'))).toEqual([2, 4]);
  });

  test('two bookings that touch one step lie on two lanes', () => {
    expect(lanesOf(axis, [laid('a', '09:00', '09:40'), laid('b', '09:40', '11:00')])).toHaveLength(2);
    expect(lanesOf(axis, [laid('a', '09:00', '10:00'), laid('b', '10:00', '11:00')])).toHaveLength(1);
  });

  test('on any day, the cells of every lane cover the axis exactly, and nothing laid is lost', () => {
    const item = fc.record({
      id: fc.uuid(),
      from: fc.integer({ min: -60, max: 800 }),
      minutes: fc.integer({ min: 5, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), fc.array(item, { maxLength: 4 }), (items, openings) => {
        const spans = (list: typeof items) =>
          list.map(({ id, from, minutes }) => {
            const start = axis.start.getTime() + from * 60_000;
            return { id, start: new Date(start), end: new Date(start + minutes * 60_000) };
          });
        const all = spans(items);
        const lanes = lanesOf(axis, all);
        const shown = lanes.flat().map((one) => one.id);
        const inside = all.filter((one) => columnsOf(axis, one)[1] > columnsOf(axis, one)[0]).map((one) => one.id);
        expect(shown.sort()).toEqual(inside.sort());
        for (const lane of lanes) {
          const cells = cellsOf(axis, lane, { open: spans(openings), full: spans(openings.slice(1)) });
          let column = 0;
          for (const cell of cells) {
            expect(cell.from).toBe(column);
            expect(cell.span).toBeGreaterThan(0);
            column += cell.span;
          }
          expect(column).toBe(axis.count);
        }
      }),
    );
  });
});
