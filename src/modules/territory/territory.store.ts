import type { Ctx } from '../../core/context.ts';
import { normaliseName } from '../../core/names.ts';

/** Communes whose name begins as asked, or all of them, a page at a time. */
export async function listCommunes(ctx: Ctx, asked: string, page: number, size: number) {
  const name = normaliseName(asked).slice(0, 80);
  const rows = await ctx.db
    .selectFrom('commune')
    .select(['code', 'name', 'country', 'postcodes', 'lat', 'lon', 'in_territory'])
    .$if(name !== '', (query) =>
      query.where((eb) =>
        eb.or([
          eb('search_name', 'like', `${name}%`),
          eb('search_name', 'like', `%|${name}%`),
          eb('code', '=', asked.trim().toUpperCase()),
          eb(eb.val(asked.trim()), '=', eb.fn.any('postcodes')),
        ]),
      ),
    )
    .orderBy('search_name')
    .orderBy('code')
    .limit(size + 1)
    .offset((page - 1) * size)
    .execute();
  return { rows: rows.slice(0, size), more: rows.length > size };
}
