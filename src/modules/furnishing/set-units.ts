import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { liveUnits } from '../setup/index.ts';

type Free = { id: string; bookings: number };

/**
 * Gives a resource that many identical places, in the transaction of whoever changes it, under its locks. Places that nobody
 * counts on are archived first; when too few of them are free it is refused, saying how many bookings stand in the way.
 * Returns [before, after] when the number changed.
 */
export async function setUnits(ctx: Ctx, resourceId: string, wanted: number): Promise<[number, number] | undefined> {
  const live = await liveUnits(ctx, resourceId);
  if (live.length === wanted) return undefined;
  if (live.length < wanted) await addUnits(ctx, resourceId, wanted - live.length);
  else await removeUnits(ctx, resourceId, live.length - wanted);
  return [live.length, wanted];
}

async function removeUnits(ctx: Ctx, resourceId: string, count: number): Promise<void> {
  // Those without a future first, the last numbers first.
  const { rows } = await sql<Free>`
    select u.id, count(a.id)::int as bookings
    from unit u
    left join allocation a on a.unit_id = u.id and upper(a.during) > ${ctx.now}
      and (a.expires_at is null or a.expires_at > ${ctx.now})
    where u.resource_id = ${resourceId} and u.archived_at is null
    group by u.id, u.rank
    order by count(a.id), u.rank desc, u.id
    limit ${count}`.execute(ctx.db);
  const inTheWay = rows.reduce((sum, row) => sum + row.bookings, 0);
  if (inTheWay > 0) throw new Refusal('furnishing.units_booked', 'conflict', { bookings: inTheWay, field: 'units' });
  await sql`update unit set archived_at = ${ctx.now} where id = any(${rows.map((row) => row.id)}::uuid[])`.execute(
    ctx.db,
  );
}

async function addUnits(ctx: Ctx, resourceId: string, count: number): Promise<void> {
  const all = await ctx.db
    .selectFrom('unit')
    .select(['id', 'label', 'rank', 'archived_at'])
    .where('resource_id', '=', resourceId)
    .orderBy('rank')
    .execute();
  // Those put away come back under their number, then new ones follow.
  const back = all.filter((unit) => unit.archived_at !== null).slice(0, count);
  await sql`update unit set archived_at = null where id = any(${back.map((unit) => unit.id)}::uuid[])`.execute(ctx.db);
  const labels = new Set(all.map((unit) => unit.label));
  let rank = Math.max(-1, ...all.map((unit) => unit.rank));
  let number = all.length;
  const fresh = Array.from({ length: count - back.length }, () => {
    rank += 1;
    do number += 1;
    while (labels.has(String(number)));
    return { id: newId(), resource_id: resourceId, label: String(number), rank };
  });
  if (fresh.length > 0) await ctx.db.insertInto('unit').values(fresh).execute();
}
