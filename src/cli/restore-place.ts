import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Hosted } from '../core/territories.ts';
import { connectPlain, listTables, quote } from './catalogue.ts';
import { CommandError } from './command.ts';
import { explainDatabase, type House } from './open.ts';

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

const patience = { times: 15, wait: 100 };

/** Refuses while another process is connected as one of these territories: it would go on with what is taken away under it. */
export async function refuseWhileServed(house: House, wanted: readonly Hosted[]): Promise<void> {
  const client = new pg.Client({ connectionString: house.ground.directUrl });
  await client.connect();
  try {
    let busy: string[] = [];
    // A connection that has just been closed, as by a server that stops, is still listed for a moment.
    for (let turn = 0; turn < patience.times; turn += 1) {
      if (turn > 0) await setTimeout(patience.wait);
      const { rows } = await client.query<{ usename: string }>(
        'select distinct usename from pg_stat_activity where usename = any($1) and datname = current_database()',
        [wanted.map((one) => one.schema)],
      );
      busy = wanted.filter((one) => rows.some((row) => row.usename === one.schema)).map((one) => one.slug);
      if (busy.length === 0) return;
    }
    throw new CommandError(
      `Quai is at work on ${busy.join(', ')}: stop it first, or add --while-running to restore all the same. Nothing was changed.`,
    );
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
