import type { Module } from '../../core/module.ts';
import { importRoutes } from './import.routes.tsx';
import { listRoutes } from './list.routes.tsx';

export { rootOf as guestsPath } from './list.pages.tsx';

/** Those who come to a session as its team sees them: the list, adding by telephone, whole lists, invitations. */
export const guests: Module = {
  name: 'guests',
  routes: (app) => {
    listRoutes(app);
    importRoutes(app);
  },
};
