import type { Ctx } from '../../core/context.ts';
import { loadThings } from './booking.store.ts';
import { lockFor } from './taking.ts';

/** Holds back every booking of these things until the transaction ends: for those who change the things themselves. */
export async function lockThings(ctx: Ctx, resourceIds: readonly string[]): Promise<void> {
  if (resourceIds.length === 0) return;
  const things = await loadThings(ctx.db, resourceIds);
  await lockFor(ctx, things.values());
}

/** Holds back every new booking for these persons until the transaction ends: for those who make of two persons one. */
export const lockPersons = (ctx: Ctx, personIds: readonly string[]): Promise<void> =>
  lockFor(ctx, [], { persons: personIds });
