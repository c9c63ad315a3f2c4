import type { Module } from '../../core/module.ts';
import { mineRoutes } from './mine.routes.tsx';

/** An appointment once made, as who comes and the team see it: its page, moved and given back once it has been asked. */
export const myappointments: Module = { name: 'myappointments', routes: mineRoutes };
