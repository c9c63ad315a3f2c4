import type { Ctx } from '../../core/context.ts';
import { lockThings } from '../booking/index.ts';
import { type StopRow, seriesOf } from './tour.store.ts';

export type Bus = { id: string; time_zone: string };

/** Which stops a gesture is for: this one, this one and those of its series after it, or all of them still to come. */
export const stopScopes = ['one', 'following', 'all'] as const;
export type StopScope = (typeof stopScopes)[number];

/** The stops a gesture is for, in their order; nothing is locked. */
export async function stopsFor(ctx: Ctx, stop: StopRow, scope: StopScope): Promise<StopRow[]> {
  if (scope === 'one' || !stop.series_id) return [stop];
  return seriesOf(ctx, stop.series_id, scope === 'following' ? stop.starts_at : undefined);
}

/** No booking on the bus slips in between the look and the change. */
export async function lockTour(ctx: Ctx, bus: Bus): Promise<void> {
  const things = await ctx.db.selectFrom('resource').select('id').where('site_id', '=', bus.id).execute();
  await lockThings(
    ctx,
    things.map((row) => row.id),
  );
  await ctx.db.selectFrom('site').select('id').where('id', '=', bus.id).forUpdate().execute();
}
