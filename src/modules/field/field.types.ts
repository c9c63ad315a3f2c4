import type { I18nText, Locale } from '../../core/i18n.ts';
import type { AgeBand, AttendanceMode, AttendanceState, BookingStatus, SiteKind } from '../../core/schema.ts';

export type FieldSite = { id: string; slug: string; name: I18nText; kind: SiteKind; timeZone: string };

export type FieldStop = { id: string; place: I18nText; commune: string; start: Date; end: Date; aboard: string[] };

/** Somebody who has booked something. */
export type Expected = {
  id: string;
  reference: string;
  status: BookingStatus;
  start: Date;
  end: Date;
  people: number;
  person: string;
  resource: I18nText;
  checkedInAt: Date | null;
};

export type Mark = {
  id: string;
  halfDay: string;
  state: AttendanceState;
  mode: AttendanceMode;
  at: string;
};

export type Attendee = { id: string; name: string | null; marks: Mark[] };

/** A session of the day with its list; an appointment is one too, with why one comes. */
export type FieldSession = {
  id: string;
  /** Whose team answers for it: it may happen aboard another's bus. */
  siteId: string;
  reference: string;
  kind: string;
  title: I18nText;
  reason: I18nText | null;
  start: Date;
  end: Date;
  timeZone: string;
  stopId: string | null;
  leaders: string[];
  attendees: Attendee[];
};

/** Somebody who came without a name. */
export type WalkIn = { id: string; stopId: string | null; ageBand: AgeBand; at: Date };
export type FieldNote = { id: string; body: string; author: string | null; at: Date };
export type FieldLine = { id: string; letter: string; name: I18nText };

/** What a day holds, read at once. */
export type FieldDay = {
  site: FieldSite;
  day: string;
  isToday: boolean;
  stops: FieldStop[];
  bookings: Expected[];
  sessions: FieldSession[];
  walkIns: WalkIn[];
  notes: FieldNote[];
  lines: FieldLine[];
  /** Gestures that wait for somebody to settle them. */
  toSettle: number;
};

/** A part of the day: a stop of the bus, or the whole day of a site. */
export type Block = { stop: FieldStop | null; bookings: Expected[]; sessions: FieldSession[]; walkIns: WalkIn[] };

export type Words = { locale: Locale; main: Locale };
