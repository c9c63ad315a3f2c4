import pg from 'pg';
import { connect } from '../../src/core/db.ts';
import { migrate } from '../../src/core/migrate.ts';
import { seedTerritory } from '../../src/world/index.ts';

/** The instant at which the tests' world stands: Monday 23 November 2026, 9:00 in Paris. */
export const worldNow = new Date('2026-11-23T09:00:00+01:00');

/** Brings the template database to the state in which every test finds its clone: migrated, and the demonstration in it. */
export async function prepareTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create extension if not exists btree_gist');
  } finally {
    await client.end();
  }
  await migrate(url);
  const db = connect(url, { max: 1 });
  try {
    await seedTerritory({ db, now: worldNow });
  } finally {
    await db.destroy();
  }
}
