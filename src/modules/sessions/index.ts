import type { Module } from '../../core/module.ts';
import { askAboutMinimum, lapseOptions } from './jobs.ts';
import { sessionsSentences } from './sessions.sentences.ts';

export { fieldsOf } from './columns.ts';
export { editSession, setSeats } from './edit.ts';
export {
  cancelInside,
  cancelSession,
  cancelTogether,
  postponeSession,
  publishSession,
  resumeSession,
} from './fate.ts';
export { beforeSeatsCount, type ChangedDate, onSessionChange, type SessionChange } from './hooks.ts';
export { insertSessions, type PreviewedDate, planSessions, previewPlan } from './insert.ts';
export { askAboutMinimum, lapseOptions } from './jobs.ts';
export {
  type DateApart,
  type MoveInput,
  movedWithTheirPlace,
  moveInside,
  moveSession,
  previewMove,
} from './move.ts';
export { mostSeats } from './plan.rules.ts';
export type { PlanInput, Planned, PlannedSpan, SessionFields } from './plan.types.ts';
export { type Scope, scopes, targetsOf } from './target.ts';

/** What people gather for: planned, published, moved, cancelled. */
export const sessions: Module = {
  name: 'sessions',
  sentences: sessionsSentences,
  schedules: [
    { name: 'sessions-minimum', everyMinutes: 60, run: async (ctx) => void (await askAboutMinimum(ctx)) },
    { name: 'sessions-options', everyMinutes: 5, run: async (ctx) => void (await lapseOptions(ctx)) },
  ],
};
