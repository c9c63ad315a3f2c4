import pg from 'pg';
import { migrate } from '../../src/core/migrate.ts';

/** Brings the template database to the state in which every test finds its clone. */
export async function prepareTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create extension if not exists btree_gist');
  } finally {
    await client.end();
  }
  await migrate(url);
}
