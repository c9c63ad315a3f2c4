/** The front door of the legal pages: accessibility statement, legal notice, privacy. */
import type { Module } from '../../core/module.ts';
import { legalRoutes } from './legal.routes.tsx';

export const legal: Module = { name: 'legal', routes: legalRoutes };
