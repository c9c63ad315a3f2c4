import type { Module } from '../../core/module.ts';
import { postersRoutes } from './posters.routes.tsx';

export { tourOfSite } from './posters.routes.tsx';

/** What is pinned on a wall: the week of a place or around a commune, a village's poster; and the tour, village by village. */
export const posters: Module = { name: 'posters', routes: postersRoutes };
