import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { connect, type Db } from '../../src/core/db.ts';
import { Refusal } from '../../src/core/errors.ts';
import { type Clone, cloneDatabase } from './cluster.ts';

/** A database with this many doors, all open before the race: it is the database that is tried, not the opening of connections. */
export function useOpenDoors(max: number) {
  let clone: Clone | undefined;
  let db: Db | undefined;
  beforeAll(async () => {
    clone = await cloneDatabase();
    db = connect(clone.url, { max });
    await Promise.all(Array.from({ length: max }, () => sql`select pg_sleep(0.2)`.execute(db!)));
  });
  afterAll(async () => {
    await db?.destroy();
    await clone?.drop();
  });
  return {
    get db() {
      return db!;
    },
    /** How many rings of commands waiting for one another the database had to break; all doors are closed for it. */
    deadlocks: async (): Promise<number> => {
      // A connection says what it met when it closes.
      await db!.destroy();
      db = connect(clone!.url, { max: 1 });
      const { rows } = await sql<{ deadlocks: string }>`
        select deadlocks from pg_stat_database where datname = current_database()`.execute(db);
      return Number(rows[0]!.deadlocks);
    },
  };
}

/** Runs all at once and gives what each came to; anything but a refusal of the domain fails the test: a deadlock too. */
export function race<Run extends () => Promise<unknown>>(
  runs: readonly Run[],
): Promise<(Awaited<ReturnType<Run>> | Refusal)[]> {
  return Promise.all(
    runs.map(async (run) => {
      try {
        return (await run()) as Awaited<ReturnType<Run>>;
      } catch (error) {
        if (error instanceof Refusal) return error;
        throw error;
      }
    }),
  );
}

/** How many won a race, and how many were refused for which reason. */
export async function outcomeOf(
  runs: readonly (() => Promise<unknown>)[],
): Promise<{ won: number; refused: Record<string, number> }> {
  const refused: Record<string, number> = {};
  const all = await race(runs);
  const lost = all.filter((one) => one instanceof Refusal);
  for (const { code } of lost) refused[code] = (refused[code] ?? 0) + 1;
  return { won: all.length - lost.length, refused };
}
