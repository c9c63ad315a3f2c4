import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { sqlState } from './errors.ts';
import type { Database } from './schema.ts';

/** The pool, or the transaction under way: commands do not know which. */
export type Db = Kysely<Database>;

// Days stay "2026-11-23": a Date would carry a zone the database never said.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const names = new Map<string, string>();

function statementName(text: string): string {
  let name = names.get(text);
  if (!name) {
    if (names.size > 5_000) names.clear();
    name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
    names.set(text, name);
  }
  return name;
}

/** A client that prepares each statement once per connection: planning is then paid once, not on every page. */
class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's overloads are wider than what Kysely calls.
  override query(...args: any[]): any {
    const [text, values] = args;
    if (typeof text === 'string' && Array.isArray(values) && values.length > 0) {
      return super.query({ name: statementName(text), text, values });
    }
    // @ts-expect-error same call, passed on as it came.
    return super.query(...args);
  }
}

export type ConnectOptions = {
  max?: number;
  searchPath?: string | undefined;
  applicationName?: string;
  onError?: (error: Error) => void;
  /** How long one statement may take before the server is held to be away; for ever unless said. */
  answerWithinMs?: number;
};

/** One small pool of connections to a territory's schema. `searchPath` only where the role has none of its own. */
export function connect(url: string, options: ConnectOptions = {}): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    ...(options.answerWithinMs ? { query_timeout: options.answerWithinMs } : {}),
    application_name: options.applicationName ?? 'quai',
    Client: PreparingClient as unknown as typeof pg.Client,
    ...(options.searchPath ? { options: `-c search_path=${options.searchPath}` } : {}),
  });
  // An idle connection that breaks must not end the process; the pool opens another.
  pool.on('error', (error) => options.onError?.(error));
  // Nor one that breaks between two statements of somebody: what they ask next fails, and that is told them.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

const again = new Set(['40001', '40P01', '0A000']);
const attempts = 8;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Transactional = { db: Db };

/**
 * Runs `work` in one transaction (a savepoint inside one already open) and hands it the context to use.
 * The whole work runs again when the database asks for it (serialisation, deadlock, stale plan), so it must do nothing but SQL.
 */
export async function atomically<C extends Transactional, T>(ctx: C, work: (inside: C) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return inSavepoint(ctx, work);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ctx.db.transaction().execute((db) => work({ ...ctx, db: db as unknown as Db }));
    } catch (error) {
      if (attempt >= attempts || !again.has(sqlState(error) ?? '')) throw error;
      await pause(Math.random() * 10 * 2 ** attempt);
    }
  }
}

/**
 * Runs a command again when another wrote the same key in the very same instant: the second time that row is there to be found.
 * `command` must undo itself when it fails, as `atomically` does.
 */
export async function onceMore<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    if (sqlState(error) === '23505') return command();
    throw error;
  }
}

/**
 * Which transactions a statement could see, as text: two statements that give the same one saw the same rows, whoever wrote
 * them and in whichever process. Null where that cannot be told: inside a transaction, which sees its own rows, and on a standby,
 * whose snapshots do not name what is under way. The server's start stands beside it: numbers may come again after a failover.
 */
export const asOf = (db: Db) =>
  db.isTransaction
    ? sql<string | null>`null::text`
    : sql<string | null>`case when not pg_is_in_recovery()
        then concat(pg_current_snapshot(), ' ', extract(epoch from pg_postmaster_start_time())) end`;

let savepoints = 0;

async function inSavepoint<C extends Transactional, T>(ctx: C, work: (inside: C) => Promise<T>): Promise<T> {
  savepoints += 1;
  const name = sql.id(`sp_${savepoints % 1_000_000}`);
  await sql`savepoint ${name}`.execute(ctx.db);
  try {
    const result = await work(ctx);
    await sql`release savepoint ${name}`.execute(ctx.db);
    return result;
  } catch (error) {
    await sql`rollback to savepoint ${name}`.execute(ctx.db);
    throw error;
  }
}

/**
 * "= $1" or "= any($1)": one id alone is said as one. PostgreSQL takes a list for ten, so that it would plan a query made
 * for one anew at each call, for more than it costs to run.
 */
export const among = (ids: readonly string[]) =>
  ids.length === 1 ? sql`= ${ids[0]}::uuid` : sql`= any(${[...ids]}::uuid[])`;

/** Whether an error says that the database could not be reached, so that the page can say so and nothing more. */
export function isDatabaseAway(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? '';
  const message = error instanceof Error ? error.message : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|57P0[123]|08...|53300)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error/.test(
      message,
    )
  );
}
