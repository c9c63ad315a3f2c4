import type { Module } from '../../core/module.ts';
import { postersRoutes } from './posters.routes.tsx';

export { tourOfSite } from './posters.routes.tsx';

/** Where the bus stops, for everybody: village by village, and on a poster. */
export const posters: Module = { name: 'posters', routes: postersRoutes };
