import { addDays, dayOf, type Span } from '../core/clock.ts';
import type { Db } from '../core/db.ts';
import { newId } from '../core/ids.ts';
import { normaliseName } from '../core/names.ts';
import type { RuleSet } from '../core/schema.ts';
import { exceptionDays, parseHours, parseOpening, type WeekHours } from './hours.ts';
import { writeTour } from './tour.ts';
import { type World, WorldError } from './world.files.ts';
import type { ExceptionEntry, OpeningEntry, ResourceEntry, SiteFile, SpaceEntry } from './world.schema.ts';

/** What the bookings of the demonstration need to know of a thing. */
export type LoadedResource = {
  id: string;
  slug: string;
  siteSlug: string;
  units: string[];
  contains: string[];
  capacity: number;
  bufferBefore: number;
  bufferAfter: number;
  rules: RuleSet;
  /** The weekly hours in force, or none for a mobile site. */
  week: WeekHours[];
  mobile: boolean;
  closedOnHolidays: boolean;
};

export type LoadedPlaces = {
  timeZone: string;
  country: string;
  sites: Map<string, string>;
  lines: Map<string, string>;
  resources: Map<string, LoadedResource>;
  /** When each mobile site stands somewhere. */
  stops: Map<string, Span[]>;
};

type Owner = { site_id: string } | { space_id: string } | { resource_id: string };
type Rows = ReturnType<typeof noRows>;

const noRows = () => ({
  sites: [] as object[],
  spaces: [] as object[],
  resources: [] as object[],
  contents: [] as object[],
  units: [] as object[],
  openings: [] as object[],
  exceptions: [] as object[],
});

const json = (value: object | undefined): string => JSON.stringify(value ?? {});

/** Writes the territory, its lines, communes, sites and all they hold; `now` places what depends on the day. */
export async function loadPlaces(db: Db, now: Date, world: World): Promise<LoadedPlaces> {
  const { territory } = world;
  await db
    .insertInto('territory')
    .values({
      id: newId(),
      slug: territory.slug,
      name: territory.name,
      main_language: territory.mainLanguage,
      country: territory.country,
      time_zone: territory.timeZone,
      telephone: territory.telephone ?? null,
      email: territory.email ?? null,
      publisher: json(territory.publisher),
      demonstration: territory.demonstration,
    })
    .execute();
  await loadCommunes(db, world);
  const loaded: LoadedPlaces = {
    timeZone: territory.timeZone,
    country: territory.country,
    sites: new Map(),
    lines: new Map(),
    resources: new Map(),
    stops: new Map(),
  };
  await db
    .insertInto('line')
    .values(
      world.lines.map((line, rank) => {
        const id = newId();
        loaded.lines.set(line.letter, id);
        return { id, letter: line.letter, slug: line.slug, name: json(line.name), colour: line.colour, rank };
      }),
    )
    .execute();
  const rows = noRows();
  for (const site of world.sites) collectSite(rows, loaded, site, now);
  linkContents(rows, loaded);
  await write(db, rows);
  await loadTour(db, loaded, world, now);
  return loaded;
}

async function loadCommunes(db: Db, world: World): Promise<void> {
  if (world.communes.length === 0) return;
  await db
    .insertInto('commune')
    .values(
      world.communes.map((commune) => ({
        code: commune.code,
        name: commune.name,
        search_name: commune.names.map(normaliseName).join('|'),
        country: commune.country,
        postcodes: commune.postcodes,
        population: commune.population,
        lat: commune.lat,
        lon: commune.lon,
        in_territory: commune.inTerritory,
      })),
    )
    .execute();
}

function collectSite(rows: Rows, loaded: LoadedPlaces, site: SiteFile, now: Date): void {
  const id = newId();
  if (loaded.sites.has(site.slug)) throw new WorldError(`sites: the slug "${site.slug}" is used twice`);
  loaded.sites.set(site.slug, id);
  rows.sites.push({
    id,
    slug: site.slug,
    kind: site.kind,
    name: json(site.name),
    summary: json(site.summary),
    commune_code: site.commune ?? null,
    address: site.address ?? null,
    lat: site.lat ?? null,
    lon: site.lon ?? null,
    time_zone: site.timeZone ?? loaded.timeZone,
    telephone: site.telephone ?? null,
    email: site.email ?? null,
    how_to_come: json(site.howToCome),
    accessibility: json(site.accessibility),
    closed_on_holidays: site.closedOnHolidays,
    rules: json(site.rules),
    demonstration: site.demonstration,
    rank: site.rank,
  });
  collectHours(rows, { site_id: id }, site.opening, site.exceptions, now, loaded.timeZone);
  const place = { rows, loaded, site, siteId: id, now };
  site.spaces.forEach((space, rank) => {
    collectSpace(place, space, rank);
  });
  for (const resource of site.resources) collectResource(place, resource, undefined, null);
}

type Place = { rows: Rows; loaded: LoadedPlaces; site: SiteFile; siteId: string; now: Date };

function lineId(place: Place, letter: string | undefined): string | null {
  if (letter === undefined) return null;
  const id = place.loaded.lines.get(letter);
  if (!id) throw new WorldError(`sites: ${place.site.slug}: there is no line "${letter}" in lines.json`);
  return id;
}

function collectSpace(place: Place, space: SpaceEntry, rank: number): void {
  const { rows, site, now, loaded } = place;
  const id = newId();
  rows.spaces.push({
    id,
    site_id: place.siteId,
    slug: space.slug,
    name: json(space.name),
    summary: json(space.summary),
    line_id: lineId(place, space.line),
    floor: json(space.floor),
    area_m2: space.areaM2 ?? null,
    rules: json(space.rules),
    demonstration: space.demonstration ?? site.demonstration,
    rank,
  });
  collectHours(rows, { space_id: id }, space.opening, space.exceptions, now, loaded.timeZone);
  for (const resource of space.resources) collectResource(place, resource, space, id);
}

function collectResource(
  place: Place,
  entry: ResourceEntry,
  space: SpaceEntry | undefined,
  spaceId: string | null,
): void {
  const { rows, loaded, site } = place;
  const id = newId();
  if (loaded.resources.has(entry.slug)) throw new WorldError(`sites: the slug "${entry.slug}" is used twice`);
  const price = typeof entry.price === 'object' ? entry.price : undefined;
  rows.resources.push({
    id,
    slug: entry.slug,
    site_id: place.siteId,
    space_id: spaceId,
    kind: entry.kind,
    name: json(entry.name),
    summary: json(entry.summary),
    line_id: lineId(place, entry.line ?? space?.line),
    capacity: entry.capacity,
    equipment: JSON.stringify(entry.equipment),
    needs: entry.needs,
    requirement: json(entry.requirement),
    minimum_age: entry.minimumAge ?? null,
    buffer_before: entry.bufferBefore,
    buffer_after: entry.bufferAfter,
    step_minutes: entry.step,
    price_kind: price ? 'amount' : (entry.price as string),
    price_cents: price?.cents ?? null,
    price_per: price?.per ?? null,
    price_tax_bp: price?.taxBasisPoints ?? null,
    preset: entry.preset,
    rules: json(entry.rules),
    demonstration: entry.demonstration ?? space?.demonstration ?? site.demonstration,
    rank: entry.rank,
  });
  collectHours(rows, { resource_id: id }, entry.opening, [], place.now, loaded.timeZone);
  const labels =
    typeof entry.units === 'number' ? Array.from({ length: entry.units }, (_, n) => String(n + 1)) : entry.units;
  const units = labels.map((label, rank) => ({ id: newId(), resource_id: id, label, rank }));
  rows.units.push(...units);
  loaded.resources.set(entry.slug, {
    id,
    slug: entry.slug,
    siteSlug: site.slug,
    units: units.map((unit) => unit.id),
    contains: entry.contains,
    capacity: entry.capacity,
    bufferBefore: entry.bufferBefore,
    bufferAfter: entry.bufferAfter,
    rules: { ...site.rules, ...space?.rules, ...entry.rules } as RuleSet,
    week: parseOpening(entry.opening ?? space?.opening ?? site.opening ?? {}),
    mobile: site.kind === 'mobile',
    closedOnHolidays: site.closedOnHolidays,
  });
}

function collectHours(
  rows: Rows,
  owner: Owner,
  opening: OpeningEntry | undefined,
  exceptions: readonly ExceptionEntry[],
  now: Date,
  timeZone: string,
): void {
  for (const hours of opening ? parseOpening(opening) : []) rows.openings.push({ id: newId(), ...owner, ...hours });
  for (const exception of exceptions) {
    const hours = exception.hours ? parseHours(exception.hours) : { opens: null, closes: null };
    for (const day of exceptionDays(exception, now, timeZone)) {
      rows.exceptions.push({ id: newId(), ...owner, day, ...hours, reason: json(exception.reason) });
    }
  }
}

function linkContents(rows: Rows, loaded: LoadedPlaces): void {
  for (const container of loaded.resources.values()) {
    for (const slug of container.contains) {
      const content = loaded.resources.get(slug);
      if (!content) throw new WorldError(`sites: "${container.slug}" contains "${slug}", which does not exist`);
      if (content.siteSlug !== container.siteSlug)
        throw new WorldError(`sites: "${container.slug}" contains "${slug}", which is at another site`);
      rows.contents.push({ container_id: container.id, content_id: content.id });
    }
  }
}

const tables = [
  ['sites', 'site'],
  ['spaces', 'space'],
  ['resources', 'resource'],
  ['contents', 'resource_content'],
  ['units', 'unit'],
  ['openings', 'opening_rule'],
  ['exceptions', 'opening_exception'],
] as const;

async function write(db: Db, rows: Rows): Promise<void> {
  for (const [key, table] of tables) {
    const values = rows[key];
    if (values.length === 0) continue;
    // The rows were built above, column by column; their types differ from table to table.
    await db
      .insertInto(table)
      .values(values as never)
      .execute();
  }
}

async function loadTour(db: Db, loaded: LoadedPlaces, world: World, now: Date): Promise<void> {
  const { tour } = world;
  if (!tour) return;
  const siteId = loaded.sites.get(tour.site);
  if (!siteId) throw new WorldError(`tour.json: there is no site "${tour.site}"`);
  const today = dayOf(now, loaded.timeZone);
  const where = { siteId, timeZone: loaded.timeZone, country: loaded.country };
  const stops = await writeTour(db, tour, where, addDays(today, -14), addDays(today, tour.aheadWeeks * 7));
  loaded.stops.set(
    tour.site,
    stops.map(({ start, end }) => ({ start, end })),
  );
}
