import type { Module } from '../../core/module.ts';
import { mineSections, scanners } from '../mybookings/index.ts';
import { onErase, personalData } from '../privacy/index.ts';
import { eraseHook, mineSection, personalDataPart, scanned } from './hooks.tsx';
import { mineRoutes } from './mine.routes.tsx';

mineSections.push(mineSection);
scanners.push(scanned);
personalData.push(personalDataPart);
onErase.push(eraseHook);

/** A registration once made, as its person sees it: its page and gestures, the list of theirs, what is kept and erased. */
export const myregistrations: Module = { name: 'myregistrations', routes: mineRoutes };
