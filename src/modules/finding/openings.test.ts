import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { makeCtx, makeResource, makeSite } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { newId } from '../../core/ids.ts';
import { freedom } from './finding.store.ts';
import { openings } from './openings.ts';

const base = useDatabase({ max: 2 });
const days = ['2026-10-24', '2026-10-25', '2026-10-26', '2026-11-11', '2027-03-27', '2027-03-28', '2027-03-29'];
const hours = fc.tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 48 }));
const weekly = fc.record({
  own: fc.boolean(),
  weekday: fc.integer({ min: 1, max: 7 }),
  hours,
  from: fc.option(fc.constantFrom(...days)),
  to: fc.option(fc.constantFrom(...days)),
});
const exception = fc.record({ own: fc.boolean(), day: fc.constantFrom(...days), hours: fc.option(hours) });
const minutes = ([opens, length]: [number, number]) => ({ opens: opens * 30, closes: (opens + length) * 30 });

it(
  'opens when freedom says so, on any hours, exceptions, holidays and days the clocks change',
  { timeout: 60_000 },
  () =>
    rolledBack(base.db, async (db) => {
      const ctx = makeCtx(db);
      const input = [
        fc.array(weekly, { maxLength: 12 }),
        fc.array(exception, { maxLength: 5 }),
        fc.boolean(),
        fc.constantFrom(...days),
      ] as const;
      await fc.assert(
        fc.asyncProperty(...input, async (rules, exceptions, closedOnHolidays, day) => {
          const site = await makeSite(db, { opening: [], closedOnHolidays });
          const room = await makeResource(db, site.id);
          const owner = (own: boolean) => (own ? { resource_id: room.id } : { site_id: site.id });
          for (const { own, weekday, hours, from, to } of rules) {
            const row = { id: newId(), ...owner(own), weekday, ...minutes(hours), valid_from: from, valid_to: to };
            await db.insertInto('opening_rule').values(row).execute();
          }
          for (const { own, day, hours } of exceptions) {
            const row = { id: newId(), ...owner(own), day, ...(hours ? minutes(hours) : {}), reason: '{}' };
            await db.insertInto('opening_exception').values(row).execute();
          }
          const window = {
            from: new Date(`${day}T01:00:00+01:00`),
            to: new Date(Date.parse(`${day}T01:00:00Z`) + 3 * 86_400_000),
          };
          const query = { resourceIds: [room.id], ...window };
          const [full, light] = [await freedom(ctx, query), await openings(ctx, query)];
          expect(light.get(room.id)).toEqual(full.get(room.id)!.open);
        }),
        { numRuns: 80 },
      );
    }),
);
it('opens a mobile site at its stops', () =>
  rolledBack(base.db, async (db) => {
    const site = await makeSite(db, { kind: 'mobile' });
    const lab = await makeResource(db, site.id, { kind: 'mobile_lab' });
    const { commune_code } = await db
      .selectFrom('site')
      .select('commune_code')
      .where('id', '=', site.id)
      .executeTakeFirstOrThrow();
    const span = { starts_at: new Date('2026-11-24T09:00Z'), ends_at: new Date('2026-11-24T12:00Z') };
    const stop = { site_id: site.id, commune_code: commune_code!, place: '{}', lat: 50, lon: 2, ...span };
    await db
      .insertInto('stop')
      .values({ id: newId(), ...stop })
      .execute();
    await db
      .insertInto('stop')
      .values({
        id: newId(),
        ...stop,
        starts_at: new Date('2026-11-24T11:00Z'),
        ends_at: new Date('2026-11-24T14:00Z'),
        cancelled_at: span.starts_at,
      })
      .execute();
    const query = { resourceIds: [lab.id], from: new Date('2026-11-24T10:00Z'), to: new Date('2026-11-25T10:00Z') };
    const found = await openings(makeCtx(db), query);
    expect(found.get(lab.id)).toEqual([{ start: query.from, end: span.ends_at }]);
    expect(found).toEqual(new Map([...(await freedom(makeCtx(db), query))].map(([id, { open }]) => [id, open])));
  }));
