import type { Module } from '../../core/module.ts';
import { onErase } from '../privacy/index.ts';
import { evidenceRoutes } from './evidence.routes.tsx';
import { evidenceSentences } from './evidence.sentences.ts';
import { forgetOldSheets, keptOnSheets } from './forget.ts';

export { keptYears } from './evidence.rules.ts';
export type { SheetSession, Subject } from './evidence.types.ts';
export { type LockInput, lockSheet } from './lock.ts';
export { figuresOf } from './paper.ts';
export { monthRows } from './read.ts';

onErase.push(keptOnSheets);

/** What is shown to those who pay: attendance sheets, countersigned and locked, and the figures that open down to their rows. */
export const evidence: Module = {
  name: 'evidence',
  routes: evidenceRoutes,
  sentences: evidenceSentences,
  schedules: [
    { name: 'evidence-forget', everyMinutes: 24 * 60, run: async (ctx) => void (await forgetOldSheets(ctx)) },
  ],
};
