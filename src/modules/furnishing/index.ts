import type { Module } from '../../core/module.ts';
import { furnishingSentences } from './furnishing.sentences.ts';
import { resourceRoutes } from './resources.routes.tsx';

export { resourceInput } from './resource.input.ts';
export { createResource } from './save-resource.ts';
export { createSpace, spaceInput } from './save-space.ts';

/** What a place contains: its spaces, what can be booked in them, how many, and by which rules. */
export const furnishing: Module = {
  name: 'furnishing',
  routes: resourceRoutes,
  sentences: furnishingSentences,
};
