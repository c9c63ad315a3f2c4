import type { Module } from '../../core/module.ts';
import { accountSections } from '../accounts/index.ts';
import { onErase, personalData } from '../privacy/index.ts';
import { bookingMessages } from './booking.messages.ts';
import { bookingRoutes } from './booking.routes.tsx';
import { confirmRoutes } from './confirm.routes.tsx';
import { accountSection, eraseHook, personalDataPart } from './hooks.tsx';
import { mineRoutes } from './mine.routes.tsx';
import { moveRoutes } from './move.routes.tsx';

export { type MineSection, mineSections, scanners } from './sections.ts';

accountSections.push(accountSection);
personalData.push(personalDataPart);
onErase.push(eraseHook);

/** A booking once made, as its person sees it: confirming it, its page and gestures, one's list. */
export const mybookings: Module = {
  name: 'mybookings',
  routes: (app) => {
    confirmRoutes(app);
    bookingRoutes(app);
    moveRoutes(app);
    mineRoutes(app);
  },
  menu: (ctx) =>
    ctx.actor.kind === 'person'
      ? [{ href: '/mes-reservations', label: bookingMessages[ctx.locale].mine, rank: 20 }]
      : [],
};
