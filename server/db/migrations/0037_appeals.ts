import { type Kysely, sql } from 'kysely'

/** Appeals. What was filed is never changed; what becomes of it is. One decision has at most one that waits. */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
create table appeal (
  id uuid primary key,
  number int not null generated always as identity unique,
  decision_id uuid not null references decision,
  review_id uuid not null references review,
  account_id uuid not null references account,
  policy_id text,
  policy_version int,
  appellant text not null check (appellant in ('account', 'reporter', 'other')),
  appellant_name text,
  body text not null,
  language text,
  source_name text not null,
  external_id text,
  filed_by text not null,
  filed_at timestamptz(3) not null,
  received_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  late_reason text,
  state text not null check (state in ('waiting', 'decided', 'withdrawn')),
  holder_id text,
  held_until timestamptz(3),
  outcome text check (outcome in ('upheld', 'reversed', 'changed')),
  rationale text,
  decided_by text,
  decided_at timestamptz(3),
  new_decision_id uuid references decision,
  wrongly_down_ms bigint,
  withdrawn_reason text,
  check ((state = 'decided') = (outcome is not null)),
  check ((state = 'decided') = (decided_by is not null)),
  check ((state = 'decided') = (decided_at is not null)),
  check ((new_decision_id is not null) = (outcome is not null and outcome <> 'upheld')),
  foreign key (policy_id, policy_version) references policy_version (policy_id, version)
);

create unique index appeal_sent on appeal (source_name, external_id) where external_id is not null;

create unique index appeal_open on appeal (decision_id) where state = 'waiting';

create index appeal_decision on appeal (decision_id);

create index appeal_new_decision on appeal (new_decision_id) where new_decision_id is not null;

create index appeal_account on appeal (account_id, filed_at);

create index appeal_due on appeal (state, due_at, id);

create index appeal_filed on appeal (state, filed_at, id);

create index appeal_decided_by on appeal (decided_by, filed_at) where decided_by is not null;

create trigger appeal_as_filed before update of id, number, decision_id, review_id, account_id, policy_id, policy_version,
  appellant, appellant_name, body, language, source_name, external_id, filed_by, filed_at, received_at, due_at, late_reason
  on appeal for each statement execute function refuse_change();

create trigger appeal_kept before delete or truncate on appeal for each statement execute function refuse_change()`
