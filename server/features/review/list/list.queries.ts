import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import { type Cursor, cutPage, readCursor, walk } from '#server/db/paging.ts'
import { plannedAnew } from '#server/db/prepare.ts'
import type { listReviews, ReviewSort } from '#shared/contract/reviews.ts'
import { type ListedReview, orders, selectRow, toReviewRow } from '../review.queries.ts'
import type { Reader } from '../scope.queries.ts'
import { type Count, countMatching, mostCounted, toCount } from './counts.queries.ts'
import { type Filter, findMatching, isInOneIndex, isNarrowed, isOn, type Side, sidesOf } from './filter.queries.ts'
import { estimateRows, estimateTexts, namesOne, readSearching } from './search.queries.ts'

type ListQuery = z.output<typeof listReviews.query>

/**
 * One page, keyset-paged both ways; the count comes with the first page only.
 *
 * A list under filters is read in one of two ways. Where there are few hits, to look for them along the order would mean
 * to walk through a million rows for fifty: they are gathered by what the filters say, and sorted. Where there are many,
 * the order's index is followed until the page is full. The first page finds out which; the cursor remembers it.
 */
export async function findReviews(db: Db, { sort, limit, cursor: text, ...filter }: ListQuery, reader: Reader) {
  const cursor = readCursor(text, sort, orders[sort].kind)
  const range = { sort, limit, cursor }
  if (isNarrowed(filter)) return readSearching(db, filter, (db) => findNarrowed(db, filter, range, reader))
  const [rows, [count]] = await Promise.all([
    walkRows(db, filter, range, reader),
    cursor ? [null] : countMatching(db, [filter], reader),
  ])
  return toPage(rows, range, { count: count ?? null, isShort: false })
}

function findNarrowed(db: Db | Tx, filter: Filter, range: Range, reader: Reader) {
  if (range.cursor) return findNext(db, filter, range, reader)
  const isSearch = filter.q && !namesOne(filter.q)
  return isSearch ? findFirstHits(db, filter, range, reader) : findFirst(db, filter, range, reader)
}

/** Up to so many hits a list is sorted rather than walked through. */
const mostSorted = 10_000

async function findNext(db: Db | Tx, filter: Filter, range: Range, reader: Reader) {
  if (range.cursor?.isShort) {
    const rows = await gatherRows(db, filter, { ...range, most: mostSorted }, reader)
    if (foundIn(rows) <= mostSorted) return toPage(rows, range, { count: null, isShort: true })
  }
  return toPage(await walkRows(db, filter, range, reader), range, { count: null, isShort: false })
}

async function findFirst(db: Db | Tx, filter: Filter, range: Range, reader: Reader) {
  if (isInOneIndex(filter)) {
    const [count] = await countMatching(db, [filter], reader)
    const rows = await (count!.exact ? gatherRows : walkRows)(db, filter, { ...range, most: mostSorted }, reader)
    return toPage(rows, range, { count: count!, isShort: count!.exact })
  }
  const gathered = await gatherRows(db, filter, { ...range, most: mostSorted }, reader)
  const isShort = foundIn(gathered) <= mostSorted
  const rows = isShort ? gathered : await walkRows(db, filter, range, reader)
  return toPage(rows, range, { count: toCount(foundIn(gathered), mostCounted(filter)), isShort })
}

/** How far a search for a common word looks along the order before it asks the index of words. */
const lookedAhead = 2_000
/** As many hits among them say that walking on fills the page soon. */
const manyAhead = 10
/** A word in more texts than this is common; a list of more hits than this is walked through. */
const [common, long] = [10_000, 5_000]

/**
 * What was searched for may be in every second text or in three of a million. Where PostgreSQL takes it for common, the
 * first rows of the order are looked at: if they fill a page, that is the page, and the list holds at least what was found
 * in them. Otherwise the index of words is asked. Estimates choose the way; the answer does not depend on them.
 */
async function findFirstHits(db: Db | Tx, filter: Filter, range: Range, reader: Reader) {
  let isDense = false
  if ((await estimateTexts(db, filter.q ?? '')) > common) {
    const ahead = await gatherRows(db, filter, { ...range, most: lookedAhead, ahead: lookedAhead }, reader)
    const isAll = (ahead[0]?.seen ?? lookedAhead) < lookedAhead
    if (isAll || foundIn(ahead) > range.limit) {
      return toPage(ahead, range, { count: { value: foundIn(ahead), exact: isAll }, isShort: isAll })
    }
    isDense = foundIn(ahead) >= manyAhead
  }
  const counted = mostCounted(filter)
  const gathered = await gatherRows(db, filter, { ...range, most: counted }, reader)
  const count = toCount(foundIn(gathered), counted)
  if (count.exact) return toPage(gathered, range, { count, isShort: true })
  // Among what waits a thousand hits are met along the way as soon as they are gathered.
  const isOfDecided = !isDense && sidesOf(filter).includes('decided')
  if (isOfDecided && (await estimateHits(db, filter, reader)) < long) {
    const rows = await gatherRows(db, filter, { ...range, most: mostSorted }, reader)
    if (foundIn(rows) <= mostSorted) return toPage(rows, range, { count, isShort: true })
  }
  return toPage(await walkRows(db, filter, range, reader), range, { count, isShort: false })
}

async function estimateHits(db: Db | Tx, filter: Filter, reader: Reader): Promise<number> {
  const sides = sidesOf(filter).map((side) => estimateRows(db, findMatching(db, filter, side, reader).select('id')))
  return (await Promise.all(sides)).reduce((sum, rows) => sum + rows, 0)
}

type Range = { sort: ReviewSort; limit: number; cursor: Cursor | null }

function toPage(rows: ListedReview[], range: Range, { count, isShort }: { count: Count | null; isShort: boolean }) {
  const { column } = orders[range.sort]
  const place = (row: ListedReview) => ({ value: Number(row[column]), id: row.id })
  const { items, ...cursors } = cutPage(rows, { ...range, place, isShort })
  return { items: items.map(toReviewRow), ...cursors, count }
}

/** Along the index of the order, each side along its own. */
export function walkRows(db: Db | Tx, filter: Filter, range: Range, reader: Reader): Promise<ListedReview[]> {
  const { column, order } = wayOf(range)
  const find = (side: Side) => {
    const found = selectRow(findRange(db, filter, side, range, reader))
    const planned = isNarrowed(filter) ? found.modifyFront(sql.raw(plannedAnew)) : found
    return planned
      .orderBy(column, order)
      .orderBy('id', order)
      .limit(range.limit + 1)
  }
  const [side, other] = sidesOf(filter)
  if (!side) return Promise.resolve([])
  if (!other) return find(side).execute()
  return db
    .with('first', () => find(side))
    .with('second', () => find(other))
    .selectFrom('first')
    .selectAll()
    .unionAll((eb) => eb.selectFrom('second').selectAll())
    .orderBy(column, order)
    .orderBy('id', order)
    .limit(range.limit + 1)
    .execute()
}

type Gathered = ListedReview & {
  /** How many match, up to one more than `most`. */
  found: number
  /** How many rows were looked at, where only the first of the order are. */
  seen: number | null
}

const foundIn = (rows: Gathered[]) => rows[0]?.found ?? 0

/**
 * What matches, sorted, and how many there are; good only when there are not more than `most`. Materialized, so that
 * PostgreSQL does not think of the order while it looks for them.
 *
 * @param ahead look at so many rows of the order and no others: they stand where the table would
 */
export async function gatherRows(
  db: Db | Tx,
  filter: Filter,
  { most, ahead, ...range }: Range & { most: number; ahead?: number },
  reader: Reader,
): Promise<Gathered[]> {
  const { column } = wayOf(range)
  const sides = sidesOf(filter)
  const found = sides.map(
    (side) => sql`(${findRange(db, filter, side, range, reader).select(['id', column])} limit ${most + 1})`,
  )
  const order = (table: string) => inOrder(table, range)
  const first = sides.map((side) => sql`(select * from review where ${isOn(side)} ${order('review')} limit ${ahead})`)
  const table = sql`review as materialized (
    select * from (${sql.join(first, sql` union all `)}) as first ${order('first')} limit ${ahead}),`
  const { rows } = await sql<Gathered>`
    ${sql.raw(plannedAnew)} with
    ${ahead ? table : sql``}
    found as materialized (${sql.join(found, sql` union all `)})
    select page.found, ${ahead ? sql`(select count(*)::int from review)` : sql`null`} as seen,
      review.*, (select state from media where sha256 = review.first_media) as media_state
    from (select id, ${sql.ref(column)}, (select count(*)::int from found) as found from found
      ${order('found')} limit ${range.limit + 1}) as page
    join review on review.id = page.id
    ${order('page')}`.execute(db)
  return rows
}

function inOrder(table: string, range: Range) {
  const { column, order } = wayOf(range)
  const way = sql.raw(order)
  return sql`order by ${sql.ref(`${table}.${column}`)} ${way}, ${sql.ref(`${table}.id`)} ${way}`
}

function wayOf({ sort, cursor }: Range) {
  const { column, kind, order } = orders[sort]
  return { column, kind, ...walk(cursor, order) }
}

/** What matches on one side, from the cursor on. */
function findRange(db: Db | Tx, filter: Filter, side: Side, range: Range, reader: Reader) {
  const { column, kind, compare } = wayOf(range)
  const query = findMatching(db, filter, side, reader)
  if (!range.cursor) return query
  const value = kind === 'time' ? new Date(range.cursor.value) : range.cursor.value
  return query.where(sql<boolean>`(${sql.ref(column)}, id) ${sql.raw(compare)} (${value}, ${range.cursor.id}::uuid)`)
}
