import type { Module } from '../../core/module.ts';
import { deskRoutes } from './desk.routes.tsx';

export { bookablesOf } from './desk.store.ts';
export type { Bookable } from './desk.types.ts';

/** The desk: what is free, for whoever stands there or telephones. */
export const desk: Module = { name: 'desk', routes: deskRoutes };
