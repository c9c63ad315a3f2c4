import type { AgeBand, AttendanceMode, AttendanceState, RegistrationKind } from '../../core/schema.ts';
import type { SessionView } from '../timetable/index.ts';
import type { HalfDay, Sitting } from './attendance.rules.ts';

/** What stands written of somebody for one half-day. */
export type RollMark = {
  id: string;
  halfDay: HalfDay;
  state: AttendanceState;
  mode: AttendanceMode;
  minutes: number;
  /** When they came and left, where that is not the whole of the half-day. */
  arrivedAt: Date | null;
  leftAt: Date | null;
  occurredAt: Date;
  recordedBy: string | null;
  /** The strokes of their finger, where they signed on a screen. */
  strokes: string | null;
};

/** Somebody with a seat: a child by first name and year of birth, a member of a class by nothing at all. */
export type RollPerson = {
  attendeeId: string;
  registrationId: string;
  reference: string;
  kind: RegistrationKind;
  name: string | null;
  /** Who registered them, or the organisation's contact. */
  bookedBy: string | null;
  personId: string | null;
  organisation: string | null;
  birthYear: number | null;
  minor: boolean;
  tariff: string | null;
  /** Registered still; somebody who gave their seat back is told only where something was written of them. */
  comes: boolean;
  /** They were erased: counted, no longer named. */
  erased: boolean;
  marks: RollMark[];
};

/** Somebody counted without a name. */
export type RollWalkIn = { id: string; ageBand: AgeBand; occurredAt: Date; halfDay: HalfDay };

/** A mark that was put right since: kept, with who replaced it and when. */
export type Correction = {
  attendeeId: string;
  name: string | null;
  halfDay: HalfDay;
  state: AttendanceState;
  mode: AttendanceMode;
  minutes: number;
  arrivedAt: Date | null;
  leftAt: Date | null;
  occurredAt: Date;
  recordedBy: string | null;
  replacedAt: Date;
  replacedBy: string | null;
};

/** Who is expected at a session, who is there, and those counted without a name. */
export type Roll = {
  session: SessionView;
  sittings: Sitting[];
  people: RollPerson[];
  walkIns: RollWalkIn[];
  /** How many were counted in all, those taken back included: what tells one tap from the next. */
  taps: number;
};
