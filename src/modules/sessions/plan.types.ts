import type { Span } from '../../core/clock.ts';
import type { I18nText, Locale } from '../../core/i18n.ts';
import type {
  Audience,
  Channel,
  Operation,
  PlaceOfSession,
  PriceKind,
  Question,
  SessionAddress,
  SessionKind,
  Tariff,
} from '../../core/schema.ts';

/** All that is said of a session, its dates aside. What is left out has the table's default. */
export type SessionFields = {
  kind: SessionKind;
  lineId?: string | null | undefined;
  title: I18nText;
  summary?: I18nText | undefined;
  /** Markdown. */
  description?: I18nText | undefined;
  language?: Locale | undefined;
  /** Whose team answers for it. */
  siteId: string;
  placeKind: PlaceOfSession;
  stopId?: string | null | undefined;
  address?: SessionAddress | null | undefined;
  onlineUrl?: string | null | undefined;
  setUpMinutes?: number | undefined;
  cleanUpMinutes?: number | undefined;
  enrolment?: 'none' | 'seat' | undefined;
  seats?: number | null | undefined;
  minimum?: number | null | undefined;
  opensAt?: Date | null | undefined;
  /** For the first date; as long before each of the others. */
  closesAt?: Date | null | undefined;
  audience?: Audience | undefined;
  ageMin?: number | null | undefined;
  ageMax?: number | null | undefined;
  groupId?: string | null | undefined;
  perOrganisation?: number | null | undefined;
  priceKind?: PriceKind | undefined;
  tariffs?: Tariff[] | undefined;
  questions?: Question[] | undefined;
  accessibility?: I18nText | undefined;
  photoId?: string | null | undefined;
  operation?: Operation | undefined;
  reasonId?: string | null | undefined;
  /** Persons; the time of those who are helpers is taken like a room. */
  leaderIds?: readonly string[] | undefined;
  organisationIds?: readonly string[] | undefined;
  things?: readonly { resourceId: string; people: number }[] | undefined;
  /** The event it is a part of, and the set of which its guests choose one. */
  parentId?: string | null | undefined;
  track?: string | null | undefined;
};

/** A date, with the things of its own where they are not those of the others. */
export type PlannedSpan = Span & { things?: readonly { resourceId: string; people: number }[] | undefined };

export type PlanInput = SessionFields & {
  /** Each date becomes a session; several become a series. All are kept, or none. */
  dates: readonly PlannedSpan[];
  publish: boolean;
  optionUntil?: Date | null | undefined;
  /** How a series was asked for, and whether one registers for one date or for the whole course. */
  series?: { enrolment: 'date' | 'course'; pattern: object } | undefined;
  channel?: Channel | undefined;
};

export type Planned = {
  seriesId: string | null;
  sessions: { id: string; reference: string; start: Date; end: Date }[];
};
