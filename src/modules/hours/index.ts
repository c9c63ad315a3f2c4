import type { Module } from '../../core/module.ts';
import { hoursRoutes } from './hours.routes.tsx';
import { hoursSentences } from './hours.sentences.ts';

export { readHours, setHours } from './set-hours.ts';

/** The usual week of a place, a space or a thing, and the days that are not as usual. */
export const hours: Module = {
  name: 'hours',
  routes: hoursRoutes,
  sentences: hoursSentences,
};
