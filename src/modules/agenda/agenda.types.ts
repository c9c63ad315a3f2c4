import type { I18nText } from '../../core/i18n.ts';
import type { SessionView, Welcome } from '../timetable/index.ts';

/** The bus at a place for a time, as what is on. */
export type StopView = {
  id: string;
  version: number;
  start: Date;
  end: Date;
  timeZone: string;
  siteId: string;
  siteSlug: string;
  siteName: I18nText;
  siteTelephone: string | null;
  place: I18nText;
  address: string | null;
  /** What one finds aboard, in the main language. */
  aboard: string[];
  commune: string;
  communeCode: string;
  lat: number;
  lon: number;
  howToCome: I18nText;
  accessibility: I18nText;
  cancelled: boolean;
  cancelReason: I18nText;
  demonstration: boolean;
  distanceKm: number | null;
};

/** One line of the agenda. */
export type AgendaItem = { start: Date; end: Date; id: string } & (
  | { kind: 'session'; session: SessionView }
  | { kind: 'stop'; stop: StopView }
);

/** Where a list goes on. */
export type After = { start: Date; id: string };

/** What is asked of the agenda, once understood. */
export type AgendaQuery = {
  from: Date;
  to: Date;
  siteSlug?: string | undefined;
  lineSlug?: string | undefined;
  near?: { lat: number; lon: number; label: string } | undefined;
  withinKm?: number | undefined;
  communeCode?: string | undefined;
  age?: number | undefined;
  welcome?: Welcome | undefined;
  seatsFree?: number | undefined;
};
