import type { Module } from '../../core/module.ts';
import { outageRoutes } from './outage.routes.tsx';

/** Breakdowns and closures: said, looked at, told, lifted. */
export const outages: Module = { name: 'outages', routes: outageRoutes };
