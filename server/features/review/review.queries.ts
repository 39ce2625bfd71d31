import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import type { ValueKind } from '#server/db/paging.ts'
import { plannedAnew } from '#server/db/prepare.ts'
import type { ReviewTable } from '#server/db/schema/reviews.ts'
import type { Database } from '#server/db/schema.ts'
import type { Scope } from '#server/http/route.ts'
import type { ReviewRow, ReviewSort } from '#shared/contract/reviews.ts'
import { isNewAccount } from '#shared/domain/priority.ts'
import { type Filter, findMatching, isNarrowed } from './list/filter.queries.ts'
import { inQueues, inScope, type Reader, suits } from './scope.queries.ts'

/** The column each order goes by; the id breaks ties, in the same direction. */
export const orders = {
  priority: { column: 'priority', kind: 'number', order: 'desc' },
  due: { column: 'due_at', kind: 'time', order: 'asc' },
  newest: { column: 'opened_at', kind: 'time', order: 'desc' },
  oldest: { column: 'opened_at', kind: 'time', order: 'asc' },
  flags: { column: 'flag_count', kind: 'number', order: 'desc' },
} as const satisfies Record<ReviewSort, { column: keyof ReviewTable; kind: ValueKind; order: 'asc' | 'desc' }>

/** What `toReviewRow` needs of a review. */
export type ListedReview = Selectable<ReviewTable> & { media_state: ReviewRow['media']['firstState'] }

/** With `media.state`, which is looked up for the rows of the page alone. */
export function selectRow(query: SelectQueryBuilder<Database, 'review', object>) {
  return query
    .selectAll('review')
    .select((eb) =>
      eb
        .selectFrom('media')
        .select('media.state')
        .whereRef('media.sha256', '=', 'review.first_media')
        .as('media_state'),
    )
}

export function toReviewRow(row: ListedReview): z.input<typeof ReviewRow> {
  return {
    id: row.id,
    reference: toReference(row.number),
    version: row.version,
    state: row.state,
    queueId: row.queue_id,
    subject: row.post_id ? 'post' : 'account',
    captionExcerpt: row.caption_excerpt,
    language: row.language,
    platform: row.platform,
    accountId: row.account_id,
    handle: row.handle,
    displayName: row.display_name,
    claimedPlace: row.claimed_place,
    reach: row.reach,
    score: row.score,
    postedAt: row.posted_at?.toISOString() ?? null,
    accountStatus: row.account_status,
    isNewAccount: isNewAccount(row.account_created_at, row.opened_at),
    policy: row.policy_id,
    flagCount: row.flag_count,
    sources: row.sources,
    media: { count: row.media_count, kinds: row.media_kinds, first: row.first_media, firstState: row.media_state },
    priority: row.priority,
    priorityTerms: row.priority_terms,
    dueAt: row.due_at.toISOString(),
    openedAt: row.opened_at.toISOString(),
    holderId: row.holder_id,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedById: row.decided_by,
    outcome: row.outcome,
    exemption: row.exemption,
    isRestricted: row.is_restricted,
    threatAt: row.threat_at?.toISOString() ?? null,
    assigneeId: row.assignee_id,
    wakeAt: row.wake_at?.toISOString() ?? null,
    escalatedTo: escalatedTo(row),
  }
}

/** What people call a review. */
export const toReference = (number: number) => `DKT-${number}`

/**
 * The review, locked until the transaction ends: whatever changes one begins here. Undefined when there is none in this
 * scope. It joins nothing, since after a wait PostgreSQL would show the joined rows as they were before it.
 */
export function lockReview(tx: Tx, reviewId: string, scope: Scope) {
  return tx
    .selectFrom('review')
    .selectAll()
    .where('id', '=', reviewId)
    .where(inScope(scope))
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Told while it waits for them. */
function escalatedTo({ state, escalated_to: personId, escalated_role: role }: ListedReview) {
  if (state !== 'escalated') return null
  return personId ? { personId } : role ? { role } : null
}

/** The review as it is at this moment, which may have passed. */
export function getReviewState(db: Db | Tx, reviewId: string) {
  return db
    .selectFrom('review')
    .select(['id', 'version', 'state', 'decision_id'])
    .where('id', '=', reviewId)
    .executeTakeFirst()
}

type Next = {
  filter: Filter
  sort: ReviewSort
  count: number
  except: readonly string[]
  /** Some are assigned to the reader: those come first. */
  hasOwn?: boolean
}

/**
 * Locks the first open reviews of a list that nobody holds and the reader may take, in its order, passing over those
 * that somebody else has locked. Those assigned to the reader come first, of the others those that suit their languages,
 * training and opt-outs; what the reader skipped does not come.
 */
export async function lockNextReviews(tx: Tx, { hasOwn, ...next }: Next, reader: Reader): Promise<string[]> {
  const own = hasOwn ? await lockFirst(tx, next, reader, sql`review.assignee_id = ${reader.id}`) : []
  const count = next.count - own.length
  if (count === 0) return own
  const suiting = suits(reader.scope)
  const isOffered = sql<boolean>`review.assignee_id is null${suiting ? sql` and ${suiting}` : sql``}`
  return [...own, ...(await lockFirst(tx, { ...next, count }, reader, isOffered))]
}

async function lockFirst(
  tx: Tx,
  { filter, sort, count, except }: Omit<Next, 'hasOwn'>,
  reader: Reader,
  isOffered: RawBuilder<boolean>,
): Promise<string[]> {
  const { column, order } = orders[sort]
  let query = findMatching(tx, { ...filter, state: ['open'] }, 'undecided', reader)
    .where('holder_id', 'is', null)
    .where(isOffered)
    .where(inQueues(reader.scope.takes))
    .where(
      sql<boolean>`not exists (select from skip where skip.review_id = review.id and skip.person_id = ${reader.id}
        and skip.snapshot_id = review.snapshot_id)`,
    )
  if (except.length > 0) query = query.where('id', 'not in', except)
  if (isNarrowed(filter) || reader.scope.skills) query = query.modifyFront(sql.raw(plannedAnew))
  const rows = await query
    .select('id')
    .orderBy(column, order)
    .orderBy('id', order)
    .limit(count)
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
  return rows.map(({ id }) => id)
}
