import type { Db } from '../../src/core/db.ts';

class Undo extends Error {}

/** Runs a test in a transaction that is rolled back: nothing of it is left for the next one. */
export async function rolledBack(db: Db, test: (db: Db) => Promise<void>): Promise<void> {
  try {
    await db.transaction().execute(async (trx) => {
      await test(trx as unknown as Db);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
}
