import { type Kysely, sql } from 'kysely'

/**
 * What the team screen changes, and the two lanes that keep people safe: what somebody marked as restricted stays so
 * whatever intake finds, and a threat to life is written down with who was told.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
alter table auth."user" add column "version" int not null default 1;

alter table invitation
  add column access jsonb,
  add column invited_by text;

alter table review add column is_marked_restricted boolean not null default false;

create function keep_restricted_mark() returns trigger language plpgsql as $$
begin
  new.is_restricted := true;
  return new;
end $$;

create trigger review_keep_restricted_mark before insert or update on review for each row
  when (new.is_marked_restricted and not new.is_restricted)
  execute function keep_restricted_mark();

create table threat_report (
  id uuid primary key,
  review_id uuid not null references review,
  line text not null,
  raised_by text not null,
  raised_at timestamptz(3) not null,
  told text,
  told_at timestamptz(3),
  closed_by text,
  closed_at timestamptz(3),
  check ((closed_by is null) = (closed_at is null)),
  check (told_at is null or told is not null)
);

create index threat_report_open on threat_report (raised_at, id) where closed_at is null;

create index threat_report_review on threat_report (review_id)`
