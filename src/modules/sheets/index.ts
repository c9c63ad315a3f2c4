import type { Module } from '../../core/module.ts';
import { sheetRoutes } from './sheet.routes.tsx';

/** A booking as the team reads it: its sheet, its gestures, its story, the slip handed over. */
export const sheets: Module = { name: 'sheets', routes: sheetRoutes };
