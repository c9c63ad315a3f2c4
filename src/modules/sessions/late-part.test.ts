import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, makePerson, makeSite } from '../../../test/harness/make.ts';
import type { Db } from '../../core/db.ts';
import { cancelSession, insertSessions } from './index.ts';

const app = useHouse();

test('a part added while its event is being cancelled goes with it', async () => {
  const { id: siteId } = await makeSite(app.db);
  const team = app.ctx(actorOf(await makePerson(app.db), ['team'], siteId));
  const event = await makeSession(app.db, { siteId, kind: 'event' });
  let cancelled: Promise<unknown> = Promise.resolve();
  const part = await app.db.transaction().execute(async (db) => {
    const { sessions } = await insertSessions(
      { ...team, db: db as unknown as Db },
      {
        kind: 'workshop',
        title: { fr: 'Table ronde' },
        siteId,
        placeKind: 'site',
        parentId: event.id,
        dates: [{ start: event.start, end: event.end }],
        publish: true,
      },
    );
    cancelled = cancelSession(team, { session: event.id });
    // It waits for the event's lock, and has read which parts there are.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return sessions[0]!.id;
  });
  await cancelled;
  const row = await app.db.selectFrom('session').select('status').where('id', '=', part).executeTakeFirst();
  expect(row?.status).toBe('cancelled');
});
