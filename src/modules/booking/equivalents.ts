import { sql } from 'kysely';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import { fits, freedom } from '../finding/index.ts';
import type { Thing } from './booking.store.ts';
import type { Equivalent } from './booking.types.ts';

type Candidate = { resourceId: string; slug: string; name: I18nText; siteId: string; siteSlug: string; gap: number };

/** Candidates looked at before giving up. */
const most = 24;

/** Other things of the same kind, at the same site first, then nearest, that are free at that time: at most `count`. */
export async function equivalentsOf(
  ctx: Ctx,
  thing: Thing,
  wanted: { start: Date; end: Date; people: number },
  count = 3,
): Promise<Equivalent[]> {
  const { start, end, people } = wanted;
  const { rows } = await sql<Candidate>`
    select r.id as "resourceId", r.slug, r.name, r.site_id as "siteId", s.slug as "siteSlug",
      greatest(r.buffer_before, r.buffer_after) as gap
    from resource r join site s on s.id = r.site_id join site h on h.id = ${thing.siteId}
    where r.kind = ${thing.kind} and r.archived_at is null and s.archived_at is null
      and r.id <> all(${[...thing.below, ...thing.above]}::uuid[])
      and r.capacity * (select count(*) from unit u where u.resource_id = r.id and u.archived_at is null) >= ${people}
    order by r.site_id <> h.id,
      power(coalesce(s.lat, 90) - coalesce(h.lat, 0), 2)
        + power((coalesce(s.lon, 90) - coalesce(h.lon, 0)) * cos(radians(coalesce(h.lat, 0))), 2),
      r.rank, r.id
    limit ${most}`.execute(ctx.db);
  if (rows.length === 0) return [];
  const gap = Math.max(...rows.map((row) => row.gap));
  const found = await freedom(ctx, {
    resourceIds: rows.map((row) => row.resourceId),
    from: start,
    to: addMinutes(end, gap + 1),
    people,
  });
  return rows
    .filter((row) => fits(found.get(row.resourceId)!, start, end, row.gap))
    .slice(0, count)
    .map(({ gap: _gap, ...row }) => ({ ...row, start, end }));
}
