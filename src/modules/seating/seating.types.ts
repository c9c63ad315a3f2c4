import type { Locale } from '../../core/i18n.ts';
import type { Channel, RegistrationKind, RegistrationStatus } from '../../core/schema.ts';
import type { Booker } from '../booking/index.ts';

/** Somebody who will sit: a child by first name and year of birth, a member of a class by nothing at all. */
export type AttendeeInput = {
  name?: string | undefined;
  birthYear?: number | undefined;
  minor?: boolean | undefined;
  /** The key of one of the session's tariffs. */
  tariff?: string | undefined;
  /** The person who registers comes too. */
  self?: boolean | undefined;
};

export type RegisterInput = {
  /** One session; one date of a course, for all its dates; or an event with the parts chosen of it. */
  sessionIds: readonly string[];
  kind: RegistrationKind;
  person: Booker;
  organisationId?: string | undefined;
  attendees: readonly AttendeeInput[];
  answers?: Record<string, string> | undefined;
  /** A parent or guardian agrees that the minors come. */
  consent?: boolean | undefined;
  /** By what right somebody registers another: "sa fille", "assistante sociale". */
  mandate?: string | undefined;
  communeCode?: string | undefined;
  note?: string | undefined;
  channel: Channel | 'relay';
  /** The team goes past the rules that may be passed; the reason is kept in the journal. */
  override?: { reason: string } | undefined;
  /** The team registers somebody who stands at the door. */
  arrived?: boolean | undefined;
};

/** What became of a registration for one session. */
export type RegistrationState = {
  id: string;
  reference: string;
  sessionId: string;
  status: RegistrationStatus;
  /** Which one waits: 1 is next. */
  rank: number | null;
  holdExpiresAt: Date | null;
  offerExpiresAt: Date | null;
  version: number;
};

export type Registered = { registrations: RegistrationState[]; personId: string };

export type AttendeeView = {
  id: string;
  name: string | null;
  birthYear: number | null;
  minor: boolean;
  seat: number | null;
  tariff: string | null;
  personId: string | null;
};

export type RegistrationView = {
  id: string;
  reference: string;
  sessionId: string;
  requestId: string | null;
  kind: RegistrationKind;
  status: RegistrationStatus;
  rank: number | null;
  places: number;
  person: { id: string; name: string; email: string | null; telephone: string | null };
  organisation: string | null;
  attendees: AttendeeView[];
  answers: Record<string, string>;
  consentAt: Date | null;
  mandate: string | null;
  note: string | null;
  communeCode: string | null;
  channel: Channel | 'relay';
  language: Locale;
  createdAt: Date;
  registeredAt: Date | null;
  cancelledAt: Date | null;
  cancelledLate: boolean;
  cancelCause: 'person' | 'team' | 'expired' | 'declined' | 'session' | null;
  holdExpiresAt: Date | null;
  offerExpiresAt: Date | null;
  waitingSince: Date | null;
  version: number;
};

/**
 * Which registration is meant, by its id or its public reference. `key` (`registrationKey`) is the secret of the links in
 * mails: it lets the person act without signing in. `version`: refused as stale when it has changed since.
 */
export type RegistrationTarget = { registration: string; key?: string | undefined; version?: number | undefined };
