import type { I18nText, Locale } from '../../core/i18n.ts';
import type {
  Audience,
  Operation,
  PlaceOfSession,
  PriceKind,
  Question,
  SessionAddress,
  SessionKind,
  SessionStatus,
  SiteKind,
  Tariff,
} from '../../core/schema.ts';

export type SessionLine = { id: string; slug: string; letter: string; colour: string; name: I18nText };
export type SessionSite = {
  id: string;
  slug: string;
  kind: SiteKind;
  name: I18nText;
  address: string | null;
  commune: string | null;
  communeCode: string | null;
  lat: number | null;
  lon: number | null;
  telephone: string | null;
  howToCome: I18nText;
  accessibility: I18nText;
  photo: string | null;
};
export type SessionStop = {
  id: string;
  place: I18nText;
  address: string | null;
  /** What one finds aboard, in the main language. */
  aboard: string[];
  commune: string;
  communeCode: string;
  lat: number;
  lon: number;
};

/** A session as it is read: what is written of it, where it happens, and how many seats are left. */
export type SessionView = {
  id: string;
  reference: string;
  seriesId: string | null;
  /** Whether one registers for all the dates of its series at once. */
  course: boolean;
  parentId: string | null;
  track: string | null;
  kind: SessionKind;
  line: SessionLine | null;
  title: I18nText;
  summary: I18nText;
  /** Markdown. */
  description: I18nText;
  language: Locale;
  /** Whose team answers for it; it happens there only where `placeKind` is "site". */
  site: SessionSite;
  placeKind: PlaceOfSession;
  stop: SessionStop | null;
  address: SessionAddress | null;
  /** Only for those who come: never on a public page. */
  onlineUrl: string | null;
  start: Date;
  end: Date;
  timeZone: string;
  setUpMinutes: number;
  cleanUpMinutes: number;
  enrolment: 'none' | 'seat';
  /** null: as many as come. */
  seats: number | null;
  /** Seats given, held or offered. */
  taken: number;
  /** Places asked for by those who wait. */
  waiting: number;
  minimum: number | null;
  opensAt: Date | null;
  closesAt: Date | null;
  audience: Audience;
  ageMin: number | null;
  ageMax: number | null;
  groupId: string | null;
  perOrganisation: number | null;
  priceKind: PriceKind;
  tariffs: Tariff[];
  questions: Question[];
  accessibility: I18nText;
  photo: string | null;
  photoAlt: I18nText | null;
  operation: Operation;
  reasonId: string | null;
  status: SessionStatus;
  optionUntil: Date | null;
  publishedAt: Date | null;
  cancelledAt: Date | null;
  statusReason: I18nText;
  demonstration: boolean;
  version: number;
  /** What it takes, that has a place: its rooms and machines. */
  things: { id: string; slug: string; name: I18nText; siteSlug: string; people: number }[];
  leaders: { id: string; name: string }[];
  organisations: { id: string; name: string }[];
  /** Kilometres from the point asked for, as the crow flies. */
  distanceKm: number | null;
};

/** Whom one looks for: everybody without condition, those a range of ages was said for, those old enough, or members. */
export type Welcome = 'everyone' | 'children' | 'teenagers' | 'adults' | 'members';

/** Which sessions are asked for; drafts and appointments only where it says so. */
export type SessionQuery = {
  /** Those that last into this span. */
  from: Date;
  to: Date;
  siteId?: string | undefined;
  siteSlug?: string | undefined;
  lineSlug?: string | undefined;
  kinds?: readonly SessionKind[] | undefined;
  /** Only those that suit this age. */
  age?: number | undefined;
  /** Only those that are for them. */
  welcome?: Welcome | undefined;
  /** Only those with at least this many seats left. */
  seatsFree?: number | undefined;
  near?: { lat: number; lon: number } | undefined;
  /** At most this far from `near`. */
  withinKm?: number | undefined;
  /** A commune: what happens in it. */
  communeCode?: string | undefined;
  drafts?: boolean | undefined;
  appointments?: boolean | undefined;
  /** The parallel sessions of an event beside the others; left out, only whole events are listed. */
  parts?: boolean | undefined;
  /** Sessions for some only (a group, those invited) are left out unless this says otherwise. */
  closed?: boolean | undefined;
  /** A person: what is for their groups, and what they are invited to, beside what is for all. */
  reader?: string | null | undefined;
  after?: { start: Date; id: string } | undefined;
  limit?: number | undefined;
};
