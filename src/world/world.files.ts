import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import type { z } from 'zod';
import {
  type BookingsFile,
  belgianRow,
  bookingsFile,
  communeRow,
  linesFile,
  type PeopleFile,
  type ProgrammeFile,
  peopleFile,
  programmeFile,
  type SiteFile,
  siteFile,
  type TourFile,
  territoryFile,
  tourFile,
} from './world.schema.ts';

export type CommuneEntry = {
  code: string;
  name: string;
  /** All the names it is searched by. */
  names: string[];
  country: string;
  postcodes: string[];
  population: number | null;
  lat: number;
  lon: number;
  inTerritory: boolean;
};

/** A whole territory as its files tell it. */
export type World = {
  territory: z.output<typeof territoryFile>;
  lines: z.output<typeof linesFile>;
  communes: CommuneEntry[];
  sites: SiteFile[];
  tour: TourFile | undefined;
  people: PeopleFile;
  bookings: BookingsFile;
  programme: ProgrammeFile | undefined;
};

/** A file of the world is wrong: the message names the file and the field. */
export class WorldError extends Error {}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

function check<S extends z.ZodType>(schema: S, value: unknown, file: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    (issue) => `${file}: ${issue.path.join('.') || '(whole file)'}: ${issue.message}`,
  );
  throw new WorldError(faults.join('\n'));
}

async function readJson<S extends z.ZodType>(folder: string, file: string, schema: S): Promise<z.output<S>> {
  const text = await readFile(join(folder, file), 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new WorldError(`${file}: this is not JSON: ${(error as Error).message}`);
  }
  return check(schema, value, file);
}

async function readJsonIfThere<S extends z.ZodType>(folder: string, file: string, schema: S) {
  try {
    return await readJson(folder, file, schema);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The communes of a folder: its own, and the neighbours across the border where there are some. */
export async function readCommunes(folder: string): Promise<CommuneEntry[]> {
  const [own, belgian] = await Promise.all([
    readCsv(folder, 'communes.csv', communeRow),
    readCsv(folder, 'communes-belgium.csv', belgianRow),
  ]);
  return [
    ...own.map((row) => ({
      code: row.insee,
      name: row.name,
      names: [row.name],
      country: 'FR',
      postcodes: row.postcodes.split(/[ ;|]/),
      population: row.population_municipal,
      lat: row.lat,
      lon: row.lon,
      inTerritory: true,
    })),
    ...belgian.map((row) => ({
      code: `BE-${row.nis}`,
      name: row.name,
      names: row.names.split('|'),
      country: 'BE',
      postcodes: row.postcodes.split(';'),
      population: null,
      lat: row.lat,
      lon: row.lon,
      inTerritory: false,
    })),
  ];
}

async function readCsv<S extends z.ZodType>(folder: string, file: string, schema: S): Promise<z.output<S>[]> {
  let text: string;
  try {
    text = await readFile(join(folder, file), 'utf8');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  const rows = parseCsv(text, { columns: true, skip_empty_lines: true, bom: true }) as unknown[];
  return rows.map((row, index) => check(schema, row, `${file}, line ${index + 2}`));
}

/** The tour of the mobile site, where there is one. */
export const readTour = (folder: string): Promise<TourFile | undefined> =>
  readJsonIfThere(folder, 'tour.json', tourFile);

/** What people gather for, where the territory shows an example of it. */
export const readProgramme = (folder: string): Promise<ProgrammeFile | undefined> =>
  readJsonIfThere(folder, 'programme.json', programmeFile);

/** The persons and organisations, invented ones. */
export const readPeople = async (folder: string): Promise<PeopleFile> =>
  (await readJsonIfThere(folder, 'people.json', peopleFile)) ?? { organisations: [], people: [] };

/** Reads and checks all the files of a territory; throws a WorldError that names each file and field at fault. */
export async function readWorld(folder: string): Promise<World> {
  const names = (await readdir(join(folder, 'sites'))).filter((name) => name.endsWith('.json')).sort();
  const [territory, lines, communes, sites, tour, people, bookings, programme] = await Promise.all([
    readJson(folder, 'territory.json', territoryFile),
    readJson(folder, 'lines.json', linesFile),
    readCommunes(folder),
    Promise.all(names.map((name) => readJson(folder, join('sites', name), siteFile))),
    readTour(folder),
    readPeople(folder),
    readJsonIfThere(folder, 'bookings.json', bookingsFile),
    readProgramme(folder),
  ]);
  return {
    territory,
    lines,
    communes,
    sites,
    tour,
    people,
    bookings: bookings ?? { bookings: [], notes: [], visits: [] },
    programme,
  };
}
