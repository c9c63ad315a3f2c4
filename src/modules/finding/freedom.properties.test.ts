import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { makeCtx, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { addDays, instantAt, minute, type Span, weekdayOf, wholeDay } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { freedom } from './index.ts';

const base = useDatabase({ max: 1 });

const paris = 'Europe/Paris';
const cell = 15 * minute;

/** The cells of a quarter of an hour that some spans cover, counted from an instant. */
function cells(spans: readonly Span[], from: Date, to: Date): boolean[] {
  const all = Array.from({ length: (to.getTime() - from.getTime()) / cell }, () => false);
  for (const { start, end } of spans)
    for (let i = (start.getTime() - from.getTime()) / cell; i < (end.getTime() - from.getTime()) / cell; i += 1)
      if (i >= 0 && i < all.length) all[i] = true;
  return all;
}

const opening = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }),
  opens: fc.integer({ min: 0, max: 95 }).map((n) => n * 15),
  lasts: fc.integer({ min: 1, max: 96 }).map((n) => n * 15),
});
const booking = fc.record({
  unit: fc.nat(),
  start: fc.integer({ min: -8, max: 104 }),
  lasts: fc.integer({ min: 1, max: 40 }),
});

test('free, taken and closed make up the whole day, on any opening, pool and day', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('2026-10-25', '2027-03-28', '2026-11-23', '2026-10-26'),
      fc.array(opening, { maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(booking, { maxLength: 14 }),
      (day, rules, units, people, bookings) =>
        rolledBack(base.db, async (trx) => {
          const site = await makeSite(trx, { opening: rules.map((r) => [r.weekday, r.opens, r.opens + r.lasts]) });
          const pool = await makeResource(trx, site.id, { units, capacity: 1 });
          const { start: from, end: to } = wholeDay(day, paris);
          const held = new Map<string, Span[]>();
          for (const { unit, start, lasts } of bookings) {
            const id = pool.units[unit % units]!;
            const span = {
              start: new Date(from.getTime() + start * cell),
              end: new Date(from.getTime() + (start + lasts) * cell),
            };
            const others = held.get(id) ?? [];
            if (others.some((other) => other.start < span.end && span.start < other.end)) continue;
            held.set(id, [...others, span]);
          }
          const rows = [...held].flatMap(([unit_id, spans]) =>
            spans.map((span) => ({
              id: newId(),
              unit_id,
              during: `[${span.start.toISOString()},${span.end.toISOString()})`,
              cause_kind: 'booking' as const,
              cause_id: newId(),
              expires_at: null,
            })),
          );
          if (rows.length > 0) await trx.insertInto('allocation').values(rows).execute();

          const query = { resourceIds: [pool.id], from, to, people };
          const found = (await freedom(makeCtx(trx, { now: monday9 }), query)).get(pool.id)!;

          const openCells = cells(
            [-1, 0].flatMap((shift) =>
              rules
                .filter((rule) => rule.weekday === weekdayOf(addDays(day, shift)))
                .map((rule) => ({
                  start: instantAt(addDays(day, shift), rule.opens, paris),
                  end: instantAt(addDays(day, shift), rule.opens + rule.lasts, paris),
                })),
            ),
            from,
            to,
          );
          const perUnit = pool.units.map((unit) => cells(held.get(unit) ?? [], from, to));
          const fullCells = openCells.map((_, i) => units - perUnit.filter((unit) => unit[i]).length < people);
          expect(cells(found.open, from, to)).toEqual(openCells);
          expect(cells(found.full, from, to)).toEqual(fullCells);
          expect(cells(found.free, from, to)).toEqual(openCells.map((open, i) => open && !fullCells[i]));
          for (const spans of [found.open, found.full, found.free])
            for (const [i, span] of spans.entries()) {
              expect(span.start < span.end && span.start >= from && span.end <= to).toBe(true);
              expect(i === 0 || spans[i - 1]!.end < span.start).toBe(true);
            }
        }),
    ),
    { numRuns: 60 },
  ));
