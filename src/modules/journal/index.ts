import type { Module } from '../../core/module.ts';
import { journalRoutes } from './journal.routes.tsx';

/** What the journal keeps of one thing or person, in plain words, for those who administer it. */
export const journal: Module = { name: 'journal', routes: journalRoutes };
