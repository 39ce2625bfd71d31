import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { plannedAnew } from '#server/db/prepare.ts'
import { type BulkChoice, mostInBulk } from '#shared/contract/bulk.ts'
import type { LeaseRow } from '../lease/lease.queries.ts'
import { type Filter, findMatching, isNarrowed, sidesOf } from '../list/filter.queries.ts'
import { readSearching } from '../list/search.queries.ts'
import { inScope, type Reader } from '../scope.queries.ts'

/** A review of a choice; the version that was on the screen, where it was. */
export type Chosen = { reviewId: string; version: number | null }

/** What is chosen, most urgent first where a filter says it; one more than may be, when it is too many. */
export async function findChosen(db: Db, choice: BulkChoice, reader: Reader): Promise<Chosen[]> {
  if ('items' in choice) return [...new Map(choice.items.map((item) => [item.reviewId, item])).values()]
  const { filter, except } = choice
  const ids = await readSearching(db, filter, (db) => findIds(db, filter, reader, mostInBulk + except.length + 1))
  const left = new Set<string>(except)
  return ids.filter((id) => !left.has(id)).map((reviewId) => ({ reviewId, version: null }))
}

async function findIds(db: Db | Tx, filter: Filter, reader: Reader, most: number): Promise<string[]> {
  const found: string[] = []
  for (const side of sidesOf(filter)) {
    const query = findMatching(db, filter, side, reader)
      .select('id')
      .orderBy('priority', 'desc')
      .orderBy('id', 'desc')
      .limit(most - found.length)
    const rows = await (isNarrowed(filter) ? query.modifyFront(sql.raw(plannedAnew)) : query).execute()
    found.push(...rows.map(({ id }) => id))
  }
  return found
}

/** These reviews, as far as they are in scope; locked in the order of their ids unless it is only a look. */
export function findReviews(tx: Tx, ids: string[], reader: Reader, isLook: boolean) {
  const query = tx
    .selectFrom('review')
    .selectAll()
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where(inScope(reader.scope))
    .orderBy('id')
  return (isLook ? query : query.forNoKeyUpdate()).execute()
}

/** By review: read it after the reviews are locked. */
export async function findLeases(tx: Tx, reviewIds: string[]): Promise<Map<string, LeaseRow>> {
  const rows = await tx
    .selectFrom('lease')
    .selectAll()
    .where(sql<boolean>`review_id = any(${reviewIds}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.review_id, row]))
}

/** Hashes of snapshots by their ids. */
export async function findHashes(tx: Tx, snapshotIds: string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('snapshot')
    .select(['id', 'sha256'])
    .where(sql<boolean>`id = any(${snapshotIds}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, sha256 }) => [id, sha256]))
}

/** Clauses by id, as far as they say whether something is done to many at once. */
export async function findClauses(tx: Tx) {
  const rows = await tx.selectFrom('policy').select(['id', 'section_code', 'is_restricted']).execute()
  return new Map(rows.map((row) => [row.id, { isRestricted: row.is_restricted, section: { code: row.section_code } }]))
}

/** How many reviews somebody holds: for a look, since it is true for the moment only. */
export async function countHeld(tx: Tx, personId: string, now: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('lease')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('holder_id', '=', personId)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return count
}
