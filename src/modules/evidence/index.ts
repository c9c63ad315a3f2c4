import type { Module } from '../../core/module.ts';
import { onErase } from '../privacy/index.ts';
import { evidenceRoutes } from './evidence.routes.tsx';
import { evidenceSentences } from './evidence.sentences.ts';
import { forgetOldSheets, keptOnSheets } from './forget.ts';

export { evidenceMessages } from './evidence.messages.ts';
export { enterSite, hand, monthOf } from './evidence.routes.tsx';
export { keptYears, sameFacts, toSpreadsheet } from './evidence.rules.ts';
export type { Service, SheetSession, Subject } from './evidence.types.ts';
export { type LockInput, lockSheet } from './lock.ts';
export { figureLines, figuresOf, monthName, monthSpan } from './paper.ts';
export { monthOfSites, monthRows } from './read.ts';
export { type EvidenceSite, editionsOf, lastSheets, sitesOf } from './sheet.store.ts';

onErase.push(keptOnSheets);

/** What is shown to those who pay: attendance sheets, countersigned and locked. */
export const evidence: Module = {
  name: 'evidence',
  routes: evidenceRoutes,
  sentences: evidenceSentences,
  schedules: [
    { name: 'evidence-forget', everyMinutes: 24 * 60, run: async (ctx) => void (await forgetOldSheets(ctx)) },
  ],
};
