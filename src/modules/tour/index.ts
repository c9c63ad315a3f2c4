import type { Module } from '../../core/module.ts';
import { tourRoutes } from './tour.routes.tsx';
import { tourSentences } from './tour.sentences.ts';

export { upcomingStops } from './tour.store.ts';

/** Where a bus stops, and when. */
export const tour: Module = {
  name: 'tour',
  routes: tourRoutes,
  sentences: tourSentences,
};
