import type { Module } from '../../core/module.ts';

export { onSessionChange, type SessionChange } from './hooks.ts';
export type { PlanInput, Planned, SessionFields } from './plan.types.ts';
export { isPublic, type SessionState, seatsLeft, stateOf } from './sessions.rules.ts';
export { findSessions, partsOf, sessionByReference, sessionsByIds, sessionsOfSeries } from './sessions.store.ts';
export type {
  SessionLine,
  SessionQuery,
  SessionSite,
  SessionStop,
  SessionView,
} from './sessions.types.ts';

/** What people gather for: planned, published, moved, cancelled; how a session is read. */
export const sessions: Module = { name: 'sessions' };
