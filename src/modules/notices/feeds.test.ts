import { expect, test } from 'vitest';
import { useHouse } from '../../../test/harness/house.ts';

const app = useHouse();

test('the calendar of a bus says the commune of a stop once, though the address has it too', async () => {
  const stop = await app.db
    .selectFrom('stop as t')
    .innerJoin('commune as c', 'c.code', 't.commune_code')
    .select(['t.id', 'c.name'])
    .where('t.starts_at', '>', app.now.at)
    .orderBy('t.starts_at')
    .executeTakeFirstOrThrow();
  const address = `1 place de ${stop.name}`;
  await app.db.updateTable('stop').set({ address }).where('id', '=', stop.id).execute();
  // A long line of a calendar is folded.
  const feed = (await app.visitor().get('/ics/site/bus.ics')).text.replaceAll('\r\n ', '');
  expect(feed).toContain(address);
  expect(feed).not.toContain(`${address}\\, ${stop.name}`);
});
