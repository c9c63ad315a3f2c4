import type { Span } from '../../core/clock.ts';
import type { Reason } from '../../core/errors.ts';
import type { Locale } from '../../core/i18n.ts';
import type { BookingStatus, Channel } from '../../core/schema.ts';
import type { Equivalent } from '../finding/index.ts';

/** One thing wanted at one time. */
export type Item = { resourceId: string; start: Date; end: Date };

/** Who books: a person already known, or somebody who gives a name (and an e-mail, or a telephone number at the desk). */
export type Booker =
  | { id: string }
  | { name: string; email?: string | undefined; telephone?: string | undefined; language?: Locale | undefined };

export type ReserveInput = {
  /** Several things in one request: all are given, or none. */
  items: Item[];
  people: number;
  person: Booker;
  organisationId?: string | undefined;
  /** A visitor names an organisation: it is known only once they are, its limits bind what they ask already. */
  newOrganisation?: boolean | undefined;
  purpose?: string | undefined;
  channel: Channel;
  /** The team goes past the rules that may be passed; the reason is kept. */
  override?: { reason: string } | undefined;
  /** The team holds it as an option until this instant. */
  optionUntil?: Date | undefined;
  /** The team books for somebody who is already there: checked in at once. */
  arrived?: boolean | undefined;
  seriesId?: string | undefined;
};

/**
 * Which booking is meant. `booking` is its id or its public reference. `key` (see `bookingKey`) is the secret of the
 * links in mails: it lets the person act without signing in. `version`: refused as stale when the booking has changed.
 */
export type Target = { booking: string; key?: string | undefined; version?: number | undefined };

/** What a command says of a booking once done. */
export type Booked = {
  id: string;
  reference: string;
  resourceId: string;
  siteId: string;
  personId: string;
  status: BookingStatus;
  start: Date;
  end: Date;
  people: number;
  version: number;
  requestId: string | null;
  seriesId: string | null;
  holdExpiresAt: Date | null;
};

export type Reserved = { bookings: Booked[]; requestId: string | null; seriesId: string | null };

/** One date of a weekly series, checked before anything is kept. */
export type PlannedDate = Span & { resourceId: string; ok: boolean; reasons: Reason[]; alternatives: Equivalent[] };

/** A booking that an outage would displace. */
export type Affected = Booked & {
  personName: string;
  hasEmail: boolean;
  telephone: string | null;
  /** In use now: it would be cut now, not displaced. */
  inUse: boolean;
  equivalents: Equivalent[];
};
