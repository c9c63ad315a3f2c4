import type { Module } from '../../core/module.ts';
import { onErase, personalData } from '../privacy/index.ts';
import { attendanceSentences } from './attendance.sentences.ts';
import { ownRoutes } from './own.routes.tsx';
import { attendanceData, eraseAttendance } from './privacy.ts';
import { rollRoutes } from './roll.routes.tsx';

export { attendanceMessages } from './attendance.messages.ts';
export { type HalfDay, type Sitting, sittingAt, sittingsOf } from './attendance.rules.ts';
export { halfName, modeOf, nameOf, type Pen, penOf, placeOf } from './attendance.words.ts';
export { aboutSession } from './hooks.ts';
export { earlyMinutes, type Marked, type MarkInput, markAttendance, markSchema, strokesSchema } from './mark.ts';
export { padSize, SignaturePad, Strokes } from './pad.tsx';
export { enterRoll } from './roll.routes.tsx';
export { rollOf, rollsOf } from './roll.store.ts';
export type { Roll, RollMark, RollPerson, RollWalkIn } from './roll.types.ts';
export { tapId } from './tap.ts';
export { namedWho, type PeriodTotals, periodTotals, type Totals, totalsOf } from './totals.rules.ts';
export { ageBands, type WalkInInput, walkIn, walkInSchema, withdrawWalkIn } from './walk-in.ts';

personalData.push(attendanceData);
onErase.push(eraseAttendance);

/** Who was there: the list of a session, signatures, those who say it themselves, those counted without a name. */
export const attendance: Module = {
  name: 'attendance',
  routes: (app) => {
    ownRoutes(app);
    rollRoutes(app);
  },
  sentences: attendanceSentences,
};
