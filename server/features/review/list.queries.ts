import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { type Cursor, cutPage, readCursor, walk } from '#server/db/paging.ts'
import { plannedAnew } from '#server/db/prepare.ts'
import type { listReviews, ReviewSort } from '#shared/contract/reviews.ts'
import { type Count, countMatching, mostCounted, toCount } from './counts.queries.ts'
import { type Filter, findMatching, isNarrowed, type Side, sidesOf } from './filter.queries.ts'
import { type ListedReview, orders, selectRow, toReviewRow } from './review.queries.ts'
import type { Reader } from './scope.queries.ts'

type ListQuery = z.output<typeof listReviews.query>

/**
 * One page, keyset-paged both ways; the count comes with the first page only.
 *
 * A list under filters is read in one of two ways. Where there are few hits, to look for them along the order would mean
 * to walk through a million rows for fifty: they are gathered by what the filters say, and sorted. Where there are many,
 * the order's index is followed until the page is full. The first page gathers up to as many as are counted, which tells
 * the one from the other; the cursor remembers it.
 */
export async function findReviews(db: Db, { sort, limit, cursor: text, ...filter }: ListQuery, reader: Reader) {
  const cursor = readCursor(text, sort, orders[sort].kind)
  const range = { sort, limit, cursor }
  if (!isNarrowed(filter)) {
    const [rows, [count]] = await Promise.all([
      walkRows(db, filter, range, reader),
      cursor ? [null] : countMatching(db, [filter], reader),
    ])
    return toPage(rows, range, { count: count ?? null, isShort: false })
  }
  if (cursor && !cursor.isShort) {
    return toPage(await walkRows(db, filter, range, reader), range, { count: null, isShort: false })
  }
  let first: number | undefined
  for (const most of mostGathered(filter, cursor)) {
    const rows = await gatherRows(db, filter, { ...range, most }, reader)
    const found = rows[0]?.found ?? 0
    first ??= found
    if (found > most) continue
    return toPage(rows, range, { count: cursor ? null : toCount(first, mostCounted(filter)), isShort: true })
  }
  const rows = await walkRows(db, filter, range, reader)
  return toPage(rows, range, { count: cursor ? null : toCount(first!, mostCounted(filter)), isShort: false })
}

/** Up to so many hits a list is sorted rather than walked through. */
const mostSorted = 10_000

/**
 * How many to gather, and how many in a second try: as many as are counted, and as many as are worth sorting. Of a
 * thousand hits among what waits, fifty are met along the way as soon; among what was ever decided they are not.
 */
function mostGathered(filter: Filter, cursor: Cursor | null): number[] {
  const counted = mostCounted(filter)
  if (cursor || counted === mostSorted) return [mostSorted]
  return sidesOf(filter).includes('decided') ? [counted, mostSorted] : [counted]
}

type Range = { sort: ReviewSort; limit: number; cursor: Cursor | null }

function toPage(rows: ListedReview[], range: Range, { count, isShort }: { count: Count | null; isShort: boolean }) {
  const { column } = orders[range.sort]
  const place = (row: ListedReview) => ({ value: Number(row[column]), id: row.id })
  const { items, ...cursors } = cutPage(rows, { ...range, place, isShort })
  return { items: items.map(toReviewRow), ...cursors, count }
}

/** Along the index of the order, each side along its own. */
export function walkRows(db: Db, filter: Filter, range: Range, reader: Reader): Promise<ListedReview[]> {
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

type Gathered = ListedReview & { found: number }

/**
 * What matches, sorted, and how many there are; good only when there are not more than `most`. Materialized, so that PostgreSQL
 * does not think of the order while it looks for them.
 */
export async function gatherRows(
  db: Db,
  filter: Filter,
  { most, ...range }: Range & { most: number },
  reader: Reader,
): Promise<Gathered[]> {
  const { column, order } = wayOf(range)
  const found = sidesOf(filter).map(
    (side) => sql`(${findRange(db, filter, side, range, reader).select(['id', column])} limit ${most + 1})`,
  )
  const [value, way] = [sql.ref(`found.${column}`), sql.raw(order)]
  const { rows } = await sql<Gathered>`
    ${sql.raw(plannedAnew)} with found as materialized (${sql.join(found, sql` union all `)})
    select page.found, review.*, (select state from media where sha256 = review.first_media) as media_state
    from (select id, ${value}, (select count(*)::int from found) as found from found
      order by ${value} ${way}, found.id ${way} limit ${range.limit + 1}) as page
    join review on review.id = page.id
    order by ${sql.ref(`page.${column}`)} ${way}, page.id ${way}`.execute(db)
  return rows
}

function wayOf({ sort, cursor }: Range) {
  const { column, kind, order } = orders[sort]
  return { column, kind, ...walk(cursor, order) }
}

/** What matches on one side, from the cursor on. */
function findRange(db: Db, filter: Filter, side: Side, range: Range, reader: Reader) {
  const { column, kind, compare } = wayOf(range)
  const query = findMatching(db, filter, side, reader)
  if (!range.cursor) return query
  const value = kind === 'time' ? new Date(range.cursor.value) : range.cursor.value
  return query.where(sql<boolean>`(${sql.ref(column)}, id) ${sql.raw(compare)} (${value}, ${range.cursor.id}::uuid)`)
}
