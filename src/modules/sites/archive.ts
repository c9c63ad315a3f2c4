import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { record } from '../../core/journal.ts';
import { lockThings } from '../booking/index.ts';
import { activeBooking, claim, mustRunSite, type Owner } from '../setup/index.ts';

/**
 * Closes a place, a space or something bookable for good: it leaves the public pages, its past stays. Refused while somebody
 * still counts on it. Nothing is deleted: `restore` brings it back.
 */
export async function archive(ctx: Ctx, owner: Owner, version: number): Promise<void> {
  mustRunSite(ctx, owner.siteId);
  await atomically(ctx, async (inside) => {
    await lockThings(inside, await thingsOf(inside, owner));
    await claim(inside, owner.kind, owner.id, version);
    const bookings = await bookingsAhead(inside, owner);
    if (bookings > 0) throw new Refusal('sites.has_bookings', 'conflict', { bookings });
    await inside.db.updateTable(owner.kind).set({ archived_at: ctx.now }).where('id', '=', owner.id).execute();
    if (owner.kind === 'space') {
      await inside.db
        .updateTable('resource')
        .set((eb) => ({ archived_at: ctx.now, version: eb('version', '+', 1) }))
        .where('space_id', '=', owner.id)
        .where('archived_at', 'is', null)
        .execute();
    }
    await record(inside, { kind: `${owner.kind}.archived`, subjectKind: owner.kind, subjectId: owner.id });
  });
}

/** Brings back what was archived; the things of a space come back one by one. */
export async function restore(ctx: Ctx, owner: Owner, version: number): Promise<void> {
  mustRunSite(ctx, owner.siteId);
  await atomically(ctx, async (inside) => {
    await claim(inside, owner.kind, owner.id, version);
    await inside.db.updateTable(owner.kind).set({ archived_at: null }).where('id', '=', owner.id).execute();
    await record(inside, { kind: `${owner.kind}.restored`, subjectKind: owner.kind, subjectId: owner.id });
  });
}

const column = { site: 'site_id', space: 'space_id', resource: 'id' } as const;

async function thingsOf(ctx: Ctx, owner: Owner): Promise<string[]> {
  const rows = await ctx.db.selectFrom('resource').select('id').where(column[owner.kind], '=', owner.id).execute();
  return rows.map((row) => row.id);
}

/** How many bookings still count on a place, a space or a thing, what contains it included. */
async function bookingsAhead(ctx: Ctx, owner: Owner): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with recursive mine (id) as (
      select r.id from resource r where r.${sql.ref(column[owner.kind])} = ${owner.id}
      union
      select c.container_id from mine m join resource_content c on c.content_id = m.id
    )
    select count(*)::int as n from mine m join booking b on b.resource_id = m.id where ${activeBooking(ctx)}`.execute(
    ctx.db,
  );
  return rows[0]?.n ?? 0;
}
