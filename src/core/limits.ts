import { sql } from 'kysely';
import type { Ctx } from './context.ts';
import type { Db } from './db.ts';
import { Refusal } from './errors.ts';
import { hashSecret } from './ids.ts';

/** At most `hits` in each window of `minutes`. Counted in PostgreSQL, so that every process sees the same. */
export type Limit = { name: string; hits: number; minutes: number };

type Counted = Pick<Ctx, 'db' | 'now'>;

/**
 * Counts one attempt by `who` (an address, an e-mail: only its hash is kept) and refuses past the limit.
 * Call it outside the transaction that may be rolled back, or failures would not count.
 */
export async function limit(ctx: Counted, rule: Limit, who: string): Promise<void> {
  const window = windowOf(ctx, rule);
  if ((await count(ctx, keyOf(rule, who), window.start, 1)) > rule.hits) throw refused(window);
}

/** Takes back one attempt that `limit` counted: what went well is none, and a hall full of people may share one address. */
export async function notAnAttempt(ctx: Counted, rule: Limit, who: string): Promise<void> {
  await count(ctx, keyOf(rule, who), windowOf(ctx, rule).start, -1);
}

/** How much of a limit a process takes in one go for calls that come often: a twentieth. */
const parts = 20;

type Share = { windowStart: number; left: number; full: boolean; asking: Promise<void> | undefined };
const shares = new WeakMap<Db, Map<string, Share>>();
const mostShares = 10_000;

/**
 * The same for what is called often: a process takes a twentieth of the limit at once and spends it, so that one call in many
 * writes. The limit is never passed; with several processes it may be met that much earlier.
 */
export async function limitOften(ctx: Counted, rule: Limit, who: string): Promise<void> {
  const window = windowOf(ctx, rule);
  const key = keyOf(rule, who);
  const share = shareOf(ctx.db, key, window.start.getTime());
  // Calls that come at once wait for one share: each taking its own would use the limit up for nothing.
  while (share.left === 0 && !share.full) {
    share.asking ??= takeShare(ctx, rule, key, window, share).finally(() => {
      share.asking = undefined;
    });
    await share.asking;
  }
  if (share.left === 0) throw refused(window);
  share.left -= 1;
}

async function takeShare(ctx: Counted, rule: Limit, key: string, window: Window, share: Share): Promise<void> {
  const size = Math.ceil(rule.hits / parts);
  const before = (await count(ctx, key, window.start, size)) - size;
  share.left = Math.max(0, Math.min(size, rule.hits - before));
  share.full = share.left === 0;
}

function shareOf(db: Db, key: string, windowStart: number): Share {
  let mine = shares.get(db);
  if (!mine) {
    mine = new Map();
    shares.set(db, mine);
  }
  let share = mine.get(key);
  if (!share || share.windowStart !== windowStart) {
    share = { windowStart, left: 0, full: false, asking: undefined };
    if (mine.size > mostShares) mine.clear();
    mine.set(key, share);
  }
  return share;
}

type Window = { start: Date; end: Date };

function windowOf(ctx: Counted, rule: Limit): Window {
  const size = rule.minutes * 60_000;
  const start = Math.floor(ctx.now.getTime() / size) * size;
  return { start: new Date(start), end: new Date(start + size) };
}

const keyOf = (rule: Limit, who: string): string => `${rule.name}:${hashSecret(who).slice(0, 32)}`;

async function count(ctx: Counted, key: string, windowStart: Date, hits: number): Promise<number> {
  const { rows } = await sql<{ hits: number }>`
    insert into rate_limit (key, window_start, hits) values (${key}, ${windowStart}, ${hits})
    on conflict (key, window_start) do update set hits = rate_limit.hits + excluded.hits returning hits`.execute(
    ctx.db,
  );
  return rows[0]!.hits;
}

const refused = (window: Window): Refusal => new Refusal('too_many', 'too_many', { until: window.end });
