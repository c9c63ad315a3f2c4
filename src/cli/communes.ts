import type { Db } from '../core/db.ts';
import { normaliseName } from '../core/names.ts';
import { CommandError } from './command.ts';
import { type Row, readCsv } from './csv.ts';

const columns = [
  { name: 'code', headers: ['insee', 'nis', 'code insee'], required: true },
  { name: 'name', headers: ['nom', 'commune'], required: true },
  { name: 'names', headers: ['noms'] },
  { name: 'country', headers: ['pays'] },
  { name: 'postcodes', headers: ['code postal', 'codes postaux', 'postcode'] },
  { name: 'population', headers: ['population_municipal'] },
  { name: 'lat', headers: ['latitude'], required: true },
  { name: 'lon', headers: ['lng', 'longitude'], required: true },
] as const;

export type CommuneRow = {
  code: string;
  name: string;
  search_name: string;
  country: string;
  postcodes: string[];
  population: number | null;
  lat: number;
  lon: number;
};

/** Reads communes from a CSV; every fault is told with its line. */
export async function readCommunesFile(path: string, country: string): Promise<CommuneRow[]> {
  const { rows } = await readCsv(path, columns);
  const faults: string[] = [];
  const seen = new Map<string, number>();
  const communes = rows.map((row) => {
    const commune = readCommune(row, country);
    const earlier = seen.get(commune.code);
    const fault = faultOf(commune) ?? (earlier === undefined ? undefined : `code: the same as on line ${earlier}`);
    if (fault) faults.push(`line ${row.line}, ${fault}`);
    seen.set(commune.code, row.line);
    return commune;
  });
  if (faults.length > 0)
    throw new CommandError([`${path}:`, ...faults.slice(0, 20), 'Nothing was changed.'].join('\n'));
  return communes;
}

function readCommune(row: Row<(typeof columns)[number]['name']>, country: string): CommuneRow {
  const name = row.get('name');
  const names = row.get('names').split('|').filter(Boolean);
  const population = Number.parseInt(row.get('population').replace(/\s/g, ''), 10);
  return {
    code: row.get('code').toUpperCase(),
    name,
    search_name: [...new Set([name, ...names].map(normaliseName))].join('|'),
    country: row.get('country').toUpperCase() || country,
    postcodes: row
      .get('postcodes')
      .split(/[ ;|,]+/)
      .filter(Boolean),
    population: Number.isInteger(population) ? population : null,
    lat: readDegrees(row.get('lat')),
    lon: readDegrees(row.get('lon')),
  };
}

/** Degrees with a point or a comma; NaN when it is no number. */
export const readDegrees = (text: string): number => (text === '' ? Number.NaN : Number(text.replace(',', '.')));

/** Whether a latitude and a longitude are somewhere on Earth. */
export const isSomewhere = (lat: number, lon: number): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180;

function faultOf(commune: CommuneRow): string | undefined {
  if (!/^[0-9A-Z-]{2,13}$/.test(commune.code)) return 'code: 2 to 13 letters, digits or "-"';
  if (!commune.name) return 'name: it is empty';
  if (!/^[A-Z]{2}$/.test(commune.country)) return 'country: two letters, such as FR';
  return isSomewhere(commune.lat, commune.lon) ? undefined : 'lat, lon: degrees such as 50.753 and 2.266';
}

/** Writes communes, those already there left as they are. */
export async function loadCommunes(db: Db, communes: readonly CommuneRow[]): Promise<void> {
  for (let from = 0; from < communes.length; from += 500) {
    await db
      .insertInto('commune')
      .values(communes.slice(from, from + 500))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
