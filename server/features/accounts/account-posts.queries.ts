import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { cutPage, readCursor, walk } from '#server/db/paging.ts'
import { countKeys } from '#server/db/ranges.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { AccountPost, listAccountPosts } from '#shared/contract/accounts.ts'
import type { DerivativeState } from '#shared/contract/media.ts'
import type { Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import type { OutboxState, PostKind, ReviewState } from '#shared/domain/words.ts'
import { requireAccount } from './account-page.queries.ts'

type Row = {
  id: string
  kind: PostKind
  external_id: string
  posted_at: Date | null
  review_id: string
  number: number
  state: ReviewState
  caption_excerpt: string
  language: string | null
  media_count: number
  first_media: string | null
  media_state: z.infer<typeof DerivativeState> | null
  suspected: string | null
  decision_id: string | null
  outcome: Outcome | null
  cited: string | null
  post_measure: PostMeasure | null
  delivery: OutboxState | null
}

type ListQuery = z.output<typeof listAccountPosts.query>

/**
 * One page, the post last heard of first; posts without a review in the scope are left out.
 *
 * @throws AppError `not_found` when the account lies outside the scope
 */
export async function findAccountPosts(db: Db, accountId: string, { limit, cursor: text }: ListQuery, scope: Scope) {
  await requireAccount(db, accountId, scope)
  const cursor = readCursor(text, 'posts')
  const { compare, order } = walk(cursor, 'desc')
  const beyond = cursor ? sql`and post.id ${sql.raw(compare)} ${cursor.id}::uuid` : sql``
  const newest = sql`(select * from review where review.post_id = post.id and ${inScope(scope)}
    order by review.id desc limit 1)`
  const shown = {
    from: sql`post`,
    at: sql`null::timestamptz`,
    id: sql`post.id`,
    where: [sql<boolean>`post.account_id = ${accountId}::uuid`, sql<boolean>`exists ${newest}`],
  }
  const [{ rows }, count] = await Promise.all([
    sql<Row>`
      select post.id, post.kind, post.external_id, post.posted_at, review.id as review_id, review.number, review.state,
        review.caption_excerpt, review.language, review.media_count, review.first_media, review.policy_id as suspected,
        decision.id as decision_id, decision.outcome, decision.policy_id as cited, outbox.state as delivery,
        (select state from media where sha256 = review.first_media) as media_state,
        (select kind from measure where decision_id = decision.id and target = 'post') as post_measure
      from post
      cross join lateral ${newest} as review
      left join decision on decision.id = review.decision_id
      left join outbox on outbox.decision_id = decision.id
      where post.account_id = ${accountId}::uuid ${beyond}
      order by post.id ${sql.raw(order)} limit ${limit + 1}`.execute(db),
    cursor ? null : countKeys(db, [shown]),
  ])
  const place = ({ id }: Row) => ({ value: 0, id })
  const { items, ...cursors } = cutPage(rows, { limit, cursor, sort: 'posts', place })
  return { items: items.map(toAccountPost), ...cursors, count }
}

function toAccountPost(row: Row): z.input<typeof AccountPost> {
  return {
    id: row.id,
    kind: row.kind,
    externalId: row.external_id,
    postedAt: row.posted_at?.toISOString() ?? null,
    captionExcerpt: row.caption_excerpt,
    language: row.language,
    media: { count: row.media_count, first: row.first_media, firstState: row.media_state },
    review: { id: row.review_id, reference: toReference(row.number), state: row.state },
    policy: row.decision_id ? row.cited : row.suspected,
    decision:
      row.decision_id && row.outcome && row.delivery
        ? { id: row.decision_id, outcome: row.outcome, postMeasure: row.post_measure, delivery: row.delivery }
        : null,
  }
}
