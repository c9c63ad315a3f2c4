import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { makeHelper, makePresence, makeReason } from '../../../test/harness/help.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { at, makeCtx, makeSite } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import { sessionsByIds } from '../timetable/index.ts';
import { timesFor } from './cancel.ts';

const base = useDatabase({ max: 2 });

test('whoever loses an appointment is offered sooner help nearby, not only later days of the same village', () =>
  rolledBack(base.db, async (db) => {
    const village = await makeSite(db, { name: 'Le village', lat: 50.705, lon: 2.12 });
    const other = await makeSite(db, { name: 'L’autre', lat: 50.705, lon: 2.232 });
    const reason = await makeReason(db);
    const helper = await makeHelper(db, village.id, [reason.id]);
    await makePresence(db, helper.id, village.id, 5);
    await makePresence(db, helper.id, other.id, 3);
    const lost = await makeSession(db, { siteId: village.id, kind: 'appointment', start: at('2026-11-24', '10:00') });
    await db.updateTable('session').set({ reason_id: reason.id }).where('id', '=', lost.id).execute();
    const ctx = makeCtx(db);
    const [session] = await sessionsByIds(ctx, [lost.id]);
    const times = await timesFor(ctx, session!);
    expect(times.map((one) => [one.site.slug, one.starts[0]!.toISOString().slice(0, 10)])).toEqual([
      [other.slug, '2026-11-25'],
      [village.slug, '2026-11-27'],
      [village.slug, '2026-12-04'],
    ]);
  }));
