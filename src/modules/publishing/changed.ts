import type { Ctx } from '../../core/context.ts';
import { lastChanges } from './publishing.store.ts';

/** When a UUIDv7 was made. */
export const madeAt = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));

/** When each of these last changed, or was made. */
export async function changedAt(ctx: Ctx, items: readonly { id: string }[]): Promise<Map<string, Date>> {
  const ids = items.map(({ id }) => id);
  const told = await lastChanges(ctx, ids);
  return new Map(ids.map((id) => [id, told.get(id) ?? madeAt(id)]));
}
