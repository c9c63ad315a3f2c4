import { addDays, type Day, dayOf, instantAt, mondayOf } from '../core/clock.ts';
import type { Db } from '../core/db.ts';
import { newId } from '../core/ids.ts';
import { holidaysOf } from '../modules/finding/index.ts';
import { parseHours, weekdayNumber } from './hours.ts';
import type { TourFile } from './world.schema.ts';

export type TourStop = {
  day: Day;
  communeCode: string;
  place: TourFile['stops'][number]['place'];
  address: string | null;
  at: { lat: number; lon: number } | undefined;
  start: Date;
  end: Date;
};

const dayMs = 86_400_000;

/** Which week of the pattern a Monday begins: 1, 2 … then 1 again, before the anchor as after it. */
export function patternWeek(monday: Day, anchor: Day, weeks: number): number {
  const passed = Math.round((Date.parse(monday) - Date.parse(mondayOf(anchor))) / (7 * dayMs));
  return (((passed % weeks) + weeks) % weeks) + 1;
}

/** The stops of a tour from one day to another, public holidays left out. */
export function planTour(tour: TourFile, first: Day, last: Day, timeZone: string, country: string): TourStop[] {
  const stops: TourStop[] = [];
  for (let monday = mondayOf(first); monday <= last; monday = addDays(monday, 7)) {
    const week = patternWeek(monday, tour.anchor, tour.weeks);
    for (const stop of tour.stops) {
      const day = addDays(monday, weekdayNumber(stop.day) - 1);
      if (stop.week !== week || day < first || day > last) continue;
      if (holidaysOf(country, Number(day.slice(0, 4))).includes(day)) continue;
      const { opens, closes } = parseHours(stop.hours);
      stops.push({
        day,
        communeCode: stop.commune,
        place: stop.place,
        address: stop.address ?? null,
        at: stop.lat !== undefined && stop.lon !== undefined ? { lat: stop.lat, lon: stop.lon } : undefined,
        start: instantAt(day, opens, timeZone),
        end: instantAt(day, closes, timeZone),
      });
    }
  }
  return stops.sort((a, b) => a.start.getTime() - b.start.getTime());
}

type Where = { siteId: string; timeZone: string; country: string };

/** Writes the tour's stops from one day to another, except on days the mobile site already has one: the team may have moved them. */
export async function writeTour(db: Db, tour: TourFile, where: Where, first: Day, last: Day): Promise<TourStop[]> {
  const planned = planTour(tour, first, last, where.timeZone, where.country);
  if (planned.length === 0) return [];
  const known = await db
    .selectFrom('stop')
    .select('starts_at')
    .where('site_id', '=', where.siteId)
    .where('starts_at', '>=', new Date(planned[0]!.start.getTime() - dayMs))
    .execute();
  const communes = await db.selectFrom('commune').select(['code', 'lat', 'lon']).execute();
  const taken = new Set(known.map((row) => dayOf(row.starts_at, where.timeZone)));
  const centres = new Map(communes.map((row) => [row.code, row]));
  const fresh = planned.filter((stop) => !taken.has(stop.day));
  if (fresh.length === 0) return [];
  await db
    .insertInto('stop')
    .values(
      fresh.map((stop) => {
        const centre = centres.get(stop.communeCode);
        if (!centre) throw new Error(`tour.json: the commune ${stop.communeCode} is not in the list of communes`);
        return {
          id: newId(),
          site_id: where.siteId,
          commune_code: stop.communeCode,
          place: JSON.stringify(stop.place),
          address: stop.address,
          lat: stop.at?.lat ?? centre.lat,
          lon: stop.at?.lon ?? centre.lon,
          starts_at: stop.start,
          ends_at: stop.end,
          aboard: JSON.stringify(tour.aboard ?? []),
          demonstration: tour.demonstration,
        };
      }),
    )
    .execute();
  return fresh;
}
