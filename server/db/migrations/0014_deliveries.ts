import { type Kysely, sql } from 'kysely'

/** What becomes of a decision once it is made: measures that begin and end, receivers, and what is sent to them. */
export async function up(db: Kysely<unknown>) {
  for (const statement of [...measures, ...receivers, ...deliveries]) await sql.raw(statement).execute(db)
}

const measures = [
  `alter table measure
     add column began_at timestamptz(3),
     add column ended_at timestamptz(3),
     add column ended_as text check (ended_as in ('superseded', 'lapsed', 'already_deleted')),
     add check ((ended_at is null) = (ended_as is null))`,
  // Until now every decision took effect at the moment it was recorded.
  `update measure set began_at = outbox.changed_at
   from outbox where outbox.decision_id = measure.decision_id and outbox.state = 'recorded'`,
  'create index measure_ending on measure (ends_at) where ends_at is not null and began_at is not null and ended_at is null',
  // A decision is superseded once; the next correction supersedes the correction.
  'drop index decision_supersedes',
  'create unique index decision_supersedes on decision (supersedes_id) where supersedes_id is not null',
]

const receivers = [
  `create table receiver (
     id uuid primary key,
     name text not null,
     url text not null,
     platforms text[] not null,
     sources text[] not null,
     is_active boolean not null,
     made_at timestamptz(3) not null,
     changed_at timestamptz(3) not null
   )`,
  `create table receiver_secret (
     id uuid primary key,
     receiver_id uuid not null references receiver,
     secret text not null,
     made_at timestamptz(3) not null,
     ends_at timestamptz(3)
   )`,
  'create index receiver_secret_receiver on receiver_secret (receiver_id, made_at desc)',
]

const deliveries = [
  `create table delivery (
     id uuid primary key,
     number bigint generated always as identity,
     receiver_id uuid not null references receiver,
     decision_id uuid not null references decision,
     measure_id uuid references measure,
     account_id uuid not null references account,
     body text not null,
     state text not null check (state in ('pending', 'sending', 'delivered', 'failed', 'cancelled')),
     attempts int not null default 0,
     attempts_before int not null default 0,
     next_at timestamptz(3) not null,
     last_error text,
     answer text check (answer in ('done', 'already_deleted', 'refused')),
     answer_text text,
     answered_at timestamptz(3),
     made_at timestamptz(3) not null,
     changed_at timestamptz(3) not null
   ) with (fillfactor = 80)`,
  'create unique index delivery_of_decision on delivery (decision_id, receiver_id) where measure_id is null',
  'create unique index delivery_of_lapse on delivery (measure_id, receiver_id) where measure_id is not null',
  'create index delivery_decision on delivery (decision_id)',
  `create index delivery_due on delivery (next_at) where state in ('pending', 'sending')`,
  `create index delivery_line on delivery (receiver_id, account_id, number) where state in ('pending', 'sending', 'failed')`,
  'create index delivery_state on delivery (state, number desc)',
  'create index delivery_number on delivery (number desc)',
]
