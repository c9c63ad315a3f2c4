-- The waiting step: who is to be told when what they searched becomes free.

alter table email_code drop constraint email_code_purpose;

alter table email_code add constraint email_code_purpose check (purpose in ('sign_in', 'booking', 'invitation', 'wish'));

-- Kept by e-mail alone: nobody needs an account to wait. "seen" holds what was already free when it was asked
-- (resource -> runs of starts, in minutes since 1970), "offered" the slot that was told last.
create table wish (
  id uuid primary key,
  email text not null,
  language text not null constraint wish_language check (language in ('fr', 'nl', 'en')),
  need text,
  kind text,
  resource_id uuid references resource (id),
  day date not null,
  starts_from text constraint wish_starts_from check (starts_from ~ '^[0-2][0-9]:[0-5][0-9]$'),
  minutes integer not null constraint wish_minutes check (minutes between 5 and 1440),
  people integer not null constraint wish_people check (people >= 1),
  near jsonb,
  seen jsonb not null default '{}',
  status text not null constraint wish_status check (status in ('asked', 'waiting', 'told')),
  created_at timestamptz not null,
  waiting_since timestamptz,
  told_at timestamptz,
  told_count integer not null default 0,
  offered jsonb,
  constraint wish_waits_since check (status <> 'waiting' or waiting_since is not null),
  constraint wish_told_what check (status <> 'told' or (told_at is not null and offered is not null))
);

create index wish_waiting on wish (waiting_since) where status = 'waiting';

create index wish_told on wish (told_at) where status = 'told';

create index wish_email on wish (email);

create index wish_day on wish (day);
