import type { Module } from '../../core/module.ts';
import { accountSections, onErase, personalData } from '../accounts/index.ts';
import { bookingMessages } from './booking.messages.ts';
import { bookingRoutes } from './booking.routes.tsx';
import { confirmRoutes } from './confirm.routes.tsx';
import { formRoutes } from './form.routes.tsx';
import { accountSection, eraseHook, personalDataPart } from './hooks.tsx';
import { mineRoutes } from './mine.routes.tsx';
import { moveRoutes } from './move.routes.tsx';
import { reservationsApi } from './reservations.api.ts';
import { reservationsSentences } from './reservations.sentences.ts';
import { seriesRoutes } from './series.routes.tsx';

accountSections.push(accountSection);
personalData.push(personalDataPart);
onErase.push(eraseHook);

/** Booking as a person sees it: the form, the booking and its gestures, one's list, and the same by REST. */
export const reservations: Module = {
  name: 'reservations',
  routes: (app) => {
    formRoutes(app);
    seriesRoutes(app);
    confirmRoutes(app);
    bookingRoutes(app);
    moveRoutes(app);
    mineRoutes(app);
  },
  api: reservationsApi,
  sentences: reservationsSentences,
  menu: (ctx) =>
    ctx.actor.kind === 'person'
      ? [{ href: '/mes-reservations', label: bookingMessages[ctx.locale].mine, rank: 20 }]
      : [],
};
