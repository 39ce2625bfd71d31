import { type Kysely, sql } from 'kysely'

/**
 * Severe decisions that wait for a second person, and how each ended: confirmed, refused or withdrawn, once. Decisions
 * keep who confirmed them, the exemption test, and what the strike ladder said of the account.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
alter table decision
  add column confirmed_by text,
  add column exemption_test jsonb,
  add column strikes jsonb,
  add column ladder_reason text;

create table proposal (
  id uuid primary key,
  review_id uuid not null references review,
  review_version int not null,
  snapshot_id uuid not null references snapshot,
  input jsonb not null,
  translations jsonb not null,
  strikes jsonb,
  proposed_by text not null,
  proposed_at timestamptz(3) not null
);

create index proposal_review on proposal (review_id, id desc);

create trigger proposal_append_only before update or delete or truncate on proposal for each statement
  execute function refuse_change();

create table proposal_end (
  proposal_id uuid primary key references proposal,
  kind text not null check (kind in ('confirmed', 'refused', 'withdrawn')),
  by_id text not null,
  at timestamptz(3) not null,
  reason text,
  decision_id uuid references decision,
  check ((decision_id is not null) = (kind = 'confirmed')),
  check ((reason is not null) = (kind = 'refused'))
);

create trigger proposal_end_append_only before update or delete or truncate on proposal_end for each statement
  execute function refuse_change()`
