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
  // The form writes a chosen commune "Bailleul (59043)".
  const code = /\(([0-9A-Za-z-]{2,13})\)\s*$/.exec(text)?.[1] ?? text.trim().toUpperCase();
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
