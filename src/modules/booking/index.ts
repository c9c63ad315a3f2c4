/** The front door of booking: every way to take, change or give back something, and what others may read of it. */

export { bookingKey } from '../../core/codes.ts';
export { approve, decline, declineSchema } from './approve.ts';
export { type Resolved, resolveBooker } from './booker.ts';
export { canOverride, presets, type RuleLevels, type Rules, resolveRules } from './booking.rules.ts';
export { bookingSentences } from './booking.sentences.ts';
export type {
  Affected,
  Booked,
  Booker,
  Item,
  PlannedDate,
  Reserved,
  ReserveInput,
  Target,
} from './booking.types.ts';
export { cancel, cancelSchema } from './cancel.ts';
export { targetSchema } from './change.ts';
export { checkIn, earlyMinutes, endEarly, markNoShow, undoCheckIn } from './check-in.ts';
export { type ConfirmInput, confirm, confirmSchema } from './confirm.ts';
export { type Holder, heldBy } from './held-by.ts';
export {
  type Clash,
  giveBackSessions,
  holdForSessions,
  previewHolding,
  type SessionWant,
} from './hold-for-sessions.ts';
export { belongingsOf, organisationLike, unconfirmedOf } from './limits.store.ts';
export { lockHelpers, lockSessions, lockThings } from './lock-things.ts';
export { type MoveInput, move, moveSchema } from './move.ts';
export { keepOption } from './option.ts';
export {
  type Closed,
  closeForOutage,
  liftClosure,
  liftSchema,
  type OutageInput,
  outageSchema,
  previewOutage,
  sessionsInOutage,
} from './outage.ts';
export { absencesOf, pardon, pardonSchema } from './pardon.ts';
export { keepSeries, mostWeeks, planSeries, type SeriesInput, weeklyDates } from './recur.ts';
export { askAfterAbsence, expireHolds, lapseRequests, releaseLate } from './release.ts';
export { checkOnly, holdMinutes, reserve, reserveSchema, visitorSchema } from './reserve.ts';
export { journalRows, outboxRows } from './taking.ts';
export { undoNoShow } from './undo-no-show.ts';
export { attach, codeRow, isUsed, type Purpose, personWith, tryCode } from './visitor.ts';
export { type Rows, write } from './write.store.ts';
