import { has } from '../../core/access.ts';
import type { Module } from '../../core/module.ts';
import { dayMessages } from './day.messages.ts';
import { dayRoutes } from './day.routes.tsx';
import { deskRoutes } from './desk.routes.tsx';
import { outageRoutes } from './outage.routes.tsx';
import { sheetRoutes } from './sheet.routes.tsx';

/** The team's day: who comes, the desk, the calls, the notes, what is out of order. */
export const day: Module = {
  name: 'day',
  routes: (app) => {
    dayRoutes(app);
    deskRoutes(app);
    outageRoutes(app);
    sheetRoutes(app);
  },
  menu: (ctx) => (has(ctx.actor, 'team') ? [{ href: '/equipe', label: dayMessages[ctx.locale].menu, rank: 80 }] : []),
};
