import { createHash } from 'node:crypto';
import type { Ctx } from './context.ts';
import { atomically } from './db.ts';
import { Refusal } from './errors.ts';

/** What was answered, to be answered again. */
export type Answer = { status: number; body: object };

/** A UUID drawn from a text: the owner of a key when nobody is signed in is the unguessable key of the form itself. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text, 'utf8').digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What is compared between two requests that carry the same key. */
export const requestHash = (request: unknown): string =>
  createHash('sha256').update(JSON.stringify(request), 'utf8').digest('hex');

/**
 * Runs `work` once for a key: the same key with the same request gets the first answer back, with another request it is
 * refused. The key is written in the transaction of the work, so a twin sent in parallel waits for the first to end; a work
 * that is refused leaves no key behind and may be tried again.
 */
export async function withIdempotency(
  ctx: Ctx,
  key: string,
  hash: string,
  work: (inside: Ctx) => Promise<Answer>,
): Promise<Answer> {
  const owner = ctx.actor.personId ?? uuidOf(key);
  return atomically(ctx, async (inside) => {
    const { numInsertedOrUpdatedRows: mine } = await inside.db
      .insertInto('idempotency')
      .values({ owner_id: owner, key, request_hash: hash, created_at: inside.now })
      .onConflict((conflict) => conflict.columns(['owner_id', 'key']).doNothing())
      .executeTakeFirst();
    const row = inside.db.selectFrom('idempotency').where('owner_id', '=', owner).where('key', '=', key);
    if (!mine) {
      const known = await row.select(['request_hash', 'status', 'response']).executeTakeFirstOrThrow();
      if (known.request_hash !== hash) throw new Refusal('idempotency.mismatch', 'unprocessable');
      return { status: known.status!, body: known.response! };
    }
    const answer = await work(inside);
    await inside.db
      .updateTable('idempotency')
      .set({ status: answer.status, response: JSON.stringify(answer.body) })
      .where('owner_id', '=', owner)
      .where('key', '=', key)
      .execute();
    return answer;
  });
}
