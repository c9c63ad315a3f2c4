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
