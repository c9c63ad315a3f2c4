import type { Ctx } from '../../core/context.ts';
import { normaliseName } from '../../core/names.ts';

export type Commune = {
  code: string;
  name: string;
  country: string;
  postcodes: string[];
  lat: number;
  lon: number;
};

export type CommuneFound =
  | { kind: 'one'; commune: Commune }
  /** Several places bear that name: the person chooses. */
  | { kind: 'several'; communes: Commune[] }
  | { kind: 'none' };

const mostShown = 8;

/**
 * The commune a person means: its code, a postcode, its name as people write it, or the beginning of it. A commune with
 * several names has them in `search_name` parted by "|".
 */
export async function findCommune(ctx: Ctx, text: string): Promise<CommuneFound> {
  const name = normaliseName(text);
  if (name.length < 2 || name.length > 80) return { kind: 'none' };
  const written = /^(.*)\(([0-9A-Za-z-]{2,13})\)\s*$/s.exec(text);
  const code = written?.[2] ?? text.trim().toUpperCase();
  if (written) {
    const chosen = await readChosen(ctx, normaliseName(written[1]!), code);
    if (chosen) return { kind: 'one', commune: chosen };
  }
  return decide(
    (await read(ctx, code)) ??
      (await ctx.db
        .selectFrom('commune')
        .select(columns)
        .where((eb) =>
          // Normalised text holds neither % nor _.
          eb.or([eb('search_name', 'like', `${name}%`), eb('search_name', 'like', `%|${name}%`)]),
        )
        .orderBy('population', (order) => order.desc().nullsLast())
        .orderBy('code')
        .limit(200)
        .execute()),
    name,
  );
}

/** "Bailleul (59270)" or "Bailleul (59043)", as the forms write a chosen one: its name and its postcode, or its code. */
async function readChosen(ctx: Ctx, name: string, code: string): Promise<Commune | undefined> {
  const rows = await ctx.db
    .selectFrom('commune')
    .select(columns)
    .where((eb) => eb.or([eb('code', '=', code), eb(eb.val(code), '=', eb.fn.any('postcodes'))]))
    .execute();
  // The codes of communes look like postcodes: without the name, 62380 would be another place.
  const named = rows.filter((row) => [normaliseName(row.name), ...row.search_name.split('|')].includes(name));
  const found = named.length === 1 ? named[0] : named.find((row) => row.code === code);
  if (!found) return undefined;
  const { search_name: _, ...commune } = found;
  return commune;
}

/** A commune as a form writes it: two of one name are told apart by their postcode. */
export const communeLabel = ({ name, code, postcodes }: Pick<Commune, 'name' | 'code' | 'postcodes'>): string =>
  `${name} (${postcodes[0] ?? code})`;

const columns = ['code', 'name', 'search_name', 'country', 'postcodes', 'lat', 'lon'] as const;
type Row = Commune & { search_name: string };

/** By its own code, with or without the country before it ("BE-33021"), or by postcode; undefined when it is neither. */
async function read(ctx: Ctx, code: string): Promise<Row[] | undefined> {
  if (!/^[0-9A-Z-]{2,13}$/.test(code)) return undefined;
  const rows = await ctx.db
    .selectFrom('commune')
    .select(columns)
    .where((eb) =>
      eb.or([eb('code', '=', code), eb('code', 'like', `__-${code}`), eb(eb.val(code), '=', eb.fn.any('postcodes'))]),
    )
    .orderBy('population', (order) => order.desc().nullsLast())
    .orderBy('code')
    .execute();
  const exact = rows.filter((row) => row.code === code);
  const coded = exact.length > 0 ? exact : rows.filter((row) => row.code.endsWith(`-${code}`));
  const found = coded.length > 0 ? coded : rows;
  return found.length > 0 ? found : undefined;
}

function decide(rows: Row[], name: string): CommuneFound {
  const named = rows.filter((row) => row.search_name.split('|').includes(name));
  const found = (named.length > 0 ? named : rows).map(({ search_name: _, ...commune }) => commune);
  if (found.length === 0) return { kind: 'none' };
  return found.length === 1
    ? { kind: 'one', commune: found[0]! }
    : { kind: 'several', communes: found.slice(0, mostShown) };
}
