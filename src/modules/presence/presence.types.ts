import type { Span } from '../../core/clock.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { SiteKind } from '../../core/schema.ts';
import type { Commitment, Presence, SiteOfPresence } from './presence.rules.ts';

/** Why one comes to somebody, how long it takes, and what to bring. */
export type Reason = {
  id: string;
  slug: string;
  name: I18nText;
  summary: I18nText;
  bring: I18nText;
  lineId: string | null;
  minutes: number;
  places: number;
  who: 'public' | 'member' | 'team';
  noticeMinutes: number;
  horizonDays: number;
  version: number;
  archived: boolean;
};

/** Somebody whose time others may take. */
export type Helper = {
  id: string;
  personId: string;
  name: string;
  email: string | null;
  siteId: string;
  siteName: I18nText;
  does: I18nText;
  lineId: string | null;
  reasonIds: string[];
  version: number;
  archived: boolean;
};

export type PresenceSite = SiteOfPresence & {
  slug: string;
  kind: SiteKind;
  name: I18nText;
  commune: string | null;
  telephone: string | null;
  words: ReadonlyMap<string, StopWords>;
};
export type StopWords = { place: I18nText; commune: string; communeCode: string };

/** All that says when a helper can be had, between two instants. */
export type Calendar = {
  helper: { id: string; personId: string; name: string; does: I18nText };
  presences: Presence[];
  commitments: (Commitment & { sessionId: string })[];
  absences: (Span & { id: string })[];
};

/** Time of one helper at one place in which an appointment may begin, and when. */
export type FreeTime = {
  helper: { id: string; personId: string; name: string; does: I18nText };
  site: { id: string; slug: string; kind: SiteKind; name: I18nText; commune: string | null; telephone: string | null };
  stop: ({ id: string } & StopWords) | null;
  timeZone: string;
  start: Date;
  end: Date;
  /** Each begins an appointment of the reason's length. */
  starts: Date[];
  /** Kilometres as the crow flies from the point asked for. */
  distanceKm: number | null;
};
