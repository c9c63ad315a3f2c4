import type { Module } from '../../core/module.ts';
import { mineSections, scanners } from '../mybookings/index.ts';
import { onErase, onMerge, personalData } from '../privacy/index.ts';
import { eraseHook, mineSection, personalDataPart, scanned } from './hooks.tsx';
import { mergeHook } from './joining.ts';
import { mineRoutes } from './mine.routes.tsx';
import { peopleRoutes } from './people.routes.tsx';

mineSections.push(mineSection);
scanners.push(scanned);
personalData.push(personalDataPart);
onErase.push(eraseHook);
onMerge.push(mergeHook);

/** A registration once made, as its person sees it: its page and gestures, the list of theirs, what is kept and erased. */
export const myregistrations: Module = {
  name: 'myregistrations',
  routes: (app) => {
    mineRoutes(app);
    peopleRoutes(app);
  },
};
