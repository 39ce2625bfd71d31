import { type Kysely, sql } from 'kysely'

/**
 * What senders say after the flag. Statements about an account are all kept, and its history is those at which its status
 * turned, so that it comes out the same in whatever order they arrive. Posts are told to be edited, deleted or restored.
 * Media named by their address may be fetched: what was fetched stands beside what the snapshot froze. The key of a flag begins
 * with what tells flags apart.
 */
export async function up(db: Kysely<unknown>) {
  for (const part of [accounts, posts, media, flags]) {
    for (const statement of part.split(/;\n\n/)) await sql.raw(statement).execute(db)
  }
}

const accounts = `
alter table account_status
  add column is_sighting boolean not null default false,
  add column is_turn boolean not null default true;

insert into account_status (id, account_id, status, since, cause, source, is_sighting, is_turn)
select gen_random_uuid(), id, status, status_seen_at, null, '', true, false
from account where status_seen_at > status_since`

const posts = `
alter table post
  add column edited_at timestamptz(3),
  add column deleted_at timestamptz(3);

create table post_status (
  id uuid primary key,
  post_id uuid not null references post,
  status text not null check (status in ('edited', 'deleted', 'restored')),
  since timestamptz(3) not null,
  cause text,
  source text not null,
  snapshot_id uuid references snapshot,
  recorded_at timestamptz(3) not null
);

create unique index post_status_post on post_status (post_id, since, status, source);

alter table snapshot
  add column post_status text check (post_status in ('edited', 'deleted', 'restored'))`

const media = `
alter table post_media
  add column fetched_sha256 text references media,
  add column fetch_after timestamptz(3),
  add column fetch_attempts int not null default 0,
  add column fetch_failure text;

create index post_media_waiting on post_media (fetch_after) where fetch_after is not null;

create index post_media_fetched on post_media (fetched_sha256) where fetched_sha256 is not null`

const flags = `
alter table flag
  drop constraint flag_source_kind_source_name_external_id_key,
  add constraint flag_key unique (external_id, source_name, source_kind)`
