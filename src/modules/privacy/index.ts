import type { Module } from '../../core/module.ts';
import { dataRoutes } from './data.routes.tsx';
import { privacySentences } from './privacy.sentences.ts';
import { tidy } from './retention.ts';

export { erasePerson } from './erase.ts';
export {
  type EraseHook,
  type Kept,
  type MergeHook,
  onErase,
  onMerge,
  type PersonalDataPart,
  personalData,
} from './hooks.ts';
export { mergePersons, unmerge, whatMergingDoes } from './merge.ts';
export { retention, tidy } from './retention.ts';

/** What is kept of a person: read, taken away, erased, made one with another’s, tidied when it has served. */
export const privacy: Module = {
  name: 'privacy',
  routes: dataRoutes,
  sentences: privacySentences,
  schedules: [{ name: 'retention', everyMinutes: 24 * 60, run: async (ctx) => void (await tidy(ctx)) }],
};
