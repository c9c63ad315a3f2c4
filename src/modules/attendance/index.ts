import type { Module } from '../../core/module.ts';
import { onErase, personalData } from '../privacy/index.ts';
import { attendanceSentences } from './attendance.sentences.ts';
import { attendanceData, eraseAttendance } from './privacy.ts';

export { earlyMinutes, leadsNow, mayMark } from './access.ts';
export { attendanceMessages } from './attendance.messages.ts';
export { type HalfDay, type Sitting, sittingAt, sittingsOf } from './attendance.rules.ts';
export {
  halfName,
  halfParam,
  markOf,
  modeOf,
  nameOf,
  type Pen,
  penOf,
  placeOf,
  sittingNamed,
} from './attendance.words.ts';
export { groupSchema, markGroup } from './group.ts';
export { hoursSchema, setHours } from './hours.ts';
export { type Marked, type MarkInput, markAttendance, markSchema, strokesSchema } from './mark.ts';
export { correctionsOf, ownRoll, registrationIn, rollOf, rollsOf } from './roll.store.ts';
export type { Correction, Roll, RollMark, RollPerson, RollWalkIn } from './roll.types.ts';
export { tapId } from './tap.ts';
export { namedWho, type PeriodTotals, periodTotals, type Totals, totalsOf } from './totals.rules.ts';
export { ageBands, type WalkInInput, walkIn, walkInSchema, withdrawWalkIn } from './walk-in.ts';

personalData.push(attendanceData);
onErase.push(eraseAttendance);

/** Who was there, half-day by half-day, and who was counted without a name: the commands, the roll and its totals. */
export const attendance: Module = { name: 'attendance', sentences: attendanceSentences };
