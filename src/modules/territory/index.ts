import type { Module } from '../../core/module.ts';
import { territoryRoutes } from './territory.routes.tsx';
import { territorySentences } from './territory.sentences.ts';

export { addCommune, communeInput } from './add-commune.ts';

/** The territory itself: its card, its communes, its lines. */
export const territory: Module = {
  name: 'territory',
  routes: territoryRoutes,
  sentences: territorySentences,
};
