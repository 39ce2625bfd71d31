import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { type Columns, columnsAndRows, rowsOf } from '#server/db/rows.ts'
import { isUndone } from '#server/features/review/decisions/undo.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { PriorityTerm } from '#shared/contract/reviews.ts'
import type { AccountStatus, MediaKind, ReviewState, SourceKind } from '#shared/domain/words.ts'

/** A review as intake writes it. */
export type ReviewRecord = {
  id: string
  version: number
  state: ReviewState
  queue_id: string
  account_id: string
  post_id: string | null
  snapshot_id: string
  caption_excerpt: string
  language: string | null
  platform: string
  handle: string
  display_name: string | null
  account_status: AccountStatus
  account_created_at: Date | null
  policy_id: string | null
  flag_count: number
  sources: SourceKind[]
  claimed_place: string | null
  /** The highest that anybody said. */
  reach: number | null
  /** The highest that a classifier gave. */
  score: number | null
  posted_at: Date | null
  media_count: number
  media_kinds: MediaKind[]
  first_media: string | null
  /** When it opens again, while it is on hold. */
  wake_at: Date | null
  /** Somebody handed it up, and is not answered yet. */
  is_handed_up: boolean
  /** Once it is, it stays so. */
  is_restricted: boolean
  priority: number
  priority_terms: PriorityTerm[]
  due_at: Date
  opened_at: Date
  previous_review_id: string | null
  /** The version of the routing rules that placed it; null when a person did. */
  rule_set_version: number | null
  /** The rule of it; null is the last resort. */
  rule_id: string | null
}

/**
 * Locks, in the order of their ids, the undecided reviews of these posts, of these accounts themselves, and all those of
 * the accounts in `changedAccountIds`.
 */
export async function lockUndecidedReviews(
  tx: Tx,
  subjects: { postIds: string[]; accountIds: string[]; changedAccountIds: string[] },
): Promise<ReviewRecord[]> {
  const { rows } = await sql<ReviewRecord>`
    select id, version, state, queue_id, account_id, post_id, snapshot_id, caption_excerpt, language, platform, handle,
      display_name, account_status, account_created_at, policy_id, flag_count, sources, claimed_place, reach, score,
      posted_at, media_count, media_kinds, first_media, is_restricted, priority, priority_terms, due_at, opened_at,
      previous_review_id, wake_at, rule_set_version, rule_id, coalesce(escalated_to, escalated_role) is not null as is_handed_up
    from review
    where id in (
      select id from review where state <> 'decided' and post_id = any(${subjects.postIds}::uuid[])
      union
      select id from review where state <> 'decided' and post_id is null
        and account_id = any(${subjects.accountIds}::uuid[])
      union
      select id from review where state <> 'decided' and account_id = any(${subjects.changedAccountIds}::uuid[])
    ) and state <> 'decided'
    order by id
    for no key update`.execute(tx)
  return rows
}

export type DecidedReview = {
  id: string
  account_id: string
  post_id: string | null
  /** Of what its snapshot shows. */
  content_sha256: string
  /** Null when its flags were set aside and nobody decided. */
  decision_id: string | null
  /** The suspected clause and every clause that its decisions cite, but for those that were taken back. */
  policy_ids: string[]
}

/** The decided reviews of these posts, and of these accounts themselves, oldest first. */
export async function findDecidedReviews(
  tx: Tx,
  subjects: { postIds: string[]; accountIds: string[] },
): Promise<DecidedReview[]> {
  const { rows } = await sql<DecidedReview>`
    select r.id, r.account_id, r.post_id, s.content_sha256, r.decision_id,
      array_remove(array(
        select r.policy_id
        union select d.policy_id from decision d where d.review_id = r.id and not ${isUndone('d')}
        union select c ->> 'id' from decision d, jsonb_array_elements(d.further_clauses) c
          where d.review_id = r.id and not ${isUndone('d')}
      ), null) as policy_ids
    from review r join snapshot s on s.id = r.snapshot_id
    where r.state = 'decided' and (r.post_id = any(${subjects.postIds}::uuid[])
      or (r.post_id is null and r.account_id = any(${subjects.accountIds}::uuid[])))
    order by r.id`.execute(tx)
  return rows
}

/** What further flags may change. */
const changing: Columns<ReviewRecord> = {
  id: 'uuid',
  version: 'int',
  state: 'text',
  wake_at: 'timestamptz',
  queue_id: 'text',
  snapshot_id: 'uuid',
  caption_excerpt: 'text',
  language: 'text',
  claimed_place: 'text',
  handle: 'text',
  display_name: 'text',
  account_status: 'text',
  account_created_at: 'timestamptz',
  policy_id: 'text',
  flag_count: 'int',
  sources: 'word[]',
  reach: 'bigint',
  score: 'real',
  posted_at: 'timestamptz',
  media_count: 'int',
  media_kinds: 'word[]',
  first_media: 'text',
  is_restricted: 'boolean',
  priority: 'int',
  priority_terms: 'jsonb',
  due_at: 'timestamptz',
  rule_set_version: 'int',
  rule_id: 'text',
}

export async function insertReviews(tx: Tx, reviews: ReviewRecord[]) {
  await sql`
    insert into review ${columnsAndRows(reviews, {
      ...changing,
      account_id: 'uuid',
      post_id: 'uuid',
      platform: 'text',
      opened_at: 'timestamptz',
      previous_review_id: 'uuid',
    })}`.execute(tx)
}

export async function updateReviews(tx: Tx, reviews: ReviewRecord[]) {
  await sql`
    update review set version = r.version, state = r.state, wake_at = r.wake_at, queue_id = r.queue_id, snapshot_id = r.snapshot_id,
      caption_excerpt = r.caption_excerpt, language = r.language, claimed_place = r.claimed_place, handle = r.handle,
      display_name = r.display_name, account_status = r.account_status, account_created_at = r.account_created_at,
      policy_id = r.policy_id, flag_count = r.flag_count, sources = r.sources, reach = r.reach, score = r.score,
      posted_at = r.posted_at, media_count = r.media_count, media_kinds = r.media_kinds, first_media = r.first_media,
      is_restricted = r.is_restricted, priority = r.priority, priority_terms = r.priority_terms, due_at = r.due_at,
      rule_set_version = r.rule_set_version, rule_id = r.rule_id
    from ${rowsOf(reviews, changing)} as r
    where review.id = r.id`.execute(tx)
}

/** Counts further flags on decided reviews, whose other figures stay as they were when they were decided. */
export async function countOnDecided(tx: Tx, flags: { id: string; count: number; sources: SourceKind[] }[]) {
  await sql`
    update review set flag_count = flag_count + f.count,
      sources = array(select distinct unnest(review.sources || f.sources))
    from ${rowsOf(flags, { id: 'uuid', count: 'int', sources: 'word[]' })} as f
    where review.id = f.id`.execute(tx)
}

/** Those of these reviews that exist for somebody. */
export async function findReviewsInScope(db: Db, ids: string[], scope: Scope): Promise<Set<string>> {
  const rows = await db.selectFrom('review').select('id').where('id', 'in', ids).where(inScope(scope)).execute()
  return new Set(rows.map(({ id }) => id))
}
