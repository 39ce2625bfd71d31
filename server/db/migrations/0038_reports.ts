import { type Kysely, sql } from 'kysely'

/**
 * What reports are counted from: facts that are read off the sealed log, each with the event that made it so, and the day's
 * facts once more as bytes. All of it can be made again from the log; an installation that has one fills it beside its work.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const dims = `queue text not null, clause text not null, language text not null, platform text not null, source text not null`

const statements = `
create table report_state (only_row boolean primary key default true check (only_row), filled_seq bigint not null);

insert into report_state (filled_seq) values (0);

create table report_review (
  review_id uuid primary key,
  ${dims},
  is_order boolean not null,
  is_restricted boolean not null,
  opened_at timestamptz(3) not null,
  looked_at timestamptz(3),
  wait_seq bigint
) with (fillfactor = 85);

create table report_flag (
  seq bigint primary key,
  at timestamptz(3) not null,
  flag_id uuid not null,
  review_id uuid,
  ${dims}
);

create index report_flag_at on report_flag (at, seq);

create table report_wait (
  seq bigint primary key,
  at timestamptz(3) not null,
  review_id uuid not null,
  is_opening boolean not null,
  opened_at timestamptz(3) not null,
  ${dims},
  ended_at timestamptz(3),
  ended_seq bigint
) with (fillfactor = 85);

create index report_wait_at on report_wait (at, seq);

create index report_wait_review on report_wait (review_id);

create table report_voided_end (
  wait_seq bigint not null,
  at timestamptz(3) not null,
  seq bigint not null,
  void_seq bigint not null,
  primary key (wait_seq, seq)
);

create table report_decision (
  seq bigint primary key,
  at timestamptz(3) not null,
  decision_id uuid not null unique,
  review_id uuid not null,
  ${dims},
  outcome text not null,
  measure text not null,
  account_status text not null,
  is_first boolean not null,
  is_order boolean not null,
  has_media boolean not null,
  opened_at timestamptz(3) not null,
  looked_at timestamptz(3),
  due_at timestamptz(3) not null,
  effect_at timestamptz(3),
  effect_seq bigint,
  undone_seq bigint
) with (fillfactor = 85);

create index report_decision_at on report_decision (at, seq);

create index report_decision_review on report_decision (review_id);

create table report_overturn (
  decision_id uuid not null,
  seq bigint not null,
  by_decision_id uuid,
  void_seq bigint,
  primary key (decision_id, seq)
);

create index report_overturn_by on report_overturn (by_decision_id);

create table report_appeal (
  seq bigint primary key,
  at timestamptz(3) not null,
  appeal_id uuid not null unique,
  review_id uuid not null,
  ${dims},
  outcome text not null,
  measure text not null,
  account_status text not null
);

create index report_appeal_at on report_appeal (at, seq);

create table report_answer (
  seq bigint primary key,
  at timestamptz(3) not null,
  appeal_id uuid not null,
  answer text not null,
  wrongly_down_ms bigint,
  down_seq bigint,
  void_seq bigint
);

create index report_answer_at on report_answer (at, seq);

create index report_answer_appeal on report_answer (appeal_id);

create table report_reveal (
  seq bigint primary key,
  at timestamptz(3) not null,
  reveal_id uuid not null unique,
  review_id uuid not null,
  person_id text not null,
  ${dims},
  shown_ms bigint,
  hidden_seq bigint
) with (fillfactor = 85);

create index report_reveal_at on report_reveal (at, seq);

create index report_reveal_review on report_reveal (review_id);

create table report_restriction (
  review_id uuid not null,
  seq bigint not null,
  is_restricted boolean not null,
  primary key (review_id, seq)
);

create table report_chunk (
  kind text not null,
  day date not null,
  changed_seq bigint not null,
  built_seq bigint not null default 0,
  waits_until timestamptz(3),
  bytes bytea,
  primary key (kind, day)
);

create index report_chunk_stale on report_chunk (changed_seq) where built_seq < changed_seq;

alter table report_chunk alter column bytes set storage external`
