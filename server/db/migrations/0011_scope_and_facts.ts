import { type Kysely, sql } from 'kysely'

/**
 * Who may see what (the queues of a person, the mark `restricted`), and the facts that lists of reviews are filtered by.
 * What is known of earlier reviews is filled in.
 */
export async function up(db: Kysely<unknown>) {
  for (const part of [scope, facts, known, indexes]) {
    for (const statement of part.split(/;\n\n/)) await sql.raw(statement).execute(db)
  }
}

const scope = `
alter table auth."user"
  add column "seesAllQueues" boolean not null default true,
  add column "seesRestricted" boolean not null default false,
  add column "languages" text[] not null default '{}';

create table queue_member (
  person_id text not null references auth."user",
  queue_id text not null references queue,
  may_take boolean not null default true,
  primary key (person_id, queue_id)
)`

const facts = `
alter table review
  add column display_name text,
  add column reach bigint,
  add column score real,
  add column claimed_place text,
  add column media_kinds text[] not null default '{}',
  add column posted_at timestamptz(3),
  add column exemption text,
  add column is_restricted boolean not null default false,
  add column threat_at timestamptz(3)`

const known = `
update review set
  display_name = account.display_name,
  reach = snapshot.reach,
  claimed_place = snapshot.claimed_place,
  posted_at = (select posted_at from post where post.id = review.post_id),
  score = (select max(score) from flag where flag.review_id = review.id),
  exemption = (select exemption from decision where decision.id = review.decision_id),
  media_kinds = coalesce((select array_agg(distinct kind order by kind) from post_media
    where post_media.snapshot_id = review.snapshot_id), '{}'),
  is_restricted = coalesce((select is_restricted from policy where policy.id = review.policy_id), false)
    or exists (select from post_media join media on media.sha256 = post_media.sha256
      where post_media.snapshot_id = review.snapshot_id and media.is_restricted)
from account, snapshot
where account.id = review.account_id and snapshot.id = review.snapshot_id`

/** The filters' indexes also tell what is restricted, so that counts still read nothing else. */
const indexes = `
drop index review_waiting_filters;

drop index review_decided_filters;

create index review_waiting_filters on review
  (queue_id, policy_id, language, platform, account_status, state, is_restricted) where state <> 'decided';

create index review_decided_filters on review
  (queue_id, policy_id, language, platform, account_status, is_restricted) where state = 'decided';

create index review_restricted on review (post_id) where is_restricted;

create index review_threat on review (threat_at desc, id desc) where threat_at is not null;

create index queue_member_queue on queue_member (queue_id)`
