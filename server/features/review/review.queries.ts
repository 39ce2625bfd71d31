import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import { type Cursor, cutPage, readCursor, type ValueKind, walk } from '#server/db/paging.ts'
import type { ReviewTable } from '#server/db/schema/reviews.ts'
import type { Database } from '#server/db/schema.ts'
import type { Scope } from '#server/http/route.ts'
import type { listReviews, ReviewRow, ReviewSort } from '#shared/contract/reviews.ts'
import { isNewAccount } from '#shared/domain/priority.ts'
import { countMatching } from './counts.queries.ts'
import { type Filter, findMatching, type Side, sidesOf } from './filter.queries.ts'
import { inQueues, inScope, type Reader } from './scope.queries.ts'

/** The column each order goes by; the id breaks ties, in the same direction. */
export const orders = {
  priority: { column: 'priority', kind: 'number', order: 'desc' },
  due: { column: 'due_at', kind: 'time', order: 'asc' },
  newest: { column: 'opened_at', kind: 'time', order: 'desc' },
  oldest: { column: 'opened_at', kind: 'time', order: 'asc' },
  flags: { column: 'flag_count', kind: 'number', order: 'desc' },
} as const satisfies Record<ReviewSort, { column: keyof ReviewTable; kind: ValueKind; order: 'asc' | 'desc' }>

type ListQuery = z.output<typeof listReviews.query>

/** One page, keyset-paged both ways; the count comes with the first page only. */
export async function findReviews(db: Db, { sort, limit, cursor: text, ...filter }: ListQuery, reader: Reader) {
  const { column, kind } = orders[sort]
  const cursor = readCursor(text, sort, kind)
  const [rows, [count]] = await Promise.all([
    findRows(db, filter, { sort, limit, cursor }, reader),
    cursor ? [null] : countMatching(db, [filter], reader),
  ])
  const place = (row: Row) => ({ value: Number(row[column]), id: row.id })
  const { items, ...cursors } = cutPage(rows, { limit, cursor, sort, place })
  return { items: items.map(toReviewRow), ...cursors, count: count ?? null }
}

type Range = { sort: ReviewSort; limit: number; cursor: Cursor | null }

function findRows(db: Db, filter: Filter, range: Range, reader: Reader): Promise<Row[]> {
  const [side, other] = sidesOf(filter)
  if (!side) return Promise.resolve([])
  const first = findRange(db, filter, side, range, reader)
  if (!other) return first.execute()
  const { column } = orders[range.sort]
  const { order } = walk(range.cursor, orders[range.sort].order)
  return db
    .with('first', () => first)
    .with('second', () => findRange(db, filter, other, range, reader))
    .selectFrom('first')
    .selectAll()
    .unionAll((eb) => eb.selectFrom('second').selectAll())
    .orderBy(column, order)
    .orderBy('id', order)
    .limit(range.limit + 1)
    .execute()
}

/** One range of one index; `media.state` is looked up for the rows of the page alone. */
function findRange(db: Db, filter: Filter, side: Side, { sort, limit, cursor }: Range, reader: Reader) {
  const { column, kind } = orders[sort]
  const { compare, order } = walk(cursor, orders[sort].order)
  let query = findMatching(db, filter, side, reader)
  if (cursor) {
    const value = kind === 'time' ? new Date(cursor.value) : cursor.value
    query = query.where(sql<boolean>`(${sql.ref(column)}, id) ${sql.raw(compare)} (${value}, ${cursor.id}::uuid)`)
  }
  return selectRow(query)
    .orderBy(column, order)
    .orderBy('id', order)
    .limit(limit + 1)
}

type Row = Selectable<ReviewTable> & { media_state: ReviewRow['media']['firstState'] }

/** What `toReviewRow` needs. */
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

export function toReviewRow(row: Row): z.input<typeof ReviewRow> {
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

/** The review as it is at this moment, which may have passed. */
export function getReviewState(db: Db | Tx, reviewId: string) {
  return db
    .selectFrom('review')
    .select(['id', 'version', 'state', 'decision_id'])
    .where('id', '=', reviewId)
    .executeTakeFirst()
}

type Next = { filter: Omit<Filter, 'state' | 'mine'>; sort: ReviewSort; count: number; except: readonly string[] }

/**
 * Locks the first open reviews of a list that nobody holds and the reader may take, in its order, passing over those
 * that somebody else has locked.
 */
export async function lockNextReviews(
  tx: Tx,
  { filter, sort, count, except }: Next,
  reader: Reader,
): Promise<string[]> {
  const { column, order } = orders[sort]
  let query = findMatching(tx, { ...filter, state: ['open'] }, 'undecided', reader)
    .where('holder_id', 'is', null)
    .where(inQueues(reader.scope.takes))
  if (except.length > 0) query = query.where('id', 'not in', except)
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
