import pg from 'pg';
import type { Hosted } from '../core/territories.ts';
import { connectPlain, listTables, quote } from './catalogue.ts';
import { explainDatabase } from './open.ts';

/** Whether a territory's tables hold nothing but the list of migrations. */
export async function isEmpty(url: string, hosted: Hosted): Promise<boolean> {
  const client = await connectPlain(url).catch((error) => {
    throw explainDatabase(error, hosted);
  });
  try {
    for (const { name } of await listTables(client)) {
      if (name === 'migration') continue;
      if ((await client.query(`select 1 from ${quote(name)} limit 1`)).rowCount !== 0) return false;
    }
    return true;
  } finally {
    await client.end();
  }
}

/** Takes away a place that was made for nothing. */
export async function forgetTerritory(url: string, hosted: Hosted): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`drop schema if exists ${quote(hosted.schema)} cascade`);
    await client.query('delete from quai.hosted_territory where slug = $1', [hosted.slug]);
  } finally {
    await client.end();
  }
}
