import type { Module } from '../../core/module.ts';
import { waysOut } from '../tidings/index.ts';
import { tourRoutes } from './tour.routes.tsx';
import { tourSentences } from './tour.sentences.ts';
import { otherTimes } from './ways-out.ts';

export { upcomingStops } from './tour.store.ts';

waysOut.push(otherTimes);

/** Where a bus stops, and when. */
export const tour: Module = {
  name: 'tour',
  routes: tourRoutes,
  sentences: tourSentences,
};
