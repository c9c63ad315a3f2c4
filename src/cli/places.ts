import type { Ctx } from '../core/context.ts';
import { normaliseName } from '../core/names.ts';

/** A place as a file may name it: by its short name, or its name in any language. */
type Named = { id: string; slug: string; names: string[] };
export type SiteRef = Named & { timeZone: string; version: number };
export type ResourceRef = Named & { siteId: string };

const namesOf = (name: object): string[] => Object.values(name).map((one) => normaliseName(String(one)));

/** The sites in service. */
export async function readSites(ctx: Ctx): Promise<SiteRef[]> {
  const rows = await ctx.db
    .selectFrom('site')
    .select(['id', 'slug', 'name', 'time_zone', 'version'])
    .where('archived_at', 'is', null)
    .orderBy('rank')
    .execute();
  return rows.map(({ name, time_zone, ...row }) => ({ ...row, names: namesOf(name), timeZone: time_zone }));
}

/** What can be booked now. */
export async function readResources(ctx: Ctx): Promise<ResourceRef[]> {
  const rows = await ctx.db
    .selectFrom('resource')
    .select(['id', 'slug', 'name', 'site_id'])
    .where('archived_at', 'is', null)
    .orderBy('rank')
    .execute();
  return rows.map(({ name, site_id, ...row }) => ({ ...row, names: namesOf(name), siteId: site_id }));
}

/** All that bear a name, by short name first. */
export function findNamed<T extends Named>(places: readonly T[], text: string): T[] {
  const bySlug = places.filter((one) => one.slug === text.toLowerCase());
  if (bySlug.length > 0) return bySlug;
  const wanted = normaliseName(text);
  return places.filter((one) => one.names.includes(wanted));
}

/** The site meant; undefined when there is none, or several. */
export function findSite(sites: readonly SiteRef[], text: string): SiteRef | undefined {
  const found = findNamed(sites, text);
  return found.length === 1 ? found[0] : undefined;
}
