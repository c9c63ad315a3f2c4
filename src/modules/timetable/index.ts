export {
  expandDates,
  mostDates,
  type Pattern,
  type Shift,
  type Stop,
  shiftBetween,
  shiftWall,
  spanOn,
} from './dates.rules.ts';
export { isMove, type Matter, matters, mattersBetween, mustBeTold } from './matters.rules.ts';
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
export type { SessionQuery, SessionView, Welcome } from './sessions.types.ts';
export { wasAndIs } from './was.rules.ts';
