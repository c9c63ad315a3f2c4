import type { Module } from '../../core/module.ts';
import { formRoutes } from './form.routes.tsx';
import { reservationsApi } from './reservations.api.ts';
import { reservationsSentences } from './reservations.sentences.ts';
import { seriesRoutes } from './series.routes.tsx';

/** Making a booking: the form, several rooms at once, each week; and bookings by REST. */
export const reservations: Module = {
  name: 'reservations',
  routes: (app) => {
    formRoutes(app);
    seriesRoutes(app);
  },
  api: reservationsApi,
  sentences: reservationsSentences,
};
