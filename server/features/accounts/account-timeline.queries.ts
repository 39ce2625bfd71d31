import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { findAppealMoments } from '#server/features/appeals/account.queries.ts'
import { isUndone } from '#server/features/review/decisions/undo.queries.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { AccountMoment } from '#shared/contract/accounts.ts'
import type { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import type { SourceKind } from '#shared/domain/words.ts'
import { requireAccount } from './account-page.queries.ts'
import { findStatusHistory } from './accounts.queries.ts'

/** Of each kind, the newest. */
const most = 200

/**
 * What happened on an account, oldest first.
 *
 * @throws AppError `not_found`, also when it lies outside the scope
 */
export async function findTimeline(db: Db, accountId: string, scope: Scope) {
  const { created_at } = await requireAccount(db, accountId, scope)
  const [history, posts, flags, decisions, appeals] = await Promise.all([
    findStatusHistory(db, accountId, scope),
    findPosts(db, accountId, scope),
    findFlagDays(db, accountId, scope),
    findDecisions(db, accountId, scope),
    findAppealMoments(db, accountId, scope, most + 1),
  ])
  const items: AccountMoment[] = [
    ...(created_at ? [{ kind: 'opened' as const, at: created_at.toISOString() }] : []),
    ...history.map(({ since, ...change }) => ({ kind: 'status' as const, at: since, ...change })),
    ...posts.slice(0, most),
    ...flags.slice(0, most),
    ...decisions.slice(0, most),
    ...appeals.slice(0, most),
  ]
  const isCut = [posts, flags, decisions, appeals].some((found) => found.length > most)
  return { items: items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)), isCut }
}

/** By when they were published, or else first flagged; several reviews of a post are one. */
async function findPosts(db: Db, accountId: string, scope: Scope): Promise<AccountMoment[]> {
  type Row = { at: Date; review_id: string; caption_excerpt: string; media_count: number }
  const { rows } = await sql<Row>`
    select * from (
      select distinct on (review.post_id) coalesce(post.posted_at, review.opened_at) as at, review.id as review_id,
        review.caption_excerpt, review.media_count
      from (
        select * from review where review.account_id = ${accountId}::uuid and review.post_id is not null
          and ${inScope(scope)}
        order by review.id desc limit ${5 * most}
      ) as review
      join post on post.id = review.post_id
      order by review.post_id, review.id desc
    ) as posts
    order by at desc limit ${most + 1}`.execute(db)
  return rows.map((row) => ({
    kind: 'post',
    at: row.at.toISOString(),
    reviewId: row.review_id,
    captionExcerpt: row.caption_excerpt,
    mediaCount: row.media_count,
  }))
}

/** The flags of a day (UTC) on a review are one. */
async function findFlagDays(db: Db, accountId: string, scope: Scope): Promise<AccountMoment[]> {
  type Row = { at: Date; review_id: string; count: number; sources: SourceKind[]; policy_id: string | null }
  const { rows } = await sql<Row>`
    select min(flag.flagged_at) as at, flag.review_id, count(*)::int as count, review.policy_id,
      array_agg(distinct flag.source_kind) as sources
    from (
      select id, policy_id from review where review.account_id = ${accountId}::uuid and ${inScope(scope)}
      order by review.id desc limit ${most}
    ) as review
    join flag on flag.review_id = review.id
    group by flag.review_id, review.policy_id, date_trunc('day', flag.flagged_at, 'UTC')
    order by at desc limit ${most + 1}`.execute(db)
  return rows.map((row) => ({
    kind: 'flags',
    at: row.at.toISOString(),
    reviewId: row.review_id,
    count: row.count,
    sources: row.sources,
    policy: row.policy_id,
  }))
}

async function findDecisions(db: Db, accountId: string, scope: Scope): Promise<AccountMoment[]> {
  type Row = {
    id: string
    decided_at: Date
    number: number
    outcome: Outcome
    policy_id: string | null
    policy_version: number | null
    on_post: PostMeasure | null
    on_account: AccountMeasure | null
  }
  const { rows } = await sql<Row>`
    select decision.id, decision.decided_at, review.number, decision.outcome, decision.policy_id,
      decision.policy_version,
      (select kind from measure where decision_id = decision.id and target = 'post') as on_post,
      (select kind from measure where decision_id = decision.id and target = 'account') as on_account
    from decision join review on review.id = decision.review_id
    where decision.account_id = ${accountId}::uuid and ${inScope(scope)} and not ${isUndone('decision')}
    order by decision.decided_at desc, decision.id desc limit ${most + 1}`.execute(db)
  return rows.map((row) => ({
    kind: 'decision',
    at: row.decided_at.toISOString(),
    decisionId: row.id,
    reviewReference: toReference(row.number),
    outcome: row.outcome,
    clause: row.policy_id && row.policy_version ? { id: row.policy_id, version: row.policy_version } : null,
    postMeasure: row.on_post,
    accountMeasure: row.on_account,
  }))
}
