import type { Module } from '../../core/module.ts';
import { forgetOrphans } from './orphans.ts';
import { pictureRoutes } from './pictures.routes.tsx';
import { siteRoutes } from './sites.routes.tsx';
import { sitesSentences } from './sites.sentences.ts';

export { createSite, newSiteInput } from './create-site.ts';

/** Places: a new one, a copy, its card, its door, its pictures, its end. */
export const sites: Module = {
  name: 'sites',
  routes: (app) => {
    siteRoutes(app);
    pictureRoutes(app);
  },
  sentences: sitesSentences,
  schedules: [{ name: 'pictures-orphans', everyMinutes: 24 * 60, run: async (ctx) => void (await forgetOrphans(ctx)) }],
};
