import type { Module } from '../../core/module.ts';
import { changeRoutes } from './change.routes.tsx';
import { pictureRoutes } from './picture.routes.tsx';
import { programmeHandlers } from './programme.jobs.ts';
import { sessionRoutes } from './session.routes.tsx';

/** The team's programme: what is planned at a site, looked at, planned, changed and called off. */
export const programme: Module = {
  name: 'programme',
  routes: (app) => {
    sessionRoutes(app);
    changeRoutes(app);
    pictureRoutes(app);
  },
  handlers: programmeHandlers,
};
