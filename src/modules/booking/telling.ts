import { sql } from 'kysely';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { newId } from '../../core/ids.ts';
import { outboxRows } from './taking.ts';
import type { Thing } from './thing.store.ts';
import type { Rows } from './write.store.ts';

type CallKind = 'displaced' | 'released' | 'cancelled' | 'moved';

/** How the person learns of a change: by mail where they have one, else somebody of the team calls them today. */
export function tell(
  ctx: Ctx,
  scene: { row: { id: string; demonstration?: boolean }; thing: Pick<Thing, 'timeZone'>; personEmail: string | null },
  topic: string,
  call: CallKind | undefined,
  more: Record<string, unknown> = {},
): Pick<Rows, 'outbox' | 'call'> {
  const bookingId = scene.row.id;
  if (scene.personEmail) return { outbox: outboxRows(ctx, { topic, payload: { bookingId, ...more } }) };
  if (!call) return {};
  return { call: [{ id: newId(), booking_id: bookingId, due_day: dayOf(ctx.now, scene.thing.timeZone), kind: call }] };
}

/** A call that was to remind of a booking has no more reason when it is given back or moved. */
export async function dropReminder(ctx: Ctx, bookingIds: readonly string[]): Promise<void> {
  await ctx.db
    .deleteFrom('call')
    .where(sql<boolean>`booking_id = any(${[...bookingIds]}::uuid[])`)
    .where('kind', '=', 'reminder')
    .where('done_at', 'is', null)
    .execute();
}
