import type { Module } from '../../core/module.ts';
import { figuresRoutes } from './figures.routes.tsx';

/** What a month came to, for those who pay: each figure opens down to its rows, by site, by service, by session. */
export const figures: Module = { name: 'figures', routes: figuresRoutes };
