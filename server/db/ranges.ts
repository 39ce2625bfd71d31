import { type RawBuilder, sql } from 'kysely'
import type { Db } from './connect.ts'
import { type Cursor, walk } from './paging.ts'

/**
 * One range of one index: rows that an index holds in the order `(at, id)` under `where`. Several values of a filter are
 * several ranges, since an index keeps its order under one value only.
 */
export type Range = {
  from: RawBuilder<unknown>
  at: RawBuilder<unknown>
  id: RawBuilder<unknown>
  where: readonly RawBuilder<boolean>[]
  /** The table that has the index and the condition that is its range, for `pickRanges`. */
  first?: { table: RawBuilder<unknown>; is: RawBuilder<boolean> }
}

export type Key = { at: Date; id: string }

/** Counting stops here: a list that long is not read to its end, and one row more changes nothing for a reader. */
export const mostCounted = 10_000

/**
 * Of several ways to the same rows the one that reads least: that whose ranges hold the fewest rows, as far as 10,000; the
 * earliest where none is so short. A filter that few rows fit must not be looked for among the many of another.
 */
export async function pickRanges(db: Db, ways: readonly (readonly Range[])[]): Promise<readonly Range[]> {
  const [only] = ways
  if (only === undefined || ways.length === 1) return only ?? []
  const counts = ways.map((ranges) => {
    const parts = ranges.map(({ first, from, where }) => {
      const [table, is] = first ? [first.table, first.is] : [from, all(where)]
      return sql`(select count(*) from (select from ${table} where ${is} limit ${mostCounted + 1}) as each)`
    })
    return parts.length === 0 ? sql`0` : sql`(${sql.join(parts, sql` + `)})`
  })
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}]::int[] as counts`.execute(db)
  const lengths = rows[0]!.counts.map((count) => Math.min(count, mostCounted + 1))
  return ways[lengths.indexOf(Math.min(...lengths))]!
}

type Page = { cursor: Cursor | null; order: 'asc' | 'desc'; limit: number }

/** The keys of one page out of all ranges, and of one row more when there is one. A row in several ranges is there once. */
export async function findKeys(db: Db, ranges: readonly Range[], { cursor, order, limit }: Page): Promise<Key[]> {
  if (ranges.length === 0) return []
  const { compare, order: direction } = walk(cursor, order)
  const way = sql.raw(direction)
  const parts = ranges.map(({ from, at, id, where }) => {
    const beyond = cursor
      ? [sql<boolean>`(${at}, ${id}) ${sql.raw(compare)} (${new Date(cursor.value)}::timestamptz, ${cursor.id}::uuid)`]
      : []
    return sql`(select ${at} as at, ${id} as id from ${from} where ${all([...where, ...beyond])}
      order by ${at} ${way}, ${id} ${way} limit ${limit + 1})`
  })
  const { rows } = await sql<Key>`
    select at, id from (${sql.join(parts, sql` union `)}) as found
    order by at ${way}, id ${way} limit ${limit + 1}`.execute(db)
  return rows
}

/** How many rows there are in all ranges together, exact up to 10,000. */
export async function countKeys(db: Db, ranges: readonly Range[]) {
  if (ranges.length === 0) return { value: 0, exact: true }
  const parts = ranges.map(
    ({ from, id, where }) => sql`(select ${id} as id from ${from} where ${all(where)} limit ${mostCounted + 1})`,
  )
  const found = sql.join(parts, sql` union `)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select id from (${found}) as each limit ${mostCounted + 1}) as found`.execute(
    db,
  )
  return toCount(rows[0]!.count)
}

/** @param counted up to one more than the most */
export const toCount = (counted: number) => ({
  value: Math.min(counted, mostCounted),
  exact: counted <= mostCounted,
})

export function all(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`
}
