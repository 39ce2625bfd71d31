import { type Kysely, sql } from 'kysely'

/** Messages to users: templates, version after version, and what was sent with a decision, as it was sent. */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
create table message_template (
  template_id uuid not null,
  version int not null,
  name text not null,
  occasion text not null check (occasion in ('decision', 'upheld', 'reversed', 'changed')),
  policy_id text references policy,
  measure text,
  texts jsonb not null,
  is_withdrawn boolean not null,
  written_by text,
  written_at timestamptz(3) not null,
  primary key (template_id, version)
);

create trigger message_template_append_only before update or delete or truncate on message_template
  for each statement execute function refuse_change();

create table decision_message (
  decision_id uuid primary key references decision,
  template_id uuid not null,
  version int not null,
  language text not null,
  values jsonb not null,
  text text not null,
  foreign key (template_id, version) references message_template (template_id, version)
);

create trigger decision_message_append_only before update or delete or truncate on decision_message
  for each statement execute function refuse_change();

alter table appeal add column message jsonb`
