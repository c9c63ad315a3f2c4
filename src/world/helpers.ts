import type { Db } from '../core/db.ts';
import { newId } from '../core/ids.ts';
import { parseHours, weekdayNumber } from './hours.ts';
import type { LoadedPeople } from './load-people.ts';
import type { LoadedPlaces } from './load-places.ts';
import { WorldError } from './world.files.ts';
import type { ProgrammeFile } from './world.schema.ts';

/** Writes those whose time can be asked for, when they are where, and for what one comes to them. */
export async function loadHelpers(
  db: Db,
  now: Date,
  file: ProgrammeFile,
  places: LoadedPlaces,
  people: LoadedPeople,
): Promise<void> {
  const find = <T>(map: ReadonlyMap<string, T>, key: string, what: string): T => {
    const found = map.get(key);
    if (found === undefined) throw new WorldError(`programme.json: there is no ${what} "${key}"`);
    return found;
  };
  const helpers = new Map(file.helpers.map((helper) => [helper.person, newId()]));
  for (const helper of file.helpers) {
    const id = helpers.get(helper.person)!;
    await db
      .insertInto('helper')
      .values({
        id,
        person_id: find(people.people, helper.person, 'person').id,
        site_id: find(places.sites, helper.site, 'site'),
        does: JSON.stringify(helper.does),
        line_id: find(places.lines, helper.line, 'line'),
        demonstration: true,
        created_at: now,
      })
      .execute();
    await db.insertInto('unit').values({ id: newId(), helper_id: id, label: '' }).execute();
    const presence = helper.presence.flatMap(({ site, days, hours }) => {
      const { opens, closes } = parseHours(hours);
      return days.map((day) => ({
        id: newId(),
        helper_id: id,
        site_id: find(places.sites, site, 'site'),
        weekday: weekdayNumber(day),
        opens,
        closes,
        created_at: now,
      }));
    });
    await db.insertInto('presence').values(presence).execute();
  }
  for (const [rank, reason] of file.reasons.entries()) {
    const id = newId();
    await db
      .insertInto('appointment_reason')
      .values({
        id,
        slug: reason.slug,
        name: JSON.stringify(reason.name),
        summary: '{}',
        bring: JSON.stringify(reason.bring ?? {}),
        line_id: find(places.lines, reason.line, 'line'),
        minutes: reason.minutes,
        places: reason.places,
        demonstration: true,
        rank,
      })
      .execute();
    const offers = reason.helpers.map((key) => ({ reason_id: id, helper_id: find(helpers, key, 'helper') }));
    await db.insertInto('appointment_offer').values(offers).execute();
  }
}
