import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { I18nText, Locale } from './i18n.ts';

/** The tables of a territory as TypeScript sees them; the migrations are the truth, test/schema.test.ts compares the two. */
type Text = JSONColumnType<I18nText, I18nText | string | undefined, I18nText | string>;
type Json<T extends object> = JSONColumnType<T, T | string | undefined, T | string>;
type Instant = ColumnType<Date, Date, Date>;
type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>;

export type SiteKind = 'station' | 'mini_station' | 'mobile';
export const resourceKinds = [
  'fab_lab',
  'machine',
  'coworking_desk',
  'meeting_room',
  'creativity_room',
  'hall',
  'campus_desk',
  'office',
  'kit',
  'mobile_lab',
] as const;
export type ResourceKind = (typeof resourceKinds)[number];
export type BookingStatus = 'requested' | 'held' | 'confirmed' | 'checked_in' | 'cancelled' | 'displaced' | 'no_show';
export type Channel = 'web' | 'desk' | 'api' | 'import' | 'demonstration';
export type Role = 'administrator' | 'team' | 'member';
export type PriceKind = 'unknown' | 'free' | 'amount';
export type PricePer = 'hour' | 'half_day' | 'day' | 'booking';
export type Preset = 'open' | 'members' | 'on_request';

export type SessionKind =
  | 'workshop'
  | 'training'
  | 'talk'
  | 'event'
  | 'appointment'
  | 'open_door'
  | 'visit'
  | 'meeting';
export type SessionStatus = 'draft' | 'published' | 'postponed' | 'cancelled';
export type PlaceOfSession = 'site' | 'stop' | 'address' | 'online';
export type Audience = 'all' | 'ages' | 'members' | 'group' | 'invited';
export type RegistrationStatus = 'held' | 'registered' | 'waiting' | 'offered' | 'invited' | 'cancelled';
export type RegistrationKind = 'self' | 'household' | 'group';
export type AttendanceState = 'present' | 'absent' | 'excused';
export type AttendanceMode = 'desk' | 'qr' | 'signature' | 'self';
/** The age bands of the Coop de la médiation numérique, at most. */
export type AgeBand = 'under_12' | '12_18' | '18_24' | '25_39' | '40_59' | '60_69' | '70_over' | 'unsaid';
/** Where a session happens when it is neither at a site nor at a stop: a company, a school, a town hall. */
export type SessionAddress = {
  name: string;
  street?: string;
  postcode?: string;
  communeCode?: string;
  town?: string;
  lat?: number;
  lon?: number;
  /** What one must know before coming: safety shoes, an identity card at the gate. */
  instructions?: I18nText;
};
export type Tariff = { key: string; name: I18nText; cents: number };
/** A short question asked when registering; the answers are erased `keepDays` after the session. */
export type Question = { key: string; label: I18nText; required: boolean; purpose: I18nText; keepDays: number };
/** What a funder wants to read on a sheet: the emblem's name, the operation's number and title. */
export type Operation = { emblem?: string; number?: string; title?: string };

/** What may be set on a site, a space or a resource; the nearest level wins, key by key. Minutes unless said. */
export type RuleSet = {
  noticeMinutes?: number;
  horizonDays?: number;
  minMinutes?: number;
  maxMinutes?: number;
  /** At most this many minutes for one person within `windowDays` (rolling back and forward from the booking). */
  personWindowMinutes?: number;
  organisationWindowMinutes?: number;
  windowDays?: number;
  /** At most this many bookings still to come. */
  personAtOnce?: number;
  organisationAtOnce?: number;
  ownOverlaps?: boolean;
  who?: 'public' | 'member' | 'team' | 'group';
  groupSlug?: string;
  approval?: boolean;
  cancelUntilMinutes?: number;
  checkIn?: boolean;
  releaseMinutes?: number;
};

/** A point near which one looks, and what to call it. */
export type NearPoint = { lat: number; lon: number; label: string };
/** By resource, the runs of starts that were already free, in minutes since 1970. */
export type SeenStarts = Record<string, [number, number][]>;
/** A slot somebody was told of, its instants as text. */
export type OfferedSlot = { resourceId: string; start: string; end: string };

export interface Database {
  territory: {
    id: string;
    slug: string;
    name: string;
    main_language: Generated<Locale>;
    country: Generated<string>;
    time_zone: Generated<string>;
    telephone: string | null;
    email: string | null;
    publisher: Json<Record<string, string>>;
    demonstration: Generated<boolean>;
    seeded_at: MaybeInstant;
    version: Generated<number>;
  };
  commune: {
    code: string;
    name: string;
    search_name: string;
    country: Generated<string>;
    postcodes: Generated<string[]>;
    population: number | null;
    lat: number;
    lon: number;
    in_territory: Generated<boolean>;
  };
  line: { id: string; letter: string; slug: string; name: Text; colour: string; rank: Generated<number> };
  file: {
    id: string;
    sha256: string;
    media_type: string;
    byte_size: number;
    width: number | null;
    height: number | null;
    created_at: Instant;
    /** What the picture shows, for those who do not see it. */
    alt: Text;
  };
  site: {
    id: string;
    slug: string;
    kind: SiteKind;
    name: Text;
    summary: Text;
    commune_code: string | null;
    address: string | null;
    lat: number | null;
    lon: number | null;
    time_zone: string;
    telephone: string | null;
    email: string | null;
    how_to_come: Text;
    accessibility: Text;
    closed_on_holidays: Generated<boolean>;
    rules: Json<RuleSet>;
    photo_id: string | null;
    demonstration: Generated<boolean>;
    rank: Generated<number>;
    version: Generated<number>;
    archived_at: MaybeInstant;
  };
  space: {
    id: string;
    site_id: string;
    slug: string;
    name: Text;
    summary: Text;
    line_id: string | null;
    floor: Text;
    area_m2: number | null;
    rules: Json<RuleSet>;
    photo_id: string | null;
    demonstration: Generated<boolean>;
    rank: Generated<number>;
    version: Generated<number>;
    archived_at: MaybeInstant;
  };
  resource: {
    id: string;
    slug: string;
    site_id: string;
    space_id: string | null;
    kind: ResourceKind;
    name: Text;
    summary: Text;
    line_id: string | null;
    capacity: Generated<number>;
    equipment: Json<I18nText[]>;
    needs: Generated<string[]>;
    requirement: Text;
    minimum_age: number | null;
    buffer_before: Generated<number>;
    buffer_after: Generated<number>;
    step_minutes: Generated<number>;
    price_kind: Generated<PriceKind>;
    price_cents: number | null;
    price_per: PricePer | null;
    price_tax_bp: number | null;
    preset: Generated<Preset>;
    rules: Json<RuleSet>;
    photo_id: string | null;
    demonstration: Generated<boolean>;
    rank: Generated<number>;
    version: Generated<number>;
    archived_at: MaybeInstant;
  };
  resource_content: { container_id: string; content_id: string };
  unit: {
    id: string;
    resource_id: string | null;
    helper_id: string | null;
    label: string;
    rank: Generated<number>;
    archived_at: MaybeInstant;
  };
  opening_rule: {
    id: string;
    site_id: string | null;
    space_id: string | null;
    resource_id: string | null;
    weekday: number;
    opens: number;
    closes: number;
    valid_from: string | null;
    valid_to: string | null;
  };
  opening_exception: {
    id: string;
    site_id: string | null;
    space_id: string | null;
    resource_id: string | null;
    day: string;
    opens: number | null;
    closes: number | null;
    reason: Text;
  };
  stop: {
    id: string;
    site_id: string;
    commune_code: string;
    place: Text;
    address: string | null;
    lat: number;
    lon: number;
    starts_at: Instant;
    ends_at: Instant;
    demonstration: Generated<boolean>;
    cancelled_at: MaybeInstant;
    version: Generated<number>;
    aboard: Json<string[]>;
    series_id: string | null;
    draft: Generated<boolean>;
    cancel_reason: Text;
  };
  person: {
    id: string;
    name: string;
    email: string | null;
    telephone: string | null;
    language: Generated<Locale>;
    confirmed_at: MaybeInstant;
    created_at: Instant;
    last_seen_at: MaybeInstant;
    merged_into: string | null;
    erased_at: MaybeInstant;
    version: Generated<number>;
  };
  account: {
    id: string;
    person_id: string;
    created_at: Instant;
    disabled_at: MaybeInstant;
    pin_hash: string | null;
    pin_failures: Generated<number>;
  };
  account_session: {
    id: string;
    account_id: string;
    token_hash: string;
    created_at: Instant;
    last_used_at: Instant;
    expires_at: Instant;
    agent: Generated<string>;
    device_id: string | null;
    revoked_at: MaybeInstant;
  };
  email_code: {
    id: string;
    email: string;
    purpose: 'sign_in' | 'booking' | 'invitation' | 'wish' | 'registration';
    subject_id: string | null;
    code_hash: string;
    token_hash: string;
    created_at: Instant;
    expires_at: Instant;
    attempts: Generated<number>;
    used_at: MaybeInstant;
  };
  rate_limit: { key: string; window_start: Instant; hits: number };
  organisation: {
    id: string;
    name: string;
    country: Generated<string>;
    registration: string | null;
    created_at: Instant;
    version: Generated<number>;
  };
  organisation_member: { organisation_id: string; person_id: string; created_at: Instant };
  role_grant: {
    id: string;
    person_id: string;
    site_id: string | null;
    role: Role;
    granted_by: string | null;
    created_at: Instant;
    expires_at: MaybeInstant;
    revoked_at: MaybeInstant;
  };
  person_group: { id: string; slug: string; name: Text; created_at: Instant };
  person_group_member: { group_id: string; person_id: string; created_at: Instant };
  invitation: {
    id: string;
    email: string;
    role: Role;
    site_id: string | null;
    token_hash: string;
    invited_by: string | null;
    created_at: Instant;
    expires_at: Instant;
    accepted_at: MaybeInstant;
    revoked_at: MaybeInstant;
  };
  device: {
    id: string;
    site_id: string;
    name: string;
    token_hash: string;
    enrolled_by: string | null;
    created_at: Instant;
    last_used_at: MaybeInstant;
    revoked_at: MaybeInstant;
  };
  api_token: {
    id: string;
    account_id: string;
    name: string;
    token_hash: string;
    scopes: string[];
    created_at: Instant;
    last_used_at: MaybeInstant;
    expires_at: MaybeInstant;
    revoked_at: MaybeInstant;
  };
  calendar_feed: {
    id: string;
    person_id: string;
    token_hash: string;
    created_at: Instant;
    last_used_at: MaybeInstant;
    revoked_at: MaybeInstant;
  };
  booking: {
    id: string;
    reference: string;
    resource_id: string;
    person_id: string;
    organisation_id: string | null;
    request_id: string | null;
    series_id: string | null;
    status: BookingStatus;
    starts_at: Instant;
    ends_at: Instant;
    people: Generated<number>;
    purpose: string | null;
    language: Generated<Locale>;
    channel: Channel;
    created_by: string | null;
    created_at: Instant;
    hold_expires_at: MaybeInstant;
    option_until: MaybeInstant;
    confirmed_at: MaybeInstant;
    checked_in_at: MaybeInstant;
    ended_early_at: MaybeInstant;
    cancelled_at: MaybeInstant;
    reminded_at: MaybeInstant;
    pardoned_at: MaybeInstant;
    override_reason: string | null;
    displaced_by: string | null;
    check_in_required: Generated<boolean>;
    release_at: MaybeInstant;
    demonstration: Generated<boolean>;
    version: Generated<number>;
  };
  closure: {
    id: string;
    resource_id: string;
    starts_at: Instant;
    ends_at: Instant;
    reason: Text;
    created_by: string | null;
    created_at: Instant;
    lifted_at: MaybeInstant;
    version: Generated<number>;
  };
  allocation: {
    id: string;
    unit_id: string;
    during: string;
    cause_kind: 'booking' | 'closure' | 'session';
    cause_id: string;
    fixed: Generated<boolean>;
    expires_at: MaybeInstant;
  };
  journal: {
    id: string;
    occurred_at: Instant;
    recorded_at: Instant;
    actor_id: string | null;
    on_behalf_of: string | null;
    device_id: string | null;
    kind: string;
    subject_kind: string;
    subject_id: string;
    reason: string | null;
    data: Json<Record<string, unknown>>;
  };
  outbox: {
    id: string;
    topic: string;
    payload: Json<Record<string, unknown>>;
    created_at: Instant;
    due_at: Instant;
    taken_at: MaybeInstant;
    attempts: Generated<number>;
  };
  idempotency: {
    owner_id: string;
    key: string;
    request_hash: string;
    status: number | null;
    response: Json<object> | null;
    created_at: Instant;
  };
  mail: {
    id: string;
    recipient: string;
    subject: string;
    body_text: string;
    body_html: string;
    attachments: Json<MailAttachment[]>;
    language: string;
    created_at: Instant;
  };
  visit: {
    id: string;
    site_id: string;
    line_id: string | null;
    occurred_at: Instant;
    recorded_by: string | null;
    age_band: AgeBand | null;
    session_id: string | null;
    stop_id: string | null;
    recorded_at: MaybeInstant;
    withdrawn_at: MaybeInstant;
    withdrawn_by: string | null;
  };
  call: {
    id: string;
    booking_id: string | null;
    registration_id: string | null;
    due_day: string;
    done_at: MaybeInstant;
    done_by: string | null;
    outcome: 'reached' | 'message' | 'unreachable' | null;
    kind: Generated<'reminder' | 'displaced' | 'released' | 'cancelled' | 'moved' | 'offered'>;
  };
  day_note: {
    id: string;
    site_id: string;
    day: string;
    body: string;
    author_id: string | null;
    created_at: Instant;
    done_at: MaybeInstant;
  };
  wish: {
    id: string;
    email: string;
    language: Locale;
    need: string | null;
    kind: ResourceKind | null;
    resource_id: string | null;
    day: string;
    starts_from: string | null;
    minutes: number;
    people: number;
    near: Json<NearPoint> | null;
    seen: Json<SeenStarts>;
    status: 'asked' | 'waiting' | 'told';
    created_at: Instant;
    waiting_since: MaybeInstant;
    told_at: MaybeInstant;
    told_count: Generated<number>;
    offered: Json<OfferedSlot> | null;
  };
  session_series: {
    id: string;
    site_id: string;
    enrolment: Generated<'date' | 'course'>;
    pattern: Json<object>;
    created_by: string | null;
    created_at: Instant;
  };
  appointment_reason: {
    id: string;
    slug: string;
    name: Text;
    summary: Text;
    bring: Text;
    line_id: string | null;
    minutes: number;
    places: Generated<number>;
    who: Generated<'public' | 'member' | 'team'>;
    notice_minutes: Generated<number>;
    horizon_days: Generated<number>;
    demonstration: Generated<boolean>;
    rank: Generated<number>;
    version: Generated<number>;
    archived_at: MaybeInstant;
  };
  session: {
    id: string;
    reference: string;
    series_id: string | null;
    parent_id: string | null;
    track: string | null;
    kind: SessionKind;
    line_id: string | null;
    title: Text;
    summary: Text;
    description: Text;
    language: Generated<Locale>;
    site_id: string;
    place_kind: Generated<PlaceOfSession>;
    stop_id: string | null;
    address: Json<SessionAddress> | null;
    online_url: string | null;
    starts_at: Instant;
    ends_at: Instant;
    time_zone: string;
    set_up_minutes: Generated<number>;
    clean_up_minutes: Generated<number>;
    enrolment: Generated<'none' | 'seat'>;
    seats: number | null;
    minimum: number | null;
    minimum_asked_at: MaybeInstant;
    opens_at: MaybeInstant;
    closes_at: MaybeInstant;
    audience: Generated<Audience>;
    age_min: number | null;
    age_max: number | null;
    group_id: string | null;
    per_organisation: number | null;
    price_kind: Generated<PriceKind>;
    tariffs: Json<Tariff[]>;
    questions: Json<Question[]>;
    accessibility: Text;
    photo_id: string | null;
    operation: Json<Operation>;
    reason_id: string | null;
    status: SessionStatus;
    option_until: MaybeInstant;
    published_at: MaybeInstant;
    cancelled_at: MaybeInstant;
    status_reason: Text;
    channel: Generated<Channel>;
    created_by: string | null;
    created_at: Instant;
    demonstration: Generated<boolean>;
    version: Generated<number>;
  };
  session_thing: { session_id: string; resource_id: string; people: Generated<number> };
  session_leader: { session_id: string; person_id: string };
  session_organisation: { session_id: string; organisation_id: string };
  seat: { session_id: string; number: number };
  registration: {
    id: string;
    reference: string;
    session_id: string;
    request_id: string | null;
    person_id: string;
    organisation_id: string | null;
    kind: RegistrationKind;
    status: RegistrationStatus;
    places: number;
    waiting_since: MaybeInstant;
    hold_expires_at: MaybeInstant;
    offer_expires_at: MaybeInstant;
    answers: Json<Record<string, string>>;
    consent_at: MaybeInstant;
    mandate: string | null;
    commune_code: string | null;
    note: string | null;
    language: Generated<Locale>;
    channel: Channel | 'relay';
    created_by: string | null;
    created_at: Instant;
    registered_at: MaybeInstant;
    cancelled_at: MaybeInstant;
    cancelled_late: Generated<boolean>;
    cancel_cause: 'person' | 'team' | 'expired' | 'declined' | 'session' | null;
    reminded_at: MaybeInstant;
    thanked_at: MaybeInstant;
    demonstration: Generated<boolean>;
    version: Generated<number>;
  };
  attendee: {
    id: string;
    registration_id: string;
    session_id: string;
    seat: number | null;
    person_id: string | null;
    name: string | null;
    birth_year: number | null;
    minor: Generated<boolean>;
    tariff: string | null;
    rank: Generated<number>;
    erased_at: MaybeInstant;
  };
  signature: { id: string; attendee_id: string; strokes: string; signed_at: Instant };
  attendance: {
    id: string;
    session_id: string;
    attendee_id: string;
    half_day: string;
    state: AttendanceState;
    mode: AttendanceMode;
    minutes: number | null;
    arrived_at: MaybeInstant;
    left_at: MaybeInstant;
    signature_id: string | null;
    occurred_at: Instant;
    recorded_at: Instant;
    recorded_by: string | null;
    device_id: string | null;
    replaced_at: MaybeInstant;
    replaced_by: string | null;
  };
  attendance_sheet: {
    id: string;
    site_id: string;
    session_id: string | null;
    period_start: string | null;
    period_end: string | null;
    number: string;
    edition: Generated<number>;
    operation: Json<Operation>;
    rows: Json<object[]>;
    totals: Json<object>;
    file_hash: string | null;
    countersigned_by: string | null;
    countersigned_name: string | null;
    countersignature: string | null;
    countersigned_at: MaybeInstant;
    locked_at: MaybeInstant;
    keep_until: string | null;
    reason: string | null;
    created_by: string | null;
    created_at: Instant;
  };
  feedback: {
    id: string;
    session_id: string;
    registration_id: string | null;
    score: number;
    words: string | null;
    created_at: Instant;
    handled_at: MaybeInstant;
    handled_by: string | null;
    handled_note: string | null;
  };
  helper: {
    id: string;
    person_id: string;
    site_id: string;
    does: Text;
    line_id: string | null;
    demonstration: Generated<boolean>;
    created_at: Instant;
    archived_at: MaybeInstant;
    version: Generated<number>;
  };
  presence: {
    id: string;
    helper_id: string;
    site_id: string;
    weekday: number | null;
    day: string | null;
    opens: number;
    closes: number;
    valid_from: string | null;
    valid_to: string | null;
    created_at: Instant;
  };
  absence: {
    id: string;
    helper_id: string;
    starts_at: Instant;
    ends_at: Instant;
    reason: string | null;
    created_at: Instant;
  };
  appointment_offer: { reason_id: string; helper_id: string };
  relay: {
    id: string;
    person_id: string;
    commune_code: string;
    granted_by: string | null;
    created_at: Instant;
    revoked_at: MaybeInstant;
  };
  job_run: { name: string; ran_at: Instant };
  field_entry: {
    id: string;
    person_id: string;
    device_id: string | null;
    turn: number;
    kind: string;
    occurred_at: Instant;
    recorded_at: Instant;
    request_hash: string;
    outcome: 'done' | 'conflict' | 'refused';
    answer: Json<object>;
    settled_at: MaybeInstant;
    settled_by: string | null;
  };
}

/** A file sent with a mail; `content` in base64. */
export type MailAttachment = { filename: string; contentType: string; content: string; cid?: string };
