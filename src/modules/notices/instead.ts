import type { Ctx } from '../../core/context.ts';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import { formatter } from '../../ui/format.ts';
import { type Equivalent, type EquivalentQuery, equivalents } from '../finding/index.ts';

/** What is free instead, with where it is. */
export type Instead = Equivalent & { siteName: I18nText; timeZone: string };

/** The nearest equivalents of something, each with its site's name: two rooms of two sites may be called alike. */
export async function insteadOf(ctx: Ctx, query: EquivalentQuery): Promise<Instead[]> {
  const found = await equivalents(ctx, query);
  if (found.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('site')
    .select(['id', 'name', 'time_zone'])
    .where('id', 'in', [...new Set(found.map((one) => one.siteId))])
    .execute();
  const sites = new Map(rows.map((row) => [row.id, row]));
  return found.map((one) => {
    const site = sites.get(one.siteId)!;
    return { ...one, siteName: site.name, timeZone: site.time_zone };
  });
}

/** "Salle Aa, La Station, mar. 24 nov., 14 h – 16 h". */
export function insteadLabel(one: Instead, locale: Locale, main: Locale): string {
  const format = formatter(locale, one.timeZone);
  const where = `${say(one.name, locale, main)}, ${say(one.siteName, locale, main)}`;
  return `${where}, ${format.dayShort(one.start)}, ${format.range(one.start, one.end)}`;
}
