import { type Day, dayOf, timeOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { applies, type Presence } from './presence.rules.ts';

/** One stop of a bus, as a time somebody may be there: minutes after local midnight. */
export type VillageStop = { siteId: string; day: Day; opens: number; closes: number; start: Date; end: Date };

/** A village where a bus stops, with its stops in their order. */
export type Village = { code: string; name: string; timeZone: string; stops: VillageStop[] };

/** Where buses stop between two days, village after village by name: published stops, and to come. */
export async function villagesBetween(ctx: Ctx, { from, to }: { from: Day; to: Day }): Promise<Village[]> {
  const zone = ctx.territory.timeZone;
  const rows = await ctx.db
    .selectFrom('stop as t')
    .innerJoin('site as s', 's.id', 't.site_id')
    .innerJoin('commune as c', 'c.code', 't.commune_code')
    .select(['t.site_id', 't.starts_at', 't.ends_at', 's.time_zone', 'c.code', 'c.name'])
    .where('s.archived_at', 'is', null)
    .where('t.cancelled_at', 'is', null)
    .where('t.draft', '=', false)
    .where('t.starts_at', '>=', wholeDay(from, zone).start)
    .where('t.starts_at', '<', wholeDay(to, zone).end)
    .where('t.ends_at', '>', ctx.now)
    .orderBy('t.starts_at')
    .execute();
  const villages = new Map<string, Village>();
  for (const row of rows) {
    const village = villages.get(row.code) ?? { code: row.code, name: row.name, timeZone: row.time_zone, stops: [] };
    village.stops.push(stopOf(row.site_id, row.starts_at, row.ends_at, row.time_zone));
    villages.set(row.code, village);
  }
  return [...villages.values()].sort((a, b) => a.name.localeCompare(b.name, 'fr'));
}

const minutesOf = (at: Date, timeZone: string): number => {
  const [hours = 0, minutes = 0] = timeOf(at, timeZone).split(':').map(Number);
  return hours * 60 + minutes;
};

function stopOf(siteId: string, start: Date, end: Date, timeZone: string): VillageStop {
  const day = dayOf(start, timeZone);
  // A presence ends with its day at the latest.
  const closes = dayOf(end, timeZone) === day ? minutesOf(end, timeZone) : 1440;
  return { siteId, day, opens: minutesOf(start, timeZone), closes, start, end };
}

/** Whether somebody already receives all the time of a stop. */
export const receivesAt = (presences: readonly Presence[], stop: VillageStop): boolean =>
  presences.some(
    (one) =>
      one.siteId === stop.siteId && applies(one, stop.day) && one.opens <= stop.opens && one.closes >= stop.closes,
  );
