-- What people gather for: sessions, who comes, who was there; and the time of those who help.

-- A session ---------------------------------------------------------------------------------------------------------

create table session_series (
  id uuid primary key,
  site_id uuid not null references site (id),
  enrolment text not null default 'date' constraint session_series_enrolment check (enrolment in ('date', 'course')),
  pattern jsonb not null default '{}',
  created_by uuid references person (id),
  created_at timestamptz not null
);

-- Why one comes to somebody: kept apart from what anybody else may read of the appointment.
create table appointment_reason (
  id uuid primary key,
  slug text not null constraint appointment_reason_slug unique,
  name jsonb not null,
  summary jsonb not null default '{}',
  bring jsonb not null default '{}',
  line_id uuid references line (id),
  minutes integer not null constraint appointment_reason_minutes check (minutes between 5 and 480),
  places integer not null default 1 constraint appointment_reason_places check (places between 1 and 20),
  who text not null default 'public' constraint appointment_reason_who check (who in ('public', 'member', 'team')),
  notice_minutes integer not null default 0 constraint appointment_reason_notice check (notice_minutes >= 0),
  horizon_days integer not null default 60 constraint appointment_reason_horizon check (horizon_days between 1 and 400),
  demonstration boolean not null default false,
  rank integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz
);

-- "site_id" is whose team answers for it; "place_kind" says where it happens. Its things are in session_thing, what they hold
-- in allocation (cause_kind 'session'). "full" and "done" are computed, never written.
create table session (
  id uuid primary key,
  reference text not null constraint session_reference unique,
  series_id uuid references session_series (id),
  parent_id uuid references session (id),
  track text,
  kind text not null constraint session_kind check (kind in ('workshop', 'training', 'talk', 'event', 'appointment', 'open_door', 'visit', 'meeting')),
  line_id uuid references line (id),
  title jsonb not null,
  summary jsonb not null default '{}',
  description jsonb not null default '{}',
  language text not null default 'fr',
  site_id uuid not null references site (id),
  place_kind text not null default 'site' constraint session_place_kind check (place_kind in ('site', 'stop', 'address', 'online')),
  stop_id uuid references stop (id),
  address jsonb,
  online_url text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  time_zone text not null,
  set_up_minutes integer not null default 0 constraint session_set_up check (set_up_minutes between 0 and 1440),
  clean_up_minutes integer not null default 0 constraint session_clean_up check (clean_up_minutes between 0 and 1440),
  enrolment text not null default 'seat' constraint session_enrolment check (enrolment in ('none', 'seat')),
  seats integer constraint session_seats check (seats between 0 and 2000),
  minimum integer constraint session_minimum check (minimum >= 1),
  minimum_asked_at timestamptz,
  opens_at timestamptz,
  closes_at timestamptz,
  audience text not null default 'all' constraint session_audience check (audience in ('all', 'ages', 'members', 'group', 'invited')),
  age_min integer,
  age_max integer,
  group_id uuid references person_group (id),
  per_organisation integer constraint session_per_organisation check (per_organisation >= 1),
  price_kind text not null default 'unknown' constraint session_price_kind check (price_kind in ('unknown', 'free', 'amount')),
  tariffs jsonb not null default '[]',
  questions jsonb not null default '[]',
  accessibility jsonb not null default '{}',
  photo_id uuid references file (id),
  operation jsonb not null default '{}',
  reason_id uuid references appointment_reason (id),
  status text not null constraint session_status check (status in ('draft', 'published', 'postponed', 'cancelled')),
  option_until timestamptz,
  published_at timestamptz,
  cancelled_at timestamptz,
  status_reason jsonb not null default '{}',
  channel text not null default 'web',
  created_by uuid references person (id),
  created_at timestamptz not null,
  demonstration boolean not null default false,
  version integer not null default 1,
  constraint session_order check (ends_at > starts_at and ends_at <= starts_at + interval '31 days'),
  constraint session_stop check (place_kind <> 'stop' or stop_id is not null),
  constraint session_address check (place_kind <> 'address' or address is not null),
  constraint session_ages check (audience <> 'ages' or age_min is not null or age_max is not null),
  constraint session_group check (audience <> 'group' or group_id is not null),
  constraint session_amount check (price_kind <> 'amount' or tariffs <> '[]'),
  constraint session_track check (track is null or parent_id is not null)
);

create index session_agenda on session (starts_at) where status <> 'draft' and kind <> 'appointment';

create index session_site_time on session (site_id, starts_at);

create index session_series_time on session (series_id, starts_at) where series_id is not null;

create index session_parent on session (parent_id) where parent_id is not null;

create index session_stop_time on session (stop_id) where stop_id is not null;

create index session_minimum_due on session (starts_at) where minimum is not null and minimum_asked_at is null and status = 'published';

create index session_option on session (option_until) where status = 'draft' and option_until is not null;

create table session_thing (
  session_id uuid not null references session (id),
  resource_id uuid not null references resource (id),
  people integer not null default 1 constraint session_thing_people check (people >= 1),
  primary key (session_id, resource_id)
);

create index session_thing_resource on session_thing (resource_id);

create table session_leader (
  session_id uuid not null references session (id),
  person_id uuid not null references person (id),
  primary key (session_id, person_id)
);

create index session_leader_person on session_leader (person_id);

create table session_organisation (
  session_id uuid not null references session (id),
  organisation_id uuid not null references organisation (id),
  primary key (session_id, organisation_id)
);

-- Who comes ---------------------------------------------------------------------------------------------------------
-- The seats themselves: a place is given by naming one, so that no two people can hold the same and none can be invented.

create table seat (
  session_id uuid not null references session (id),
  number integer not null constraint seat_number check (number >= 1),
  primary key (session_id, number)
);

create table registration (
  id uuid primary key,
  reference text not null constraint registration_reference unique,
  session_id uuid not null references session (id),
  request_id uuid,
  person_id uuid not null references person (id),
  organisation_id uuid references organisation (id),
  kind text not null constraint registration_kind check (kind in ('self', 'household', 'group')),
  status text not null constraint registration_status check (status in ('held', 'registered', 'waiting', 'offered', 'invited', 'cancelled')),
  places integer not null constraint registration_places check (places between 1 and 2000),
  waiting_since timestamptz,
  hold_expires_at timestamptz,
  offer_expires_at timestamptz,
  answers jsonb not null default '{}',
  consent_at timestamptz,
  mandate text,
  commune_code text references commune (code),
  note text,
  language text not null default 'fr',
  channel text not null constraint registration_channel check (channel in ('web', 'desk', 'api', 'import', 'relay', 'demonstration')),
  created_by uuid references person (id),
  created_at timestamptz not null,
  registered_at timestamptz,
  cancelled_at timestamptz,
  cancelled_late boolean not null default false,
  cancel_cause text constraint registration_cancel_cause check (cancel_cause in ('person', 'team', 'expired', 'declined', 'session')),
  reminded_at timestamptz,
  thanked_at timestamptz,
  demonstration boolean not null default false,
  version integer not null default 1,
  constraint registration_waits check (status <> 'waiting' or waiting_since is not null),
  constraint registration_offer check (status <> 'offered' or offer_expires_at is not null),
  constraint registration_held check (status <> 'held' or hold_expires_at is not null)
);

create index registration_session on registration (session_id, status);

create index registration_queue on registration (session_id, waiting_since, id) where status = 'waiting';

create index registration_person on registration (person_id, created_at);

create index registration_organisation on registration (organisation_id) where organisation_id is not null;

create index registration_request on registration (request_id) where request_id is not null;

create index registration_hold on registration (hold_expires_at) where status = 'held';

create index registration_offered on registration (offer_expires_at) where status = 'offered';

-- One row for each body in a chair. A child has a first name and a year of birth, a member of a class nothing.
create table attendee (
  id uuid primary key,
  registration_id uuid not null references registration (id),
  session_id uuid not null references session (id),
  seat integer,
  person_id uuid references person (id),
  name text,
  birth_year integer constraint attendee_birth_year check (birth_year between 1900 and 2200),
  minor boolean not null default false,
  tariff text,
  rank integer not null default 0,
  erased_at timestamptz,
  constraint attendee_seat unique (session_id, seat),
  constraint attendee_seat_exists foreign key (session_id, seat) references seat (session_id, number)
);

create index attendee_registration on attendee (registration_id);

create index attendee_person on attendee (person_id) where person_id is not null;

-- Who was there -----------------------------------------------------------------------------------------------------
-- Append only: a correction is a new row, the former one is told by whom and when it was replaced.

create table signature (
  id uuid primary key,
  attendee_id uuid not null references attendee (id),
  strokes text not null constraint signature_strokes check (length(strokes) <= 40000),
  signed_at timestamptz not null
);

create index signature_attendee on signature (attendee_id);

create table attendance (
  id uuid primary key,
  session_id uuid not null references session (id),
  attendee_id uuid not null references attendee (id),
  half_day text not null constraint attendance_half_day check (half_day ~ '^\d{4}-\d{2}-\d{2} (am|pm)$'),
  state text not null constraint attendance_state check (state in ('present', 'absent', 'excused')),
  mode text not null constraint attendance_mode check (mode in ('desk', 'qr', 'signature', 'self')),
  minutes integer,
  -- When they came and left, where that is not the whole of the half-day.
  arrived_at timestamptz,
  left_at timestamptz,
  signature_id uuid references signature (id),
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid references person (id),
  device_id uuid,
  replaced_at timestamptz,
  replaced_by uuid references person (id),
  constraint attendance_stay check (arrived_at is null or left_at is null or left_at > arrived_at)
);

create unique index attendance_current on attendance (attendee_id, half_day) where replaced_at is null;

create index attendance_session on attendance (session_id);

create table attendance_sheet (
  id uuid primary key,
  site_id uuid not null references site (id),
  session_id uuid references session (id),
  period_start date,
  period_end date,
  number text not null,
  edition integer not null default 1,
  operation jsonb not null default '{}',
  rows jsonb not null,
  totals jsonb not null,
  file_hash text,
  countersigned_by uuid references person (id),
  countersigned_name text,
  countersignature text,
  countersigned_at timestamptz,
  locked_at timestamptz,
  keep_until date,
  reason text,
  created_by uuid references person (id),
  created_at timestamptz not null,
  constraint attendance_sheet_edition unique (number, edition),
  constraint attendance_sheet_subject check (num_nonnulls(session_id, period_start) = 1)
);

create index attendance_sheet_session on attendance_sheet (session_id) where session_id is not null;

create index attendance_sheet_site on attendance_sheet (site_id, created_at);

-- Somebody who is not named: a visit, told by service and age at most.
alter table visit add column age_band text constraint visit_age_band check (age_band in ('under_12', '12_18', '18_24', '25_39', '40_59', '60_69', '70_over', 'unsaid'));

alter table visit add column session_id uuid references session (id);

alter table visit add column stop_id uuid references stop (id);

alter table visit add column recorded_at timestamptz;

alter table visit add column withdrawn_at timestamptz;

alter table visit add column withdrawn_by uuid references person (id);

create index visit_session on visit (session_id) where session_id is not null;

create table feedback (
  id uuid primary key,
  session_id uuid not null references session (id),
  registration_id uuid references registration (id),
  score integer not null constraint feedback_score check (score between 1 and 4),
  words text,
  created_at timestamptz not null,
  handled_at timestamptz,
  handled_by uuid references person (id),
  handled_note text,
  constraint feedback_once unique (registration_id)
);

create index feedback_session on feedback (session_id);

create index feedback_to_handle on feedback (created_at) where score <= 2 and handled_at is null;

-- Those without an e-mail are called about sessions too.
alter table call alter column booking_id drop not null;

alter table call add column registration_id uuid references registration (id);

alter table call drop constraint call_kind;

alter table call add constraint call_kind check (kind in ('reminder', 'displaced', 'released', 'cancelled', 'moved', 'offered'));

alter table call add constraint call_subject check (num_nonnulls(booking_id, registration_id) = 1);

create index call_registration on call (registration_id) where registration_id is not null;

alter table email_code drop constraint email_code_purpose;

alter table email_code add constraint email_code_purpose check (purpose in ('sign_in', 'booking', 'invitation', 'wish', 'registration'));

-- The time of those who help ----------------------------------------------------------------------------------------
-- Their time is a unit like a room's, so that the same constraint keeps anybody from being in two places at once.

create table helper (
  id uuid primary key,
  person_id uuid not null references person (id),
  site_id uuid not null references site (id),
  does jsonb not null default '{}',
  line_id uuid references line (id),
  demonstration boolean not null default false,
  created_at timestamptz not null,
  archived_at timestamptz,
  version integer not null default 1,
  constraint helper_person unique (person_id)
);

alter table unit alter column resource_id drop not null;

alter table unit add column helper_id uuid references helper (id);

alter table unit add constraint unit_owner check (num_nonnulls(resource_id, helper_id) = 1);

create unique index unit_helper on unit (helper_id) where helper_id is not null;

create table presence (
  id uuid primary key,
  helper_id uuid not null references helper (id),
  site_id uuid not null references site (id),
  weekday integer constraint presence_weekday check (weekday between 1 and 7),
  day date,
  opens integer not null constraint presence_opens check (opens between 0 and 1439),
  closes integer not null,
  valid_from date,
  valid_to date,
  created_at timestamptz not null,
  constraint presence_order check (closes > opens and closes <= 1440),
  constraint presence_when check (num_nonnulls(weekday, day) = 1)
);

create index presence_helper on presence (helper_id);

create index presence_site on presence (site_id);

-- A day, or part of one, when they are nowhere to be had.
create table absence (
  id uuid primary key,
  helper_id uuid not null references helper (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text,
  created_at timestamptz not null,
  constraint absence_order check (ends_at > starts_at)
);

create index absence_helper on absence (helper_id, starts_at);

create table appointment_offer (
  reason_id uuid not null references appointment_reason (id),
  helper_id uuid not null references helper (id),
  primary key (reason_id, helper_id)
);

create index appointment_offer_helper on appointment_offer (helper_id);

-- Somebody of a town hall who registers the residents of one commune, and sees no other.
create table relay (
  id uuid primary key,
  person_id uuid not null references person (id),
  commune_code text not null references commune (code),
  granted_by uuid references person (id),
  created_at timestamptz not null,
  revoked_at timestamptz
);

create index relay_person on relay (person_id);

-- On the road -------------------------------------------------------------------------------------------------------

alter table stop add column aboard jsonb not null default '[]';

alter table stop add column series_id uuid;

alter table stop add column draft boolean not null default false;

alter table stop add column cancel_reason jsonb not null default '{}';

-- What a phone wrote down without a network, received once: its id was made on the phone.
create table field_entry (
  id uuid primary key,
  person_id uuid not null references person (id),
  device_id uuid,
  turn integer not null,
  kind text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  request_hash text not null,
  outcome text not null constraint field_entry_outcome check (outcome in ('done', 'conflict', 'refused')),
  answer jsonb not null default '{}',
  settled_at timestamptz,
  settled_by uuid references person (id)
);

create index field_entry_person on field_entry (person_id, recorded_at);

create index field_entry_open on field_entry (recorded_at) where outcome <> 'done' and settled_at is null;

-- When a job last ran: what fell due while none did is not decided by the job alone.
create table job_run (
  name text primary key,
  ran_at timestamptz not null
);
