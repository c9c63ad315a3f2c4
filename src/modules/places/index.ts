import type { Module } from '../../core/module.ts';
import { placesApi } from './places.api.ts';
import { placesMessages } from './places.messages.ts';
import { placesRoutes } from './places.routes.tsx';

export { networkSection } from './places.routes.tsx';
export { mapFrame } from './places.rules.ts';
export {
  findResource,
  findSite,
  listResources,
  listSites,
  nextStops,
  type ResourceCard,
  type SiteCard,
  type StopCard,
} from './places.store.ts';
export { siteSections } from './sections.ts';

/** The network, its sites and what can be booked there, as everyone may read them. */
export const places: Module = {
  name: 'places',
  routes: placesRoutes,
  api: placesApi,
  menu: (ctx) => [{ href: '/lieux', label: placesMessages[ctx.locale].menu, rank: 30 }],
};
