import type { Ctx } from '../../core/context.ts';
import { lockFor } from './taking.ts';
import { loadHelpers, loadThings } from './thing.store.ts';

/** Holds back every booking of these things until the transaction ends: for those who change the things themselves. */
export async function lockThings(ctx: Ctx, resourceIds: readonly string[]): Promise<void> {
  if (resourceIds.length === 0) return;
  const things = await loadThings(ctx.db, resourceIds);
  await lockFor(ctx, things.values());
}

/**
 * Holds back whoever would take or give back a seat of these sessions until the transaction ends; with them the persons and
 * e-mails whose limits are counted, in the same statement, so that two registrations never wait for one another in a ring.
 */
export const lockSessions = (
  ctx: Ctx,
  sessionIds: readonly string[],
  parties: { persons?: readonly string[]; emails?: readonly string[]; organisations?: readonly string[] } = {},
): Promise<void> => lockFor(ctx, [], { ...parties, sessions: sessionIds });

/**
 * Holds back whoever would take the time of these helpers until the transaction ends: for those who decide where they can be; in
 * the same statement, those whose appointments are counted.
 */
export async function lockHelpers(
  ctx: Ctx,
  helperIds: readonly string[],
  parties: { persons?: readonly string[]; emails?: readonly string[] } = {},
): Promise<void> {
  const helpers = await loadHelpers(ctx.db, helperIds);
  await lockFor(ctx, helpers.values(), parties);
}
