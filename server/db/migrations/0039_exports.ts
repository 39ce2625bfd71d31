import { type Kysely, sql } from 'kysely'

/**
 * Exports that are made by a job, and those that are made of each closed period. An export's file lies in the data folder
 * under its id once it has ended; what is being written lies there under another name.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
create table export_schedule (
  id uuid primary key,
  name text not null,
  kind text not null,
  format text not null,
  filter jsonb not null,
  language text not null,
  every text not null check (every in ('day', 'week', 'month')),
  folder text not null,
  person_id text not null,
  created_at timestamptz(3) not null,
  ended_at timestamptz(3)
);

create unique index export_schedule_name on export_schedule (folder, lower(name)) where ended_at is null;

alter table export
  add column state text not null default 'ended' check (state in ('queued', 'running', 'ended', 'broken', 'cancelled')),
  add column is_job boolean not null default false,
  add column period_from text,
  add column period_to text,
  add column from_at timestamptz(3),
  add column to_at timestamptz(3),
  add column time_zone text not null default 'UTC',
  add column language text not null default 'en',
  add column scope jsonb not null default '{"queues":null,"takes":null,"seesRestricted":true}',
  add column columns text[] not null default '{}',
  add column left_out text[] not null default '{}',
  add column is_closed boolean not null default false,
  add column as_of timestamptz(3),
  add column seq bigint,
  add column written bigint not null default 0,
  add column expected bigint,
  add column bytes bigint,
  add column rows_sha256 text,
  add column failure text,
  add column runner_id uuid,
  add column file text,
  add column beat_at timestamptz(3),
  add column attempts int not null default 0,
  add column expires_at timestamptz(3),
  add column schedule_id uuid references export_schedule;

update export set state = 'broken' where ended_at is null;

create unique index export_period on export (schedule_id, period_from) where schedule_id is not null;

create index export_waiting on export (id) where state in ('queued', 'running');

create index export_expiring on export (expires_at) where expires_at is not null;

create index export_person on export (person_id, id desc)`
