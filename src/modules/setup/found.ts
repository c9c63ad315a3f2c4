import { notFound } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import { localeOfPath, type Web } from '../../core/web.ts';
import { mustRunSite, type Owner, type OwnerKind } from './owner.ts';
import { readResource, readSite, readSpace, type SiteRow } from './setup.store.ts';

/** What a page is about: a place, one of its spaces, or something bookable in it. */
export type Found = {
  owner: Owner;
  site: SiteRow;
  /** Its own page in the administration, without the locale. */
  path: string;
  name: I18nText;
  version: number;
  archived: boolean;
  photo: string | null;
  photoAlt: I18nText | null;
  lineId: string | null;
};

export const siteRoot = '/:locale{fr|nl|en}/gestion/lieux/:site';
/** Where each kind of thing has its pages. */
export const ownerRoots: Record<OwnerKind, string> = {
  site: siteRoot,
  space: `${siteRoot}/espaces/:space`,
  resource: `${siteRoot}/ressources/:resource`,
};

const part = (c: Web, name: string): string => {
  const value = c.req.param(name);
  // A name that no address has: it never reaches the database.
  if (!value || !/^[a-z0-9-]{1,80}$/.test(value)) throw notFound();
  return value;
};

/** The site of an address, for one of its administrators; 404 for everybody else. */
export async function siteOf(c: Web): Promise<SiteRow> {
  if (!localeOfPath(c.req.path)) throw notFound();
  const site = await readSite(c.var.ctx, part(c, 'site'));
  mustRunSite(c.var.ctx, site.id);
  return site;
}

export async function spaceOf(c: Web, site: SiteRow) {
  return readSpace(c.var.ctx, site.id, part(c, 'space'));
}

export async function resourceOf(c: Web, site: SiteRow) {
  return readResource(c.var.ctx, site.id, part(c, 'resource'));
}

/** What an address is about, whichever of the three it is. */
export async function find(c: Web, kind: OwnerKind): Promise<Found> {
  const site = await siteOf(c);
  const own = `/gestion/lieux/${site.slug}`;
  if (kind === 'site') return found(kind, site, site, own, null);
  if (kind === 'space') {
    const space = await spaceOf(c, site);
    return found(kind, site, space, `${own}/espaces/${space.slug}`, space.line_id);
  }
  const resource = await resourceOf(c, site);
  return found(kind, site, resource, `${own}/ressources/${resource.slug}`, resource.line_id);
}

type Row = {
  id: string;
  name: I18nText;
  version: number;
  archived_at: Date | null;
  photo: string | null;
  photo_alt: I18nText | null;
};

const found = (kind: OwnerKind, site: SiteRow, row: Row, path: string, lineId: string | null): Found => ({
  owner: { kind, id: row.id, siteId: site.id },
  site,
  path,
  name: row.name,
  version: row.version,
  archived: row.archived_at !== null,
  photo: row.photo,
  photoAlt: row.photo_alt,
  lineId,
});
