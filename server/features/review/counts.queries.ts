import { type Expression, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { plannedAnew } from '#server/db/prepare.ts'
import type { countReviews } from '#shared/contract/reviews.ts'
import { ReviewState } from '#shared/domain/words.ts'
import { type Filter, findMatching, isNarrowed, sidesOf } from './filter.queries.ts'
import type { Reader } from './scope.queries.ts'

/** Counting stops here: a list that long is not read to its end, and one row more changes nothing for a reader. */
export const mostCounted = 10_000

export type Count = { value: number; exact: boolean }

export const toCount = (found: number): Count => ({ value: Math.min(found, mostCounted), exact: found <= mostCounted })

/** How many there are under each of the filters, exact up to 10,000, in one statement. */
export async function countMatching(db: Db, filters: Filter[], reader: Reader): Promise<Count[]> {
  const counts = filters.map((filter) => countOf(db, filter, reader))
  const isPlannedAnew = filters.some(isNarrowed)
  const front = sql.raw(isPlannedAnew ? plannedAnew : '')
  const { rows } = await sql<{ counts: number[] }>`select ${front} array[${sql.join(counts)}]::int[] as counts`.execute(
    db,
  )
  return rows[0]!.counts.map(toCount)
}

/** Each side counts up to one more than the most. */
function countOf(db: Db, filter: Filter, reader: Reader): Expression<number> {
  const sides = sidesOf(filter).map((side) => {
    const found = findMatching(db, filter, side, reader)
      .select(sql`1`.as('one'))
      .limit(mostCounted + 1)
    return sql<number>`(select count(*) from (${found}) as found)`
  })
  return sql<number>`${sql.join(sides, sql` + `)}`
}

/** The figures beside tabs and queues. Each is counted by itself, so that a long one hides no short one. */
export async function findCounts(db: Db, filter: z.output<typeof countReviews.query>, reader: Reader) {
  const queues = await db.selectFrom('queue').select('id').orderBy('position').execute()
  const { queues: seen } = reader.scope
  const asked = queues.filter(({ id }) => (!filter.queue || filter.queue.includes(id)) && (!seen || seen.includes(id)))
  const states = ReviewState.options.map((state) => ({ ...filter, state: [state] }))
  const byQueue = asked.map(({ id }) => ({ ...filter, queue: [id] }))
  const [mine, ...counts] = await countMatching(db, [{ ...filter, mine: true }, ...states, ...byQueue], reader)
  return {
    mine: mine!.value,
    byState: Object.fromEntries(ReviewState.options.map((state, index) => [state, counts[index]!])) as Record<
      ReviewState,
      Count
    >,
    byQueue: asked.map(({ id }, index) => ({ queueId: id, ...counts[states.length + index]! })),
  }
}
