import type { Module } from '../../core/module.ts';
import { feedRoutes } from './feeds.routes.ts';
import { publishRoutes } from './publish.routes.tsx';
import { sessionsApi } from './sessions.api.ts';

/** What is on, given to others: calendars, feeds, frames, the national list of places, REST. */
export const publishing: Module = {
  name: 'publishing',
  routes: (app) => {
    feedRoutes(app);
    publishRoutes(app);
  },
  api: sessionsApi,
};
