import { type Kysely, sql } from 'kysely'

/** Coded terms. What people wrote about one is kept in every version; none is ever changed or taken away. */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
create table term (
  id uuid primary key,
  version int not null,
  folded text not null,
  language text not null,
  is_retired boolean not null default false,
  added_by text,
  added_at timestamptz(3) not null
);

create unique index term_headword on term (language, folded) where not is_retired;

create table term_version (
  term_id uuid not null references term,
  version int not null,
  headword text not null,
  language text not null,
  policy_id text references policy,
  forms jsonb not null,
  senses jsonb not null,
  sources jsonb not null,
  is_retired boolean not null,
  change text,
  written_by text,
  written_at timestamptz(3) not null,
  primary key (term_id, version)
)`
