import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { cloneDatabase } from '../../test/harness/cluster.ts';
import { atomically, connect } from './db.ts';

test('a command whose database stopped answering leaves nothing behind for the next on its connection', async () => {
  const clone = await cloneDatabase();
  const holder = connect(clone.url, { max: 1 });
  const db = connect(clone.url, { max: 1, answerWithinMs: 300 });
  try {
    await sql`create table essai (n integer)`.execute(holder);
    await sql`select pg_advisory_lock(7)`.execute(holder);
    const stuck = atomically({ db }, async (inside) => {
      await sql`insert into essai (n) values (1)`.execute(inside.db);
      await sql`select pg_advisory_xact_lock(${7}::bigint)`.execute(inside.db);
    });
    await expect(stuck).rejects.toThrow();
    await sql`select pg_advisory_unlock(7)`.execute(holder);
    await atomically({ db }, (inside) => sql`insert into essai (n) values (2)`.execute(inside.db));
    const { rows } = await sql<{ n: number }>`select n from essai order by n`.execute(holder);
    expect(rows).toEqual([{ n: 2 }]);
  } finally {
    await db.destroy();
    await holder.destroy();
    await clone.drop();
  }
}, 20_000);
