import { sql } from 'kysely';
import type { Ctx } from './context.ts';
import { Refusal } from './errors.ts';
import { hashSecret } from './ids.ts';

/** At most `hits` in each window of `minutes`. Counted in PostgreSQL, so that every process sees the same. */
export type Limit = { name: string; hits: number; minutes: number };

/**
 * Counts one attempt by `who` (an address, an e-mail: only its hash is kept) and refuses past the limit.
 * Call it outside the transaction that may be rolled back, or failures would not count.
 */
export async function limit(ctx: Pick<Ctx, 'db' | 'now'>, rule: Limit, who: string): Promise<void> {
  const size = rule.minutes * 60_000;
  const windowStart = new Date(Math.floor(ctx.now.getTime() / size) * size);
  const key = `${rule.name}:${hashSecret(who).slice(0, 32)}`;
  const { rows } = await sql<{ hits: number }>`
    insert into rate_limit (key, window_start, hits) values (${key}, ${windowStart}, 1)
    on conflict (key, window_start) do update set hits = rate_limit.hits + 1 returning hits`.execute(ctx.db);
  if ((rows[0]?.hits ?? 0) > rule.hits) {
    throw new Refusal('too_many', 'too_many', { until: new Date(windowStart.getTime() + size) });
  }
}
