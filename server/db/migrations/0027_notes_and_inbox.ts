import { type Kysely, sql } from 'kysely'

/**
 * Notes on posts, answers to notes, mentions by person, one pinned note for each subject, when somebody last looked at
 * notes, everybody's inbox, and canned reasons. An inbox item is found from the events of its transaction by `xid`.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
alter table note
  add column post_id uuid references post,
  add column answers_id uuid references note,
  add column mentions text[] not null default '{}';

alter table note drop constraint note_check;

alter table note add constraint note_one_subject check (num_nonnulls(review_id, account_id, post_id) = 1);

create index note_post on note (post_id) where post_id is not null;

create table note_pin (
  subject_id uuid primary key,
  note_id uuid not null references note,
  pinned_by text not null,
  pinned_at timestamptz(3) not null
);

create table note_look (
  person_id text not null,
  subject_id uuid not null,
  looked_at timestamptz(3) not null,
  primary key (person_id, subject_id)
);

create table inbox_item (
  id uuid primary key,
  person_id text not null,
  kind text not null,
  review_id uuid references review,
  account_id uuid references account,
  note_id uuid references note,
  by_id text,
  text text,
  at timestamptz(3) not null,
  read_at timestamptz(3),
  xid xid8 not null default pg_current_xact_id(),
  check (num_nonnulls(review_id, account_id) = 1)
);

create index inbox_item_newest on inbox_item (person_id, id desc);

create index inbox_item_unread on inbox_item (person_id, id desc) where read_at is null;

create index inbox_item_xid on inbox_item (xid);

create table canned_reason (
  id uuid primary key,
  reason_id uuid not null,
  version int not null,
  policy_id text references policy,
  uses text[] not null,
  name text not null,
  texts jsonb not null,
  is_withdrawn boolean not null,
  written_by text,
  written_at timestamptz(3) not null,
  unique (reason_id, version)
);

create trigger canned_reason_append_only before update or delete or truncate on canned_reason for each statement execute function refuse_change()`
