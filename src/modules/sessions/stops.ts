import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import type { SessionView } from '../timetable/index.ts';

type Stop = { id: string; site_id: string; start: Date; end: Date; cancelled: boolean; draft: boolean };
type Placed = Pick<SessionView, 'start' | 'end' | 'placeKind' | 'stop'> & {
  site: Pick<SessionView['site'], 'id' | 'kind'>;
};

/**
 * Refuses what would happen at a stop where the bus does not stand then. The stops stay as they are until the transaction ends;
 * it is asked last, after rooms are taken, which is the order of whoever changes or cancels a stop.
 */
export async function mustFindTheBus(inside: Ctx, views: readonly Placed[]): Promise<void> {
  const placed = views.flatMap((view) => (view.placeKind === 'stop' && view.stop ? [{ view, id: view.stop.id }] : []));
  if (placed.length === 0) return;
  const { rows } = await sql<Stop>`
    select id, site_id, starts_at as start, ends_at as "end", cancelled_at is not null as cancelled, draft from stop
    where id = any(${[...new Set(placed.map(({ id }) => id))]}::uuid[]) order by starts_at, id for share`.execute(
    inside.db,
  );
  const stops = new Map(rows.map((row) => [row.id, row]));
  const faults = placed.flatMap(({ view, id }) => faultOf(view, stops.get(id)!) ?? []);
  if (faults.length > 0) throw Refusal.all('conflict', faults);
}

function faultOf({ site, start, end }: Placed, stop: Stop) {
  const params = { start: stop.start, end: stop.end };
  if (stop.cancelled) return { code: 'session.stop_cancelled', params };
  if (stop.draft) return { code: 'session.stop_draft', params };
  if (site.kind === 'mobile' && stop.site_id !== site.id) return { code: 'session.stop_other_bus', params };
  return start < stop.start || end > stop.end ? { code: 'session.stop_hours', params } : undefined;
}
