import type { Module } from '../../core/module.ts';
import { askAboutMinimum, lapseOptions } from './jobs.ts';
import { sessionsSentences } from './sessions.sentences.ts';

export { fieldsOf } from './columns.ts';
export { expandDates, mostDates, type Pattern, type Stop, spanOn } from './dates.rules.ts';
export { type EditInput, editSession, setSeats } from './edit.ts';
export {
  type CancelInput,
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
export { isMove, type Matter, matters, mattersBetween, mustBeTold } from './matters.rules.ts';
export {
  type DateApart,
  type MoveInput,
  movedWithTheirPlace,
  moveInside,
  moveSession,
  type PreviewedMove,
  previewMove,
} from './move.ts';
export { mostSeats } from './plan.rules.ts';
export type { PlanInput, Planned, PlannedSpan, SessionFields } from './plan.types.ts';
export { isForAll, type Pass, passOf, passQuery, readable, sessionFor } from './seen.ts';
export { isPublic, type SessionState, seatsLeft, stateOf } from './sessions.rules.ts';
export {
  countSessions,
  findSessions,
  partsOf,
  sessionByReference,
  sessionsByIds,
  sessionsOfSeries,
} from './sessions.store.ts';
export type {
  SessionLine,
  SessionQuery,
  SessionSite,
  SessionStop,
  SessionView,
  Welcome,
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
