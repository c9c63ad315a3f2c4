import { has } from '../../core/access.ts';
import type { Module } from '../../core/module.ts';
import { dayMessages } from './day.messages.ts';
import { dayRoutes } from './day.routes.tsx';

export { readable, Telephone } from './calls.pages.tsx';
export { dayPath } from './day.routes.tsx';
export { closureSite } from './day.store.ts';
export type { Happened, Sheet, What } from './day.types.ts';
export { dayFrom, enterSite, refusalOf, showDay } from './day.web.tsx';
export { lineOf, noonOf, type Pen, standingOf, whenOf } from './day.words.ts';
export { addNote } from './note.ts';
export { PrintNow } from './print.pages.tsx';
export { findSheet } from './sheet.store.ts';
export { Reasons } from './today.pages.tsx';

/** The team's day: who comes, the calls, the notes, the visits; and what the team's other pages are written with. */
export const day: Module = {
  name: 'day',
  routes: dayRoutes,
  menu: (ctx) => (has(ctx.actor, 'team') ? [{ href: '/equipe', label: dayMessages[ctx.locale].menu, rank: 80 }] : []),
};
