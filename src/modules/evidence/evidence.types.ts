import type { AgeBand, AttendanceMode, AttendanceState, Operation } from '../../core/schema.ts';
import type { HalfDay, PeriodTotals } from '../attendance/index.ts';

export type SheetMark = {
  halfDay: HalfDay;
  state: AttendanceState;
  mode: AttendanceMode;
  minutes: number;
  /** When they came and left, where it was not for the whole of the half-day; and in words. */
  arrivedAt: string | null;
  leftAt: string | null;
  stayed: string | null;
  strokes: string | null;
};

export type SheetPerson = {
  attendeeId: string;
  registrationId: string;
  personId: string | null;
  name: string | null;
  organisation: string;
  /** A member of a class: told with the others of it, as a number. */
  group: boolean;
  minor: boolean;
  erased: boolean;
  marks: SheetMark[];
};

export type SheetSitting = {
  halfDay: HalfDay;
  day: string;
  half: string;
  hours: string;
  start: string;
  end: string;
  minutes: number;
};

/** The line a session is of, in the territory's language. */
export type Service = { slug: string; name: string };

/** A session as a sheet freezes it: its rows, and in words all that is printed around them. */
export type SheetSession = {
  sessionId: string;
  reference: string;
  title: string;
  place: string;
  service: Service | null;
  when: string;
  day: string;
  facts: [string, string][];
  totals: string[];
  sittings: SheetSitting[];
  people: SheetPerson[];
  walkIns: { halfDay: HalfDay; ageBand: AgeBand }[];
  /** What is printed under the table of a day: those who came without a name. */
  walkInLines: { day: string; text: string }[];
};

/** The words of a sheet that are not of a row, frozen with it so that it comes out the same for ever. */
export type Paper = {
  form: number;
  lang: string;
  territory: string;
  title: string;
  subtitle: string;
  /** What stands at the top of each page but the first. */
  running: string;
  emblem: string[] | null;
  /** The European Union pays: its flag is shown. */
  union: boolean;
  state: string;
  notes: string[];
  footer: string;
  facts: [string, string][];
  totals: [string, string][];
  totalNotes: string[];
  summary: { title: string; columns: string[]; rows: string[][] } | null;
  counter: { text: string; name: string } | null;
  /** How long the names are kept, by whom, and where one asks for one's own. */
  legal: string;
  words: PaperWords;
};

export type PaperWords = {
  page: string;
  rank: string;
  name: string;
  organisation: string;
  length: string;
  totals: string;
  countersignature: string;
  signatureOf: string;
  toSign: string[];
  states: Record<AttendanceState, string>;
  modes: Record<AttendanceMode, string>;
  onPaper: string;
  colon: string;
  union: string;
  unreadable: string;
  unsaid: string;
  noName: string;
  erased: string;
  people: string;
};

/** What a sheet is about: one session, or all those of a site in a month ("2026-11"). */
export type Subject = { sessionId: string } | { siteId: string; month: string };

/** A locked sheet, as its row keeps it. */
export type Sheet = {
  id: string;
  siteId: string;
  sessionId: string | null;
  /** "2026-11-01", where it is a month's. */
  periodStart: string | null;
  number: string;
  edition: number;
  operation: Operation;
  rows: SheetSession[];
  totals: { figures: PeriodTotals; paper: Paper };
  fileHash: string | null;
  countersignedName: string;
  countersignature: string | null;
  lockedAt: Date;
  keepUntil: string;
  reason: string | null;
};

/** A sheet in a list of its editions. */
export type SheetHead = Omit<Sheet, 'rows' | 'totals' | 'operation' | 'countersignature'> & { figures: PeriodTotals };
