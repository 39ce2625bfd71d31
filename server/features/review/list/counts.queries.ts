import { type Expression, sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import { plannedAnew } from '#server/db/prepare.ts'
import type { countReviews } from '#shared/contract/reviews.ts'
import { ReviewState } from '#shared/domain/words.ts'
import { inQueues, type Reader, suits } from '../scope.queries.ts'
import { type Filter, findMatching, isNarrowed, sidesOf } from './filter.queries.ts'
import { readSearching } from './search.queries.ts'

export type Count = { value: number; exact: boolean }

/**
 * Counting stops here: a list that long is not read to its end, and one row more changes nothing for a reader. What a
 * search finds is counted to a thousand, since each hit has to be looked up where its words are not.
 */
export const mostCounted = ({ q }: Pick<Filter, 'q'>) => (q ? 1_000 : 10_000)

export const toCount = (found: number, most: number): Count => ({ value: Math.min(found, most), exact: found <= most })

/** How many there are under each of the filters, exact as far as is counted, in one statement. */
export async function countMatching(db: Db | Tx, filters: Filter[], reader: Reader): Promise<Count[]> {
  const counts = filters.map((filter) => countOf(db, filter, reader))
  const front = sql.raw(filters.some(isNarrowed) ? plannedAnew : '')
  const { rows } = await sql<{ counts: number[] }>`select ${front} array[${sql.join(counts)}]::int[] as counts`.execute(
    db,
  )
  return rows[0]!.counts.map((count, index) => toCount(count, mostCounted(filters[index]!)))
}

/** Each side counts up to one more than the most. */
function countOf(db: Db | Tx, filter: Filter, reader: Reader): Expression<number> {
  const sides = sidesOf(filter).map((side) => {
    const found = findMatching(db, filter, side, reader)
      .select(sql`1`.as('one'))
      .limit(mostCounted(filter) + 1)
    return sql<number>`(select count(*) from (${found}) as found)`
  })
  // A saved filter may name no state at all.
  if (sides.length === 0) return sql<number>`0`
  return sql<number>`${sql.join(sides, sql` + `)}`
}

type Counts = z.input<typeof countReviews.reply>

/** The figures beside tabs and queues. */
export async function findCounts(db: Db, filter: z.output<typeof countReviews.query>, reader: Reader): Promise<Counts> {
  const queues = await db.selectFrom('queue').select('id').where('retired_at', 'is', null).orderBy('position').execute()
  const { queues: seen } = reader.scope
  const shown = queues.filter(({ id }) => (!filter.queue || filter.queue.includes(id)) && (!seen || seen.includes(id)))
  const queueIds = shown.map(({ id }) => id)
  if (!isNarrowed(filter)) {
    const [counts, offered] = await Promise.all([
      countEach(db, filter, queueIds, reader),
      countOffered(db, filter, reader),
    ])
    return { ...counts, offered }
  }
  return readSearching(db, filter, async (db) => ({
    ...(await countTogether(db, filter, queueIds, reader)),
    offered: await countOffered(db, filter, reader),
  }))
}

/** How many open ones suit the reader; null where all do, and the count of the open ones says it. */
async function countOffered(db: Db | Tx, filter: Filter, reader: Reader): Promise<Count | null> {
  const suiting = suits(reader.scope)
  if (!suiting) return null
  const found = findMatching(db, { ...filter, state: ['open'] }, 'undecided', reader)
    .where(suiting)
    .where(inQueues(reader.scope.takes))
    .select(sql`1`.as('one'))
    .limit(mostCounted(filter) + 1)
  const { rows } = await sql<{ found: number }>`
    select ${sql.raw(plannedAnew)} count(*)::int as found from (${found}) as found`.execute(db)
  return toCount(rows[0]!.found, mostCounted(filter))
}

/** Each by itself, along an index that knows both: so a long one hides no short one. */
async function countEach(db: Db, filter: Filter, queueIds: string[], reader: Reader): Promise<Counts> {
  const states = ReviewState.options.map((state) => ({ ...filter, state: [state] }))
  const byQueue = queueIds.map((id) => ({ ...filter, queue: [id] }))
  const own = [
    { ...filter, mine: true },
    { ...filter, forMe: true },
  ]
  const [mine, forMe, ...counts] = await countMatching(db, [...own, ...states, ...byQueue], reader)
  return {
    mine: mine!.value,
    forMe: forMe!.value,
    byState: Object.fromEntries(
      ReviewState.options.map((state, index) => [state, counts[index]!]),
    ) as Counts['byState'],
    byQueue: queueIds.map((queueId, index) => ({ queueId, ...counts[states.length + index]! })),
  }
}

/** Of what waits, this many are looked at before each figure means "at least". */
const mostLookedAt = ({ q }: Filter) => (q ? 1_000 : 100_000)

/** What waits under the filters is looked for once, and counted by state and queue. */
async function countTogether(db: Db | Tx, filter: Filter, queueIds: string[], reader: Reader): Promise<Counts> {
  const found = findMatching(db, filter, 'undecided', reader)
    .select(['state', 'queue_id'])
    .limit(mostLookedAt(filter) + 1)
  const groups = await sql<{ state: ReviewState; queue_id: string; found: number }>`
    select ${sql.raw(plannedAnew)} state, queue_id, count(*)::int as found from (${found}) as found group by 1, 2`.execute(
    db,
  )
  const others = [
    { ...filter, mine: true },
    { ...filter, forMe: true },
    { ...filter, state: ['decided' as const] },
  ]
  const [mine, forMe, decided] = await countMatching(db, others, reader)
  const sum = (isMeant: (group: (typeof groups.rows)[number]) => boolean) =>
    groups.rows.reduce((total, group) => total + (isMeant(group) ? group.found : 0), 0)
  const isCut = sum(() => true) > mostLookedAt(filter)
  const toPart = (value: number): Count => {
    const count = toCount(value, mostCounted(filter))
    return { value: count.value, exact: count.exact && !isCut }
  }
  const byState = ReviewState.options.map((state) => [
    state,
    state === 'decided' ? decided! : toPart(sum((group) => group.state === state)),
  ])
  return {
    mine: mine!.value,
    forMe: forMe!.value,
    byState: Object.fromEntries(byState) as Counts['byState'],
    byQueue: queueIds.map((queueId) => ({ queueId, ...toPart(sum((group) => group.queue_id === queueId)) })),
  }
}
