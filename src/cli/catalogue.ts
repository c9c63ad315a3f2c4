import pg from 'pg';

/** A connection on which values are written the same way whatever the server's settings and version. */
export async function connectPlain(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'quai-cli', keepAlive: true });
  // A broken connection is told by the query under way.
  client.on('error', () => undefined);
  await client.connect();
  for (const setting of [
    "datestyle = 'ISO, YMD'",
    "intervalstyle = 'postgres'",
    "timezone = 'UTC'",
    'extra_float_digits = 3',
    "bytea_output = 'hex'",
    "client_encoding = 'UTF8'",
    'statement_timeout = 0',
    'idle_in_transaction_session_timeout = 0',
  ])
    await client.query(`set ${setting}`);
  return client;
}

export type Table = { name: string; columns: string[] };

export const quote = (name: string): string => pg.escapeIdentifier(name);

/** The tables of this connection's own schema with the columns that are stored, generated ones left out. */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name, coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attnum is not null), '{}') as columns
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    group by c.oid, c.relname order by c.relname`);
  return rows;
}

type ForeignKey = { table: string; name: string; definition: string };

/**
 * Takes the foreign keys away for the time of a load and returns how to put them back: the order of the tables, and circles
 * among them, are then of no account, and each key is checked once for all its rows.
 */
export async function setForeignKeysAside(client: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<ForeignKey>(`
    select c.conrelid::regclass::text as "table", c.conname as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c
    where c.connamespace = current_schema()::regnamespace and c.contype = 'f' and c.conparentid = 0 order by c.conname`);
  for (const key of rows) await client.query(`alter table ${key.table} drop constraint ${quote(key.name)}`);
  return async () => {
    for (const key of rows)
      await client.query(`alter table ${key.table} add constraint ${quote(key.name)} ${key.definition}`);
  };
}

/** Empties the schema of this connection: tables, views, functions, types. */
export async function dropEverything(client: pg.Client): Promise<void> {
  const words: Record<string, string> = {
    v: 'view',
    m: 'materialized view',
    r: 'table',
    p: 'table',
    S: 'sequence',
    f: 'foreign table',
  };
  const drop = async (what: string, names: string[]): Promise<void> => {
    for (const name of names) await client.query(`drop ${what} if exists ${name} cascade`);
  };
  const relations = await client.query<{ name: string; kind: string }>(`
    select oid::regclass::text as name, relkind as kind from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('v', 'm', 'r', 'p', 'S', 'f')`);
  for (const [kind, word] of Object.entries(words))
    await drop(
      word,
      relations.rows.filter((row) => row.kind === kind).map((row) => row.name),
    );
  const routines = await client.query<{ name: string }>(
    'select oid::regprocedure::text as name from pg_proc where pronamespace = current_schema()::regnamespace',
  );
  await drop(
    'routine',
    routines.rows.map((row) => row.name),
  );
  const types = await client.query<{ name: string }>(`
    select t.oid::regtype::text as name from pg_type t
    where t.typnamespace = current_schema()::regnamespace and t.typtype in ('e', 'd', 'c', 'r')
      and not exists (select from pg_class c where c.oid = t.typrelid and c.relkind <> 'c')`);
  await drop(
    'type',
    types.rows.map((row) => row.name),
  );
}
