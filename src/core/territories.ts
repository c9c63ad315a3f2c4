import { createHmac } from 'node:crypto';
import pg from 'pg';
import type { Territory } from './context.ts';
import type { Db } from './db.ts';
import { migrate } from './migrate.ts';

/**
 * The territories of one database: each has a schema and a role of its own, whose search_path is that schema.
 * Only this file names schemas; it speaks as the owner of the database, once, when a territory is made or the process starts.
 */
export type Hosted = { slug: string; schema: string; hosts: string[] };

const slugPattern = /^[a-z][a-z0-9_]{1,40}$/;

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // A connection that breaks is told by the statement under way, not by ending the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const exists = async (client: pg.Client, text: string, values: unknown[]): Promise<boolean> =>
  (await client.query(text, values)).rowCount !== 0;

async function prepareDatabase(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', ['quai:territories']);
  for (const schema of ['quai', 'extensions']) {
    if (!(await exists(client, 'select 1 from pg_namespace where nspname = $1', [schema])))
      await client.query(`create schema ${schema}`);
  }
  if (!(await exists(client, 'select 1 from pg_extension where extname = $1', ['btree_gist']))) {
    await client.query('create extension btree_gist with schema extensions');
  }
  await client.query(
    "create table if not exists quai.hosted_territory (slug text primary key, schema_name text not null unique, hosts text[] not null default '{}', created_at timestamptz not null)",
  );
}

/** The territories this database holds, oldest first; none on a new database. */
export function listHosted(url: string): Promise<Hosted[]> {
  return asOwner(url, async (client) => {
    if (
      !(await exists(
        client,
        "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'quai' and c.relname = 'hosted_territory'",
        [],
      ))
    )
      return [];
    const { rows } = await client.query<Hosted>(
      'select slug, schema_name as schema, hosts from quai.hosted_territory order by created_at, slug',
    );
    return rows;
  });
}

/** Makes the schema and the role of a territory if they are not there, and brings its tables up to date. */
export async function ensureTerritory(
  url: string,
  secret: string,
  hosted: { slug: string; hosts: string[] },
  now: Date,
): Promise<Hosted> {
  if (!slugPattern.test(hosted.slug))
    throw new Error('A territory\'s short name has 2 to 41 small letters, digits or "_", and begins with a letter.');
  const schema = `territory_${hosted.slug}`;
  await asOwner(url, async (client) => {
    await prepareDatabase(client);
    if (!(await exists(client, 'select 1 from pg_namespace where nspname = $1', [schema])))
      await client.query(`create schema ${schema}`);
    await ensureRole(client, schema, secret);
    await client.query(
      'insert into quai.hosted_territory (slug, schema_name, hosts, created_at) values ($1, $2, $3, $4) on conflict (slug) do nothing',
      [hosted.slug, schema, hosted.hosts, now],
    );
  });
  await migrate(territoryUrl(url, secret, schema));
  return { slug: hosted.slug, schema, hosts: hosted.hosts };
}

/** The role's password follows from the secret, so that nothing more has to be kept. */
const passwordOf = (secret: string, schema: string): string =>
  createHmac('sha256', secret).update(`role:${schema}`).digest('base64url');

async function ensureRole(client: pg.Client, schema: string, secret: string): Promise<void> {
  const password = passwordOf(secret, schema);
  if (!(await exists(client, 'select 1 from pg_roles where rolname = $1', [schema])))
    await client.query(`create role ${schema} login password '${password}'`);
  else await client.query(`alter role ${schema} password '${password}'`);
  await client.query(`alter role ${schema} set search_path = ${schema}, extensions`);
  // Every statement is prepared. Left to choose, PostgreSQL plans the search again at each call, for three times its cost.
  await client.query(`alter role ${schema} set plan_cache_mode = force_generic_plan`);
  await client.query(`grant usage, create on schema ${schema} to ${schema}`);
  await client.query(`grant usage on schema extensions to ${schema}`);
}

/** The address with which a territory's own role enters. */
export function territoryUrl(url: string, secret: string, schema: string): string {
  const own = new URL(url);
  own.username = schema;
  own.password = passwordOf(secret, schema);
  return own.toString();
}

/** What the territory says of itself; undefined while it is empty. */
export async function readTerritory(db: Db): Promise<Territory | undefined> {
  const row = await db.selectFrom('territory').selectAll().executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    mainLanguage: row.main_language,
    country: row.country,
    timeZone: row.time_zone,
    telephone: row.telephone,
    email: row.email,
    publisher: row.publisher,
    demonstration: row.demonstration,
  };
}
