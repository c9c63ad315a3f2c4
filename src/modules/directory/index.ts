import type { Module } from '../../core/module.ts';
import { directoryRoutes } from './directory.routes.tsx';
import { directorySentences } from './directory.sentences.ts';
import { tellErased } from './forget.ts';

export { personPath } from './way.ts';

/** The people as the team finds them: their record, corrected, made one with another, erased. */
export const directory: Module = {
  name: 'directory',
  routes: directoryRoutes,
  sentences: directorySentences,
  handlers: { 'directory.erased': tellErased },
};
