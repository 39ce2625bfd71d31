import type { Selectable } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import type { Lease } from '#shared/contract/reviews.ts'

export type LeaseRow = Selectable<Database['lease']>

export const toLease = (row: LeaseRow): Lease => ({
  holderId: row.holder_id,
  takenAt: row.taken_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
})

export async function findLease(db: Db, reviewId: string): Promise<Lease | null> {
  const row = await getLeaseRow(db, reviewId)
  return row ? toLease(row) : null
}

/** Read it after the review is locked: only then does it stay as it is. */
export function getLeaseRow(db: Db | Tx, reviewId: string): Promise<LeaseRow | undefined> {
  return db.selectFrom('lease').selectAll().where('review_id', '=', reviewId).executeTakeFirst()
}

/** The lease, whoever's it is, while it gives its right. */
export const inForce = (lease: LeaseRow | undefined, now: Date) => (lease && lease.expires_at > now ? lease : undefined)

/** Gives reviews that nobody holds to a person. Returns their new versions, in no order. */
export function giveReviews(tx: Tx, reviewIds: string[], lease: Omit<LeaseRow, 'review_id'>) {
  return tx
    .with('given', (query) => query.insertInto('lease').values(reviewIds.map((review_id) => ({ review_id, ...lease }))))
    .updateTable('review')
    .set((eb) => ({ holder_id: lease.holder_id, version: eb('version', '+', 1) }))
    .where('id', 'in', reviewIds)
    .returning(['id', 'version'])
    .execute()
}

/** Takes reviews from their holders. Returns their new versions, in no order. */
export function takeBackReviews(tx: Tx, reviewIds: string[]) {
  return tx
    .with('taken', (query) => query.deleteFrom('lease').where('review_id', 'in', reviewIds))
    .updateTable('review')
    .set((eb) => ({ holder_id: null, version: eb('version', '+', 1) }))
    .where('id', 'in', reviewIds)
    .returning(['id', 'version'])
    .execute()
}

/** Returns the lease when that person still holds it. Touches nothing else: no list moves when a lease is renewed. */
export function extendLease(
  db: Db | Tx,
  { reviewId, holderId, now, expiresAt }: { reviewId: string; holderId: string; now: Date; expiresAt: Date },
): Promise<LeaseRow | undefined> {
  return db
    .updateTable('lease')
    .set({ expires_at: expiresAt })
    .where('review_id', '=', reviewId)
    .where('holder_id', '=', holderId)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

/**
 * Locks reviews whose lease has run out, then their leases, passing over reviews that somebody is changing. A lease that
 * was renewed in between is left out.
 */
export async function lockExpired(tx: Tx, now: Date, limit: number): Promise<LeaseRow[]> {
  const reviews = await tx
    .selectFrom('review')
    .select('id')
    .where('id', 'in', (eb) => eb.selectFrom('lease').select('review_id').where('expires_at', '<=', now).limit(limit))
    .orderBy('id')
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
  if (reviews.length === 0) return []
  return tx
    .selectFrom('lease')
    .selectAll()
    .where(
      'review_id',
      'in',
      reviews.map(({ id }) => id),
    )
    .where('expires_at', '<=', now)
    .forNoKeyUpdate()
    .execute()
}
