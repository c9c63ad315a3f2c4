import type { Module } from '../../core/module.ts';
import { absenceRoutes } from './absence.routes.tsx';
import { helperRoutes } from './helpers.routes.tsx';
import { openRoutes } from './open.routes.tsx';
import { reasonRoutes } from './reasons.routes.tsx';
import { weekRoutes } from './week.routes.tsx';

export { addHelper } from './save-helper.ts';
export { addUsualReasons } from './save-reason.ts';

/** The team's side of appointments: a week of who receives, opening, absences, who receives and for what. */
export const receiving: Module = {
  name: 'receiving',
  routes: (app) => {
    weekRoutes(app);
    openRoutes(app);
    absenceRoutes(app);
    helperRoutes(app);
    reasonRoutes(app);
  },
};
