import type { I18nText } from '../../core/i18n.ts';
import type { Channel } from '../../core/schema.ts';
import type { Booker } from '../booking/index.ts';
import type { AttendeeInput } from '../registrations/index.ts';

/** Where, when and with whom. */
export type AppointmentTime = { helperId: string; siteId: string; stopId: string | null; start: Date };

export type MakeInput = AppointmentTime & {
  reasonSlug: string;
  person: Booker;
  /** Left out, the person comes alone. */
  attendees?: readonly AttendeeInput[] | undefined;
  /** By what right somebody takes it for another: "sa fille", "assistante sociale". */
  mandate?: string | undefined;
  note?: string | undefined;
  communeCode?: string | undefined;
  channel: Channel | 'relay';
};

/** An appointment as those who may read it see it. */
export type AppointmentView = {
  sessionId: string;
  sessionReference: string;
  reference: string;
  registrationId: string;
  version: number;
  status: 'held' | 'registered' | 'waiting' | 'offered' | 'invited' | 'cancelled';
  holdExpiresAt: Date | null;
  start: Date;
  end: Date;
  timeZone: string;
  helper: { id: string | null; personId: string; name: string };
  reasonId: string | null;
  reasonSlug: string | null;
  reason: I18nText | null;
  bring: I18nText | null;
  site: { id: string; slug: string; name: I18nText; telephone: string | null };
  stop: { id: string; place: I18nText; commune: string } | null;
  commune: string | null;
  person: { id: string; name: string; email: string | null; telephone: string | null };
  attendees: { name: string | null; self: boolean }[];
  places: number;
  mandate: string | null;
  note: string | null;
  communeCode: string | null;
  /** Who took it, for themselves or another, and when. */
  takenBy: string | null;
  takenAt: Date;
};
