import type { Child } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { SiteCard } from './places.store.ts';

/**
 * What other modules show on a site's page, above what one finds there; null where there is nothing to show. They add theirs
 * when they are loaded, so that the places know none of them.
 */
export const siteSections: ((ctx: Ctx, site: SiteCard) => Promise<Child>)[] = [];

/** The sections of a site's page, read side by side. */
export const renderSiteSections = async (ctx: Ctx, site: SiteCard): Promise<Child[]> =>
  (await Promise.all(siteSections.map((render) => render(ctx, site)))).filter(Boolean);
