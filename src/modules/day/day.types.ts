import type { I18nText, Locale } from '../../core/i18n.ts';
import type { BookingStatus, Channel, SiteKind } from '../../core/schema.ts';
import type { SessionView } from '../timetable/index.ts';

/** The site whose day it is. */
export type DaySite = {
  id: string;
  slug: string;
  name: I18nText;
  kind: SiteKind;
  time_zone: string;
  telephone: string | null;
};

/** What is booked, as the team's lists say it. */
export type What = {
  resource_id: string;
  resource_slug: string;
  resource: I18nText;
  space: I18nText | null;
  letter: string | null;
  colour: string | null;
  line: I18nText | null;
};

/** Somebody expected on a day, there, gone or absent. */
export type Arrival = What & {
  id: string;
  reference: string;
  status: BookingStatus;
  version: number;
  start: Date;
  end: Date;
  people: number;
  purpose: string | null;
  check_in_required: boolean;
  release_at: Date | null;
  option_until: Date | null;
  checked_in_at: Date | null;
  pardoned_at: Date | null;
  person: string;
  telephone: string | null;
  organisation: string | null;
  /** The label of the places taken, where there are several to choose from. */
  places: string | null;
};

export type Request = Arrival & { created_at: Date };

export type CallKind = 'reminder' | 'displaced' | 'released' | 'cancelled' | 'moved' | 'offered';
export type Outcome = 'reached' | 'message' | 'unreachable';

/** Somebody to telephone. */
export type Call = {
  id: string;
  /** What it is about: a booking, or a registration for a session. */
  about: 'booking' | 'registration';
  kind: CallKind;
  due_day: string;
  done_at: Date | null;
  outcome: Outcome | null;
  reference: string;
  start: Date;
  end: Date;
  person: string;
  telephone: string | null;
  language: Locale;
  resource: I18nText;
  /** Why it does not take place, as everybody was told. */
  why: I18nText | null;
  /** It was an appointment: another is looked for from its page. */
  appointment: boolean;
  /** How many other dates of theirs the call may be about too. */
  others: number;
  /** What was proposed instead to those who read their mails. */
  instead: { reference: string; title: I18nText; start: string; end: string; timeZone: string; siteId: string }[];
};

export type Outage = What & { id: string; start: Date; end: Date; reason: I18nText; version: number };

export type Note = { id: string; day: string; body: string; author: string | null; done_at: Date | null };

/** How often a service was visited today without anybody giving a name. */
export type VisitCount = {
  line_id: string;
  letter: string;
  colour: string;
  name: I18nText;
  count: number;
  /** Those taken back included: what tells one tap from the next. */
  taps: number;
  /** Whether one of them can be taken back here: those of a session are, on its list. */
  undoable: boolean;
};

/** All that the team's day shows. */
export type DayView = {
  site: DaySite;
  day: string;
  isToday: boolean;
  arrivals: Arrival[];
  requests: Request[];
  calls: Call[];
  outages: Outage[];
  notes: Note[];
  visits: VisitCount[];
  /** What people gather for that day. */
  sessions: SessionView[];
  /** Who comes to an appointment, by its session. */
  comers: ReadonlyMap<string, string>;
  /** Low opinions that wait for somebody. */
  lowAnswers: number;
};

/** A booking with all that the team may know of it. */
export type Sheet = Arrival & {
  person_id: string;
  email: string | null;
  language: Locale;
  channel: Channel;
  created_at: Date;
  created_by: string | null;
  hold_expires_at: Date | null;
  override_reason: string | null;
  /** The person was erased: there is no record of them any more. */
  erased: boolean;
  /** Bookings of the same person that nobody came to, not forgiven. */
  absences: number;
  /** Why it is displaced, where it is. */
  outage: I18nText | null;
  floor: I18nText | null;
  calls: { day: string; kind: CallKind; outcome: Outcome | null; done: boolean }[];
};

/** One thing that happened to a booking: by whom, for whom and why. */
export type Happened = {
  at: Date;
  kind: string;
  reason: string | null;
  data: Record<string, unknown>;
  actor: string | null;
  /** The person of the booking acted. */
  own: boolean;
};
