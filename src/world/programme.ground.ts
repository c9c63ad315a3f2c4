import { sql } from 'kysely';
import { addDays, type Day, instantAt, type Span } from '../core/clock.ts';
import type { Db } from '../core/db.ts';
import type { Guest } from './programme.people.ts';
import { WorldError } from './world.files.ts';
import type { PeopleFile } from './world.schema.ts';

/** What the programme stands on, by the names its file uses. */
export type Ground = {
  timeZone: string;
  country: string;
  sites: Map<string, string>;
  lines: Map<string, string>;
  stops: Map<string, (Span & { id: string })[]>;
  things: Map<string, Thing>;
  persons: Map<string, Guest>;
  organisations: Map<string, string>;
  /** Person → unit of their time. */
  helpers: Map<string, string>;
};

type Thing = { id: string; gap: number; whole: boolean; units: string[] };

/** Reads the places, people and stops that the programme may name. */
export async function readGround(
  db: Db,
  people: PeopleFile,
  { territory, first, last }: { first: Day; last: Day; territory: { timeZone: string; country: string } },
): Promise<Ground> {
  const sites = await db.selectFrom('site').select(['id', 'slug', 'kind']).where('archived_at', 'is', null).execute();
  const lines = await db.selectFrom('line').select(['id', 'letter']).execute();
  const stops = await db
    .selectFrom('stop')
    .select(['id', 'site_id', 'starts_at as start', 'ends_at as end'])
    .where('cancelled_at', 'is', null)
    .where('starts_at', '>=', instantAt(first, 0, territory.timeZone))
    .where('starts_at', '<', instantAt(addDays(last, 1), 0, territory.timeZone))
    .execute();
  const { rows: things } = await sql<Thing & { slug: string }>`
    with recursive below (root, id) as (
      select r.id, r.id from resource r where r.archived_at is null
      union
      select b.root, c.content_id from below b join resource_content c on c.container_id = b.id
    )
    select r.id, r.slug, greatest(r.buffer_before, r.buffer_after, max(x.buffer_before), max(x.buffer_after)) as gap,
      count(distinct x.id) > 1 as whole, json_agg(u.id order by u.rank, u.id) as units
    from below b join resource r on r.id = b.root join resource x on x.id = b.id
    join unit u on u.resource_id = x.id and u.archived_at is null
    group by r.id, r.slug, r.buffer_before, r.buffer_after`.execute(db);
  const { rows: helpers } = await sql<{ person: string; unit: string }>`
    select h.person_id as person, u.id as unit from helper h join unit u on u.helper_id = h.id`.execute(db);
  const persons = await db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'language'])
    .where('merged_into', 'is', null)
    .where('erased_at', 'is', null)
    .execute();
  const organisations = await db.selectFrom('organisation').select(['id', 'name']).execute();
  const known = people.people.flatMap((entry): [string, Guest][] => {
    const found = persons.find((one) => (entry.email ? one.email === entry.email : one.name === entry.name));
    return found ? [[entry.key, { ...found, team: entry.roles.some((role) => role.role !== 'member') }]] : [];
  });
  return {
    timeZone: territory.timeZone,
    country: territory.country,
    sites: new Map(sites.map((site) => [site.slug, site.id])),
    lines: new Map(lines.map((line) => [line.letter, line.id])),
    stops: new Map(
      sites
        .filter((site) => site.kind === 'mobile')
        .map((site) => [site.slug, stops.filter((stop) => stop.site_id === site.id)]),
    ),
    things: new Map(things.map((thing) => [thing.slug, thing])),
    persons: new Map(known),
    organisations: new Map(
      people.organisations.flatMap((entry): [string, string][] => {
        const found = organisations.find((one) => one.name === entry.name);
        return found ? [[entry.key, found.id]] : [];
      }),
    ),
    helpers: new Map(helpers.map((row) => [row.person, row.unit])),
  };
}

/** What a name of the file means; the file is refused where it means nothing. */
export function need<T>(map: ReadonlyMap<string, T>, key: string, what: string): T {
  const found = map.get(key);
  if (found === undefined) throw new WorldError(`programme.json: there is no ${what} "${key}"`);
  return found;
}
