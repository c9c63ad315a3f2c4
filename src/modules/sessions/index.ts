import type { Module } from '../../core/module.ts';
import { askAboutMinimum, lapseOptions } from './jobs.ts';
import { sessionsSentences } from './sessions.sentences.ts';

export {
  type EditInput,
  editSession,
  type MoveInput,
  moveInside,
  moveSession,
  previewMove,
  setSeats,
} from './amend.ts';
export { fieldsOf } from './columns.ts';
export { expandDates, mostDates, type Pattern, type Stop, spanOn } from './dates.rules.ts';
export {
  type CancelInput,
  cancelInside,
  cancelSession,
  postponeSession,
  publishSession,
  resumeSession,
} from './fate.ts';
export { onSessionChange, type SessionChange } from './hooks.ts';
export { insertSessions, type PreviewedDate, planSessions, previewPlan } from './insert.ts';
export { askAboutMinimum, lapseOptions } from './jobs.ts';
export { mostSeats } from './plan.rules.ts';
export type { PlanInput, Planned, PlannedSpan, SessionFields } from './plan.types.ts';
export { isPublic, type SessionState, seatsLeft, stateOf } from './sessions.rules.ts';
export { findSessions, partsOf, sessionByReference, sessionsByIds, sessionsOfSeries } from './sessions.store.ts';
export type {
  SessionLine,
  SessionQuery,
  SessionSite,
  SessionStop,
  SessionView,
} from './sessions.types.ts';
export { type Changed, type Scope, type SessionTarget, scopes, sessionTargetSchema, targetsOf } from './target.ts';

/** What people gather for: planned, published, moved, cancelled; how a session is read. */
export const sessions: Module = {
  name: 'sessions',
  sentences: sessionsSentences,
  schedules: [
    { name: 'sessions-minimum', everyMinutes: 60, run: async (ctx) => void (await askAboutMinimum(ctx)) },
    { name: 'sessions-options', everyMinutes: 5, run: async (ctx) => void (await lapseOptions(ctx)) },
  ],
};
