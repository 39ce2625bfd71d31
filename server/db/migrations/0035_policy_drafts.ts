import { type Kysely, sql } from 'kysely'

/**
 * Clauses are written as drafts, read by a second person and published from a date. A version says all that `policy` shows
 * of the one in force, so that what holds at a moment can be read from the versions alone. Past decisions that cite a
 * clause are sampled and looked at again under another wording.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
alter table policy_version
  add column short_name text not null default '',
  add column is_restricted boolean not null default false,
  add column needs_purpose_test boolean not null default false,
  add column is_retired boolean not null default false;

update policy_version set short_name = policy.short_name, is_restricted = policy.is_restricted,
  needs_purpose_test = policy.needs_purpose_test
  from policy where policy.id = policy_version.policy_id;

create table policy_draft (
  id uuid primary key,
  policy_id text not null,
  is_new boolean not null,
  kind text not null,
  code text not null,
  section_code text not null,
  section_name text not null,
  based_on int not null,
  state text not null check (state in ('draft', 'asked', 'published', 'discarded')),
  revision int not null,
  content jsonb not null,
  change text not null,
  wanted_from timestamptz(3),
  version int,
  opened_by text not null,
  opened_at timestamptz(3) not null,
  saved_by text not null,
  saved_at timestamptz(3) not null,
  writers text[] not null
);

create unique index policy_draft_open on policy_draft (policy_id) where state in ('draft', 'asked');

create unique index policy_draft_code on policy_draft (code) where is_new and state in ('draft', 'asked');

create table policy_draft_step (
  id uuid primary key,
  draft_id uuid not null references policy_draft,
  kind text not null check (kind in ('opened', 'asked', 'taken_back', 'sent_back', 'published', 'discarded')),
  revision int not null,
  by_id text not null,
  at timestamptz(3) not null,
  comment text
);

create index policy_draft_step_draft on policy_draft_step (draft_id, id);

create trigger policy_draft_step_append_only before update or delete or truncate on policy_draft_step for each statement
  execute function refuse_change();

create table rereview_sample (
  id uuid primary key,
  policy_id text not null references policy,
  draft_id uuid references policy_draft,
  version int,
  content jsonb not null,
  seed text not null,
  decided_from timestamptz(3),
  decided_to timestamptz(3) not null,
  population int not null,
  size int not null,
  drawn_by text not null,
  drawn_at timestamptz(3) not null
);

create index rereview_sample_policy on rereview_sample (policy_id, id);

create table rereview_item (
  id uuid primary key,
  sample_id uuid not null references rereview_sample,
  position int not null,
  decision_id uuid not null references decision,
  unique (sample_id, position)
);

create trigger rereview_sample_append_only before update or delete or truncate on rereview_sample for each statement
  execute function refuse_change();

create trigger rereview_item_append_only before update or delete or truncate on rereview_item for each statement
  execute function refuse_change();

create table rereview_answer (
  item_id uuid primary key references rereview_item,
  outcome text not null,
  post_measure text,
  is_changed boolean not null,
  rationale text not null,
  answered_by text not null,
  answered_at timestamptz(3) not null
);

create trigger rereview_answer_append_only before update or delete or truncate on rereview_answer for each statement
  execute function refuse_change()`
