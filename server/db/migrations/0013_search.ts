import { type Kysely, sql } from 'kysely'
import { type ReviewTexts, toReviewWords } from '../review-words.ts'

/**
 * What reviews are found by, beside them: a claim or a decision writes no index of words. And an index for each filter
 * that can leave few reviews, so that those few are never looked for in a million.
 */
export async function up(db: Kysely<unknown>) {
  await sql`create table review_text (review_id uuid primary key references review, words tsvector not null)`.execute(
    db,
  )
  await fill(db)
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

/** Most words of an index come with new reviews: they are gathered and sorted in, a megabyte at a time. */
const statements = `
create index review_text_words on review_text using gin (words) with (gin_pending_list_limit = 1024);

alter table review_text alter column words set statistics 300;

alter table review_text set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

create index review_decided_age on review ((opened_at - account_created_at)) where state = 'decided';

create index review_decided_reach on review (reach) where state = 'decided' and reach is not null;

create index review_decided_score on review (score) where state = 'decided' and score is not null;

create index review_decided_posted on review (posted_at) where state = 'decided' and posted_at is not null;

create index review_decided_at on review (decided_at) where state = 'decided';

create index review_decided_outcome on review (outcome, exemption) where state = 'decided';

create index review_decided_kinds on review using gin (sources, media_kinds) with (gin_pending_list_limit = 256)
  where state = 'decided';

create index review_decided_alone on review (opened_at, id) where state = 'decided' and post_id is null;

create index review_waiting_age on review ((opened_at - account_created_at)) where state <> 'decided';

create index review_waiting_reach on review (reach) where state <> 'decided' and reach is not null;

create index review_waiting_score on review (score) where state <> 'decided' and score is not null;

create index review_waiting_kinds on review using gin (sources, media_kinds) with (gin_pending_list_limit = 256)
  where state <> 'decided';

create index review_claimed_place on review ((lower(claimed_place) collate "C")) where claimed_place is not null;

create index flag_reporter_review on flag (reporter_id, review_id) where reporter_id is not null;

create statistics review_placed (dependencies) on queue_id, policy_id, language, platform from review`

type Texts = ReviewTexts & { id: string }

const atOnce = 2_000

async function fill(db: Kysely<unknown>) {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await findTexts(db, after)
    if (rows.length === 0) return
    const ids = rows.map(({ id }) => id)
    const words = rows.map(toReviewWords)
    await sql`insert into review_text (review_id, words)
      select * from unnest(${ids}::uuid[], ${words}::tsvector[])`.execute(db)
    after = ids.at(-1)!
  }
}

async function findTexts(db: Kysely<unknown>, after: string): Promise<Texts[]> {
  const { rows } = await sql<Texts>`
    select review.id, snapshot.caption, review.handle, review.display_name, account.external_id as account_external_id,
      account.url as account_url, post.external_id as post_external_id, post.url as post_url,
      review.platform, review.language, review.media_count, review.media_kinds,
      array(select body from note where note.review_id = review.id
        union all select body from note where note.account_id = review.account_id) as notes
    from (select * from review where id > ${after}::uuid order by id limit ${atOnce}) as review
    join snapshot on snapshot.id = review.snapshot_id
    join account on account.id = review.account_id
    left join post on post.id = review.post_id
    order by review.id`.execute(db)
  return rows
}
