import { sql } from 'kysely';
import type { Db } from '../../src/core/db.ts';

/** How many connections to this database wait for what another one holds. */
export async function waiting(db: Db): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(distinct l.pid)::int as waiting from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where not l.granted and a.datname = current_database()`.execute(db);
  return rows[0]!.waiting;
}

/** Until something is so, looked at often; ten seconds at most. */
export async function until(so: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (await so()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('It never came to it.');
}
