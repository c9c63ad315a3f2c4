import type { Module } from '../../core/module.ts';
import { onErase, personalData } from '../privacy/index.ts';
import { eraseHook, personalDataPart } from './hooks.ts';
import { presenceSentences } from './presence.sentences.ts';

export { addAbsence, checkAbsence, removeAbsence } from './absence.ts';
export { mayRun, mayTake, mustWriteReasons, runHelper } from './access.ts';
export { mixOf } from './choice.rules.ts';
export { type FreeTimesQuery, freeOf, freeTimes, isFree, type Wanted, windowFor } from './free-times.ts';
export { offer } from './offers.ts';
export type { Clash, OpenDay } from './open.rules.ts';
export {
  closePresence,
  type Line,
  type LinePreview,
  type OpenInput,
  openPresence,
  previewOpening,
} from './open-presence.ts';
export type { Parts, PresentAt } from './presence.rules.ts';
export { type OpenedRule, openedRules, presenceSites, readCalendars } from './presence.store.ts';
export type { Calendar, FreeTime, Helper, PresenceSite, Reason } from './presence.types.ts';
export { helperOfPerson, helpers, reasonBySlug, reasons, reasonsById, reasonsOffered } from './reasons.store.ts';
export { minutesIn } from './spans.rules.ts';
export { kmBetween } from './travel.rules.ts';
export { receivesAt, type Village, villagesBetween } from './villages.store.ts';

personalData.push(personalDataPart);
onErase.push(eraseHook);

/** Who receives people, for what, where and when; what of their time is free, the road included. */
export const presence: Module = { name: 'presence', sentences: presenceSentences };
