import { has } from '../../core/access.ts';
import type { Module } from '../../core/module.ts';
import { hoursRoutes } from './hours.routes.tsx';
import { pictureRoutes } from './pictures.routes.tsx';
import { resourceRoutes } from './resources.routes.tsx';
import { setupMessages } from './setup.messages.ts';
import { territoryRoutes } from './setup.routes.tsx';
import { setupSentences } from './setup.sentences.ts';
import { siteRoutes } from './sites.routes.tsx';
import { tourRoutes } from './tour.routes.tsx';

export { addCommune, communeInput } from './add-commune.ts';
export { createSite, newSiteInput } from './create-site.ts';
export { resourceInput } from './resource.input.ts';
export { createResource } from './save-resource.ts';
export { createSpace, spaceInput } from './save-space.ts';
export { setHours } from './set-hours.ts';

/** The administration of places in the browser: the territory, its communes and lines, its sites and all that is in them. */
export const setup: Module = {
  name: 'setup',
  routes: (app) => {
    territoryRoutes(app);
    siteRoutes(app);
    resourceRoutes(app);
    hoursRoutes(app);
    tourRoutes(app);
    pictureRoutes(app);
  },
  sentences: setupSentences,
  menu: (ctx) =>
    has(ctx.actor, 'administrator') ? [{ href: '/gestion', label: setupMessages[ctx.locale].title, rank: 90 }] : [],
};
