import { type Kysely, sql } from 'kysely'

/**
 * The first schema. Plain SQL, because that is how an operator will read it. Ids are uuid v7 made by the program;
 * times are timestamptz(3), since JavaScript keeps milliseconds and a cursor must compare equal.
 */
export async function up(db: Kysely<unknown>) {
  for (const part of [people, policies, subjects, flags, reviews, decisions, log]) {
    for (const statement of part.split(/;\n\n/)) await sql.raw(statement).execute(db)
  }
}

const people = `
create schema if not exists auth;

create table setting (
  key text primary key,
  value jsonb not null
);

create table receipt (
  client_id uuid not null,
  person_id text not null,
  operation text not null,
  reply jsonb,
  made_at timestamptz(3) not null default now(),
  primary key (client_id, person_id)
);

create table invitation (
  id uuid primary key,
  token_sha256 text not null unique,
  kind text not null check (kind in ('setup', 'join')),
  email text,
  name text,
  role text,
  made_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);

create table sign_in_attempt (
  id bigint generated always as identity primary key,
  email_sha256 text not null,
  address text not null,
  succeeded boolean not null,
  at timestamptz(3) not null default now()
);

create index sign_in_attempt_email on sign_in_attempt (email_sha256, at)`

const policies = `
create table queue (
  id text primary key,
  name text not null,
  position int not null,
  target_ms bigint not null
);

create table routing_rule (
  id uuid primary key,
  position int not null unique,
  queue_id text not null references queue,
  source_kind text,
  policy_prefix text
);

create table policy (
  id text primary key,
  code text not null unique,
  position int not null unique,
  kind text not null check (kind in ('clause', 'exemption')),
  short_name text not null,
  section_code text not null,
  section_name text not null,
  severity text not null,
  is_restricted boolean not null default false,
  needs_purpose_test boolean not null default false,
  current_version int not null
);

create table policy_version (
  policy_id text not null references policy,
  version int not null,
  label text not null,
  description text not null,
  signs text[] not null,
  not_this text[] not null,
  questions text[] not null,
  usual_measures text[] not null,
  alert text,
  tco text,
  dsa_category text,
  dsa_keywords text[] not null,
  change text,
  published_by text,
  in_force_since timestamptz(3) not null,
  primary key (policy_id, version)
);

create table reason_mapping (
  source_name text not null default '',
  code text not null,
  policy_id text not null references policy,
  primary key (code, source_name)
)`

const subjects = `
create table account (
  id uuid primary key,
  platform text not null,
  external_id text not null,
  kind text not null,
  handle text not null,
  display_name text,
  url text,
  status text not null,
  status_since timestamptz(3),
  status_seen_at timestamptz(3),
  status_cause text,
  created_at timestamptz(3),
  first_seen_at timestamptz(3) not null,
  unique (platform, external_id)
);

create table account_status (
  id uuid primary key,
  account_id uuid not null references account,
  status text not null,
  since timestamptz(3) not null,
  cause text,
  source text not null,
  recorded_at timestamptz(3) not null default now()
);

create index account_status_account on account_status (account_id, since);

create table media (
  sha256 text primary key,
  mime text not null,
  size bigint not null,
  width int,
  height int,
  state text not null check (state in ('pending', 'ready', 'failed')),
  failure text,
  is_restricted boolean not null default false,
  stored_at timestamptz(3) not null default now()
);

create index media_pending on media (stored_at) where state = 'pending';

create table post (
  id uuid primary key,
  account_id uuid not null references account,
  platform text not null,
  external_id text not null,
  kind text not null,
  url text,
  posted_at timestamptz(3),
  current_snapshot_id uuid,
  unique (platform, external_id)
);

create index post_account on post (account_id, id desc);

create table snapshot (
  id uuid primary key,
  post_id uuid references post,
  account_id uuid not null references account,
  sha256 text not null,
  content_sha256 text not null,
  caption text not null,
  language text,
  claimed_place text,
  reach bigint,
  url text,
  context jsonb not null,
  account_state jsonb not null,
  source_kind text not null,
  source_name text not null,
  captured_at timestamptz(3) not null,
  raw text not null
);

create index snapshot_post on snapshot (post_id, id);

create index snapshot_account on snapshot (account_id, id);

create table post_media (
  snapshot_id uuid not null references snapshot,
  position int not null,
  kind text not null,
  sha256 text references media,
  url text,
  name text,
  caption text,
  primary key (snapshot_id, position)
);

create index post_media_sha256 on post_media (sha256)`

const flags = `
create table reporter (
  id uuid primary key,
  source_name text not null,
  external_id text not null,
  name text,
  unique (source_name, external_id)
);

create table flag (
  id uuid primary key,
  source_kind text not null,
  source_name text not null,
  external_id text not null,
  reporter_id uuid references reporter,
  reason_code text not null,
  policy_id text references policy,
  reason_text text,
  score real,
  flagged_at timestamptz(3) not null,
  received_at timestamptz(3) not null,
  account_id uuid not null references account,
  post_id uuid references post,
  snapshot_id uuid not null references snapshot,
  review_id uuid not null,
  effect text not null check (effect in ('opened', 'joined', 'recorded')),
  raw text not null,
  unique (source_kind, source_name, external_id)
);

create index flag_review on flag (review_id, id desc)`

const reviews = `
create table review (
  id uuid primary key,
  number bigint generated always as identity unique,
  version int not null default 1,
  state text not null,
  queue_id text not null references queue,
  account_id uuid not null references account,
  post_id uuid references post,
  snapshot_id uuid not null references snapshot,
  caption_excerpt text not null,
  language text,
  platform text not null,
  handle text not null,
  account_status text not null,
  account_created_at timestamptz(3),
  policy_id text references policy,
  flag_count int not null,
  sources text[] not null,
  media_count int not null,
  first_media text references media,
  priority int not null,
  priority_terms jsonb not null,
  due_at timestamptz(3) not null,
  opened_at timestamptz(3) not null,
  holder_id text,
  decided_at timestamptz(3),
  decided_by text,
  decision_id uuid,
  outcome text,
  previous_review_id uuid
) with (fillfactor = 85);

create unique index review_undecided_post on review (post_id) where state <> 'decided' and post_id is not null;

create unique index review_undecided_account on review (account_id) where state <> 'decided' and post_id is null;

create index review_post on review (post_id, id desc);

create index review_account on review (account_id, id desc);

create index review_priority on review (priority desc, id desc) where state <> 'decided';

create index review_due on review (due_at, id) where state <> 'decided';

create index review_opened on review (opened_at, id) where state <> 'decided';

create index review_flags on review (flag_count desc, id desc) where state <> 'decided';

create index review_queue_priority on review (queue_id, priority desc, id desc) where state <> 'decided';

create index review_queue_due on review (queue_id, due_at, id) where state <> 'decided';

create index review_holder on review (holder_id) where holder_id is not null;

create index review_decided_priority on review (priority desc, id desc) where state = 'decided';

create index review_decided_due on review (due_at, id) where state = 'decided';

create index review_decided_opened on review (opened_at, id) where state = 'decided';

create index review_decided_flags on review (flag_count desc, id desc) where state = 'decided';

create index review_decided_by on review (decided_by, opened_at, id) where state = 'decided';

create table lease (
  review_id uuid primary key references review,
  holder_id text not null,
  taken_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
) with (fillfactor = 70);

create index lease_expires on lease (expires_at);

create table note (
  id uuid primary key,
  review_id uuid references review,
  account_id uuid references account,
  body text not null,
  author_id text,
  written_at timestamptz(3) not null,
  supersedes_id uuid unique references note,
  check (num_nonnulls(review_id, account_id) = 1)
);

create index note_review on note (review_id) where review_id is not null;

create index note_account on note (account_id) where account_id is not null;

create table reveal (
  id uuid primary key,
  review_id uuid not null references review,
  media_sha256 text not null references media,
  variant text not null,
  person_id text not null,
  grant_sha256 text not null unique,
  granted_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  ended_at timestamptz(3),
  shown_ms int
);

create index reveal_person on reveal (person_id, granted_at)`

const decisions = `
create table decision (
  id uuid primary key,
  review_id uuid not null references review,
  snapshot_id uuid not null references snapshot,
  account_id uuid not null references account,
  review_version int not null,
  outcome text not null check (outcome in ('violation', 'no_violation', 'exempt')),
  policy_id text,
  policy_version int,
  further_clauses jsonb not null,
  exemption text references policy,
  purpose_weighed boolean not null,
  territory text[] not null,
  rationale text not null,
  decided_by text,
  decided_at timestamptz(3) not null,
  handling_ms int,
  account_status text not null,
  supersedes_id uuid references decision,
  foreign key (policy_id, policy_version) references policy_version (policy_id, version)
);

create index decision_review on decision (review_id, decided_at desc);

create index decision_account on decision (account_id, decided_at desc);

create index decision_decided on decision (decided_at desc, id desc);

create index decision_policy on decision (policy_id);

create table measure (
  id uuid primary key,
  decision_id uuid not null references decision,
  target text not null check (target in ('post', 'account')),
  kind text not null,
  restriction text,
  ends_at timestamptz(3)
);

create index measure_decision on measure (decision_id);

create table outbox (
  decision_id uuid primary key references decision,
  state text not null,
  not_before timestamptz(3) not null,
  attempts int not null default 0,
  last_error text,
  changed_at timestamptz(3) not null
);

create index outbox_due on outbox (not_before) where state in ('pending', 'sending', 'failed');

create table export (
  id uuid primary key,
  kind text not null,
  format text not null,
  filter jsonb not null,
  person_id text not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  row_count bigint,
  sha256 text
)`

const log = `
create table event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz(3) not null default clock_timestamp(),
  kind text not null,
  person_id text,
  key_id text,
  subject_kind text not null,
  subject_id text not null,
  subject_version int,
  data jsonb not null
);

create index event_xid on event (xid, id);

create table event_seq (
  seq bigint primary key,
  event_id bigint not null unique references event,
  at timestamptz(3) not null,
  kind text not null,
  person_id text,
  subject_kind text not null,
  subject_id text not null
);

create index event_seq_person on event_seq (person_id, seq desc);

create index event_seq_kind on event_seq (kind, seq desc);

create index event_seq_subject on event_seq (subject_kind, subject_id, seq desc);

create index event_seq_at on event_seq (at);

create table sealer (
  only_row boolean primary key default true check (only_row),
  next_xid xid8 not null,
  last_seq bigint not null
);

insert into sealer (next_xid, last_seq) values ('0', 0);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger event_append_only before update or delete or truncate on event for each statement execute function refuse_change();

create trigger event_seq_append_only before update or delete or truncate on event_seq for each statement execute function refuse_change();

create trigger decision_append_only before update or delete or truncate on decision for each statement execute function refuse_change();

create trigger note_append_only before update or delete or truncate on note for each statement execute function refuse_change();

create trigger snapshot_append_only before update or delete or truncate on snapshot for each statement execute function refuse_change()`
