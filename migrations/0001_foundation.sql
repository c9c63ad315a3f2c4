-- The foundation: what every territory's schema holds.
-- Rules that bind every statement here: no schema is named, no trigger, no function that reads tables,
-- no serial, keys are UUIDv7 made by the application (see docs/adr/0003).
-- One statement ends with a semicolon at the end of a line.

-- Who and where ------------------------------------------------------------------------------------------------

create table territory (
  id uuid primary key,
  slug text not null,
  name text not null,
  main_language text not null default 'fr' constraint territory_main_language check (main_language in ('fr', 'nl', 'en')),
  country text not null default 'FR',
  time_zone text not null default 'Europe/Paris',
  telephone text,
  email text,
  publisher jsonb not null default '{}',
  demonstration boolean not null default false,
  seeded_at timestamptz,
  version integer not null default 1
);

create table commune (
  code text primary key,
  name text not null,
  search_name text not null,
  country text not null default 'FR',
  postcodes text[] not null default '{}',
  population integer,
  lat double precision not null,
  lon double precision not null,
  in_territory boolean not null default true
);

create index commune_search on commune (search_name text_pattern_ops);

create table line (
  id uuid primary key,
  letter text not null constraint line_letter check (letter ~ '^[A-Z0-9]{1,2}$'),
  slug text not null constraint line_slug unique,
  name jsonb not null,
  colour text not null,
  rank integer not null default 0
);

create table file (
  id uuid primary key,
  sha256 text not null,
  alt jsonb not null default '{}',
  media_type text not null,
  byte_size integer not null,
  width integer,
  height integer,
  created_at timestamptz not null
);

create table site (
  id uuid primary key,
  slug text not null constraint site_slug unique,
  kind text not null constraint site_kind check (kind in ('station', 'mini_station', 'mobile')),
  name jsonb not null,
  summary jsonb not null default '{}',
  commune_code text references commune (code),
  address text,
  lat double precision,
  lon double precision,
  time_zone text not null,
  telephone text,
  email text,
  how_to_come jsonb not null default '{}',
  accessibility jsonb not null default '{}',
  closed_on_holidays boolean not null default true,
  rules jsonb not null default '{}',
  photo_id uuid references file (id),
  demonstration boolean not null default false,
  rank integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz
);

create table space (
  id uuid primary key,
  site_id uuid not null references site (id),
  slug text not null,
  name jsonb not null,
  summary jsonb not null default '{}',
  line_id uuid references line (id),
  floor jsonb not null default '{}',
  area_m2 integer,
  rules jsonb not null default '{}',
  photo_id uuid references file (id),
  demonstration boolean not null default false,
  rank integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz,
  constraint space_slug unique (site_id, slug)
);

create table resource (
  id uuid primary key,
  slug text not null constraint resource_slug unique,
  site_id uuid not null references site (id),
  space_id uuid references space (id),
  kind text not null constraint resource_kind check (kind in ('fab_lab', 'machine', 'coworking_desk', 'meeting_room', 'creativity_room', 'hall', 'campus_desk', 'office', 'kit', 'mobile_lab')),
  name jsonb not null,
  summary jsonb not null default '{}',
  line_id uuid references line (id),
  capacity integer not null default 1 constraint resource_capacity check (capacity between 1 and 10000),
  equipment jsonb not null default '[]',
  needs text[] not null default '{}',
  requirement jsonb not null default '{}',
  minimum_age integer,
  buffer_before integer not null default 0,
  buffer_after integer not null default 0,
  step_minutes integer not null default 30 constraint resource_step check (step_minutes between 5 and 1440),
  price_kind text not null default 'unknown' constraint resource_price_kind check (price_kind in ('unknown', 'free', 'amount')),
  price_cents integer constraint resource_price_cents check (price_cents >= 0),
  price_per text constraint resource_price_per check (price_per in ('hour', 'half_day', 'day', 'booking')),
  price_tax_bp integer,
  preset text not null default 'open' constraint resource_preset check (preset in ('open', 'members', 'on_request')),
  rules jsonb not null default '{}',
  photo_id uuid references file (id),
  demonstration boolean not null default false,
  rank integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz,
  constraint resource_amount check (price_kind <> 'amount' or (price_cents is not null and price_per is not null))
);

create index resource_site on resource (site_id);

create index resource_kind_site on resource (kind, site_id);

create table resource_content (
  container_id uuid not null references resource (id),
  content_id uuid not null references resource (id),
  primary key (container_id, content_id),
  constraint resource_content_not_itself check (container_id <> content_id)
);

create index resource_content_by_content on resource_content (content_id);

create table unit (
  id uuid primary key,
  resource_id uuid not null references resource (id),
  label text not null,
  rank integer not null default 0,
  archived_at timestamptz
);

create index unit_resource on unit (resource_id);

-- When it is open ----------------------------------------------------------------------------------------------
-- Minutes are wall-clock minutes from local midnight; closes may pass 1440 (open past midnight).
-- Exactly one of site, space, resource is set: the nearest level that has rules wins.

create table opening_rule (
  id uuid primary key,
  site_id uuid references site (id),
  space_id uuid references space (id),
  resource_id uuid references resource (id),
  weekday integer not null constraint opening_rule_weekday check (weekday between 1 and 7),
  opens integer not null constraint opening_rule_opens check (opens between 0 and 1439),
  closes integer not null,
  valid_from date,
  valid_to date,
  constraint opening_rule_order check (closes > opens and closes <= opens + 1440),
  constraint opening_rule_owner check (num_nonnulls(site_id, space_id, resource_id) = 1)
);

create index opening_rule_site on opening_rule (site_id);

create index opening_rule_space on opening_rule (space_id);

create index opening_rule_resource on opening_rule (resource_id);

create table opening_exception (
  id uuid primary key,
  site_id uuid references site (id),
  space_id uuid references space (id),
  resource_id uuid references resource (id),
  day date not null,
  opens integer,
  closes integer,
  reason jsonb not null default '{}',
  constraint opening_exception_hours check ((opens is null and closes is null) or (opens between 0 and 1439 and closes > opens and closes <= opens + 1440)),
  constraint opening_exception_owner check (num_nonnulls(site_id, space_id, resource_id) = 1)
);

create index opening_exception_site on opening_exception (site_id, day);

create index opening_exception_space on opening_exception (space_id, day);

create index opening_exception_resource on opening_exception (resource_id, day);

create table stop (
  id uuid primary key,
  site_id uuid not null references site (id),
  commune_code text not null references commune (code),
  place jsonb not null,
  address text,
  lat double precision not null,
  lon double precision not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  demonstration boolean not null default false,
  cancelled_at timestamptz,
  version integer not null default 1,
  constraint stop_order check (ends_at > starts_at)
);

create index stop_site_time on stop (site_id, starts_at);

-- People -------------------------------------------------------------------------------------------------------

create table person (
  id uuid primary key,
  name text not null,
  email text,
  telephone text,
  language text not null default 'fr',
  confirmed_at timestamptz,
  created_at timestamptz not null,
  last_seen_at timestamptz,
  merged_into uuid references person (id),
  erased_at timestamptz,
  version integer not null default 1
);

create unique index person_email on person (email) where email is not null and merged_into is null;

create table account (
  id uuid primary key,
  person_id uuid not null references person (id),
  created_at timestamptz not null,
  disabled_at timestamptz,
  pin_hash text,
  pin_failures integer not null default 0,
  constraint account_person unique (person_id)
);

create table account_session (
  id uuid primary key,
  account_id uuid not null references account (id),
  token_hash text not null constraint account_session_token unique,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  agent text not null default '',
  device_id uuid,
  revoked_at timestamptz
);

create index account_session_account on account_session (account_id);

create table email_code (
  id uuid primary key,
  email text not null,
  purpose text not null constraint email_code_purpose check (purpose in ('sign_in', 'booking', 'invitation')),
  subject_id uuid,
  code_hash text not null,
  token_hash text not null constraint email_code_token unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  attempts integer not null default 0,
  used_at timestamptz
);

create index email_code_email on email_code (email, purpose);

create table rate_limit (
  key text not null,
  window_start timestamptz not null,
  hits integer not null,
  primary key (key, window_start)
);

create table organisation (
  id uuid primary key,
  name text not null,
  country text not null default 'FR',
  registration text,
  created_at timestamptz not null,
  version integer not null default 1
);

create unique index organisation_registration on organisation (country, registration) where registration is not null;

create table organisation_member (
  organisation_id uuid not null references organisation (id),
  person_id uuid not null references person (id),
  created_at timestamptz not null,
  primary key (organisation_id, person_id)
);

create table role_grant (
  id uuid primary key,
  person_id uuid not null references person (id),
  site_id uuid references site (id),
  role text not null constraint role_grant_role check (role in ('administrator', 'team', 'member')),
  granted_by uuid references person (id),
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);

create index role_grant_person on role_grant (person_id);

create table person_group (
  id uuid primary key,
  slug text not null constraint person_group_slug unique,
  name jsonb not null,
  created_at timestamptz not null
);

create table person_group_member (
  group_id uuid not null references person_group (id),
  person_id uuid not null references person (id),
  created_at timestamptz not null,
  primary key (group_id, person_id)
);

create index person_group_member_person on person_group_member (person_id);

create table invitation (
  id uuid primary key,
  email text not null,
  role text not null constraint invitation_role check (role in ('administrator', 'team', 'member')),
  site_id uuid references site (id),
  token_hash text not null constraint invitation_token unique,
  invited_by uuid references person (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);

create table device (
  id uuid primary key,
  site_id uuid not null references site (id),
  name text not null,
  token_hash text not null constraint device_token unique,
  enrolled_by uuid references person (id),
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table api_token (
  id uuid primary key,
  account_id uuid not null references account (id),
  name text not null,
  token_hash text not null constraint api_token_hash unique,
  scopes text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);

create index api_token_account on api_token (account_id);

create table calendar_feed (
  id uuid primary key,
  person_id uuid not null references person (id),
  token_hash text not null constraint calendar_feed_token unique,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create index calendar_feed_person on calendar_feed (person_id);

-- Who holds what -----------------------------------------------------------------------------------------------

create table booking (
  id uuid primary key,
  reference text not null constraint booking_reference unique,
  resource_id uuid not null references resource (id),
  person_id uuid not null references person (id),
  organisation_id uuid references organisation (id),
  request_id uuid,
  series_id uuid,
  status text not null constraint booking_status check (status in ('requested', 'held', 'confirmed', 'checked_in', 'cancelled', 'displaced', 'no_show')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  people integer not null default 1 constraint booking_people check (people >= 1),
  purpose text,
  language text not null default 'fr',
  channel text not null constraint booking_channel check (channel in ('web', 'desk', 'api', 'import', 'demonstration')),
  created_by uuid references person (id),
  created_at timestamptz not null,
  hold_expires_at timestamptz,
  option_until timestamptz,
  confirmed_at timestamptz,
  checked_in_at timestamptz,
  ended_early_at timestamptz,
  cancelled_at timestamptz,
  reminded_at timestamptz,
  pardoned_at timestamptz,
  override_reason text,
  displaced_by uuid,
  check_in_required boolean not null default false,
  release_at timestamptz,
  demonstration boolean not null default false,
  version integer not null default 1,
  constraint booking_order check (ends_at > starts_at)
);

create index booking_resource_time on booking (resource_id, starts_at);

create index booking_person_time on booking (person_id, starts_at);

create index booking_organisation_time on booking (organisation_id, starts_at) where organisation_id is not null;

create index booking_hold on booking (hold_expires_at) where status = 'held';

create index booking_release on booking (release_at) where status = 'confirmed' and release_at is not null;

create index booking_request on booking (request_id) where request_id is not null;

create index booking_series on booking (series_id) where series_id is not null;

create index booking_reminder on booking (starts_at) where status = 'confirmed' and reminded_at is null;

create table closure (
  id uuid primary key,
  resource_id uuid not null references resource (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason jsonb not null default '{}',
  created_by uuid references person (id),
  created_at timestamptz not null,
  lifted_at timestamptz,
  version integer not null default 1,
  constraint closure_order check (ends_at > starts_at)
);

create index closure_resource on closure (resource_id, starts_at);

-- The only truth of who holds what now. One booking has one row for each unit it takes.
-- expires_at copies the hold's end, so that taking can remove dead holds in one statement.
create table allocation (
  id uuid primary key,
  unit_id uuid not null references unit (id),
  during tstzrange not null,
  cause_kind text not null constraint allocation_cause_kind check (cause_kind in ('booking', 'closure', 'session')),
  cause_id uuid not null,
  fixed boolean not null default false,
  expires_at timestamptz,
  constraint allocation_not_empty check (not isempty(during)),
  constraint allocation_no_overlap exclude using gist (unit_id with =, during with &&)
);

create index allocation_cause on allocation (cause_id);

create index allocation_expiry on allocation (expires_at) where expires_at is not null;

-- What happened ------------------------------------------------------------------------------------------------

create table journal (
  id uuid primary key,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor_id uuid,
  on_behalf_of uuid,
  device_id uuid,
  kind text not null,
  subject_kind text not null,
  subject_id uuid not null,
  reason text,
  data jsonb not null default '{}'
);

create index journal_subject on journal (subject_id, occurred_at);

create index journal_actor on journal (actor_id, occurred_at);

create table outbox (
  id uuid primary key,
  topic text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  taken_at timestamptz,
  attempts integer not null default 0
);

create index outbox_due on outbox (due_at) where taken_at is null;

create table idempotency (
  owner_id uuid not null,
  key text not null,
  request_hash text not null,
  status integer,
  response jsonb,
  created_at timestamptz not null,
  primary key (owner_id, key)
);

create table mail (
  id uuid primary key,
  recipient text not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  attachments jsonb not null default '[]',
  language text not null,
  created_at timestamptz not null
);

create index mail_created on mail (created_at);

-- The team's day -----------------------------------------------------------------------------------------------

create table visit (
  id uuid primary key,
  site_id uuid not null references site (id),
  line_id uuid references line (id),
  occurred_at timestamptz not null,
  recorded_by uuid references person (id)
);

create index visit_site_time on visit (site_id, occurred_at);

create table call (
  id uuid primary key,
  booking_id uuid not null references booking (id),
  due_day date not null,
  done_at timestamptz,
  done_by uuid references person (id),
  outcome text constraint call_outcome check (outcome in ('reached', 'message', 'unreachable')),
  kind text not null default 'reminder' constraint call_kind check (kind in ('reminder', 'displaced', 'released', 'cancelled', 'moved'))
);

create index call_due on call (due_day) where done_at is null;

create index call_booking on call (booking_id);

create table day_note (
  id uuid primary key,
  site_id uuid not null references site (id),
  day date not null,
  body text not null,
  author_id uuid references person (id),
  created_at timestamptz not null,
  done_at timestamptz
);

create index day_note_site on day_note (site_id, day);
