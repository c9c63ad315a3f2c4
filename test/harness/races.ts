import { sql } from 'kysely';
import { beforeAll } from 'vitest';
import { Refusal } from '../../src/core/errors.ts';
import { useDatabase } from './house.ts';

/** A database with this many doors, all open before the race: it is the database that is tried, not the opening of connections. */
export function useOpenDoors(max: number) {
  const base = useDatabase({ max });
  beforeAll(async () => {
    await Promise.all(Array.from({ length: max }, () => sql`select pg_sleep(0.2)`.execute(base.db)));
  });
  return {
    get db() {
      return base.db;
    },
    /** How many rings of commands waiting for one another the database had to break; all doors are closed for it. */
    deadlocks: async (): Promise<number> => {
      await base.reopen();
      const { rows } = await sql<{ deadlocks: string }>`
        select deadlocks from pg_stat_database where datname = current_database()`.execute(base.db);
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
