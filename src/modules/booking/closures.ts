import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { newId } from '../../core/ids.ts';
import { loadClaims, range } from './booking.store.ts';
import type { AllocationRow } from './taking.ts';
import { loadThings, type Thing } from './thing.store.ts';
import { write } from './write.store.ts';

type Closing = { id: string; start: Date; end: Date };

/** The claims of a closing on every unit, around what already stands there (another closing, a session). */
export async function closureClaims(ctx: Ctx, thing: Thing, closing: Closing): Promise<AllocationRow[]> {
  const ids = thing.units.map((unit) => unit.id);
  const claims = await loadClaims(ctx.db, ids, [closing]);
  const rows: AllocationRow[] = [];
  for (const unitId of ids) {
    const own = claims.filter((claim) => claim.unitId === unitId).sort((a, b) => a.start - b.start);
    let from = closing.start.getTime();
    for (const gap of [...own, { start: closing.end.getTime(), end: closing.end.getTime() }]) {
      if (gap.start > from) rows.push(rowOf(closing.id, unitId, from, Math.min(gap.start, closing.end.getTime())));
      from = Math.max(from, gap.end);
    }
  }
  return rows;
}

const rowOf = (causeId: string, unitId: string, start: number, end: number): AllocationRow => ({
  id: newId(),
  unit_id: unitId,
  during: range(new Date(start), new Date(end)),
  cause_kind: 'closure',
  cause_id: causeId,
  fixed: true,
  expires_at: null,
});

/** Where two closings overlapped, only the first held the units: once it is lifted, the other takes over what it covers. */
export async function rewriteClosures(ctx: Ctx, thing: Thing, lifted: { start: Date; end: Date }): Promise<void> {
  const start = lifted.start > ctx.now ? lifted.start : ctx.now;
  if (start >= lifted.end) return;
  const others = await ctx.db
    .selectFrom('closure')
    .select(['id', 'resource_id', 'starts_at', 'ends_at'])
    .where(sql<boolean>`resource_id = any(${[...thing.below, ...thing.above]}::uuid[])`)
    .where('lifted_at', 'is', null)
    .where('starts_at', '<', lifted.end)
    .where('ends_at', '>', start)
    .orderBy('id')
    .execute();
  const things = await loadThings(ctx.db, [...new Set(others.map((other) => other.resource_id))]);
  for (const other of others) {
    const covered = things.get(other.resource_id)!;
    const shared = { ...covered, units: covered.units.filter((unit) => thing.units.some(({ id }) => id === unit.id)) };
    const closing = {
      id: other.id,
      start: other.starts_at > start ? other.starts_at : start,
      end: other.ends_at < lifted.end ? other.ends_at : lifted.end,
    };
    await write(ctx.db, { allocation: await closureClaims(ctx, shared, closing) });
  }
}
