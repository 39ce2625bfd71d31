import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import { appendEvents, type NewEvent } from '#server/features/audit/audit.queries.ts'
import type { Caller, Scope } from '#server/http/route.ts'
import type { Lease } from '#shared/contract/reviews.ts'
import { inQueues, inScope } from '../scope.queries.ts'

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

/**
 * Returns once nobody else gives reviews to that person, until the transaction ends: whoever gives one begins here, before
 * anything else is locked. Tells how many they hold, and whether any that they are to be offered first waits for them.
 */
export async function lockHand(tx: Tx, personId: string, now: Date): Promise<{ held: number; isAssigned: boolean }> {
  const { rows } = await sql<{ held: number; is_assigned: boolean }>`
    select held, is_assigned from lock_hand(${personId}::text, ${now}::timestamptz)`.execute(tx)
  return { held: rows[0]!.held, isAssigned: rows[0]!.is_assigned }
}

/** Gives a locked review to a person, whoever held it. */
export async function putLease(tx: Tx, lease: LeaseRow) {
  const { review_id, ...given } = lease
  await tx
    .insertInto('lease')
    .values({ review_id, ...given })
    .onConflict((conflict) => conflict.column('review_id').doUpdateSet(given))
    .execute()
}

/** Takes a locked review from somebody whose lease ran out. Returns the event that tells of it. */
export async function endExpired(tx: Tx, reviewId: string, holderId: string): Promise<NewEvent> {
  const [taken] = await takeBackReviews(tx, [reviewId])
  const subject = { kind: 'review', id: reviewId, version: taken!.version }
  return { kind: 'lease.expired', by: null, subject, data: { holderId } }
}

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

/** Leases that run longer than any is given end at `at`. Returns how many. */
export async function shortenLeases(db: Db, { longerThan, at }: { longerThan: Date; at: Date }): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('lease')
    .set({ expires_at: at })
    .where('expires_at', '>', longerThan)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/**
 * Locks reviews whose lease has run out, or whose holder was shut out, then their leases, passing over reviews that
 * somebody is changing. A lease that was renewed in between is left out.
 */
export async function lockExpired(tx: Tx, now: Date, limit: number): Promise<LeaseRow[]> {
  const reviews = await tx
    .selectFrom('review')
    .select('id')
    .where('id', 'in', (eb) => eb.selectFrom('lease').select('review_id').where(isOver(now)).limit(limit))
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
    .where(isOver(now))
    .forNoKeyUpdate()
    .execute()
}

/** Somebody who was shut out may have claimed in the seconds in which that was not known yet. */
const isOver = (now: Date) => sql<boolean>`(expires_at <= ${now} or holder_id in
  (select id from auth."user" where "disabledAt" > ${new Date(now.getTime() - 60_000)}))`

/** What somebody holds, the reviews locked. */
export function lockHeldBy(tx: Tx, personId: string): Promise<LeaseRow[]> {
  return lockHeld(tx, personId, sql<boolean>`true`)
}

/** What somebody holds and may not see, or not take, by that scope; the reviews locked. */
export function lockHeldOutside(tx: Tx, personId: string, scope: Scope): Promise<LeaseRow[]> {
  return lockHeld(tx, personId, sql<boolean>`not (${inScope(scope)} and ${inQueues(scope.takes)})`)
}

async function lockHeld(tx: Tx, personId: string, which: RawBuilder<boolean>): Promise<LeaseRow[]> {
  const reviews = await tx
    .selectFrom('review')
    .select('id')
    .where('id', 'in', (eb) => eb.selectFrom('lease').select('review_id').where('holder_id', '=', personId))
    .where(which)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return findLeasesOf(
    tx,
    reviews.map(({ id }) => id),
    personId,
  )
}

/** The leases of these reviews, which are locked; of one holder, if named. */
export async function findLeasesOf(tx: Tx, reviewIds: string[], holderId?: string): Promise<LeaseRow[]> {
  if (reviewIds.length === 0) return []
  return tx
    .selectFrom('lease')
    .selectAll()
    .where('review_id', 'in', reviewIds)
    .$if(holderId !== undefined, (query) => query.where('holder_id', '=', holderId!))
    .execute()
}

type Why = {
  by: Pick<Caller, 'id' | 'key'> | null
  cause: 'disabled' | 'role_changed' | 'access_changed' | 'restricted'
}

/** Takes these reviews, which are locked, from their holders, and says why. */
export async function withdrawLeases(tx: Tx, leases: Pick<LeaseRow, 'review_id' | 'holder_id'>[], { by, cause }: Why) {
  if (leases.length === 0) return
  const holders = new Map(leases.map((lease) => [lease.review_id, lease.holder_id]))
  const taken = await takeBackReviews(tx, [...holders.keys()])
  await appendEvents(
    tx,
    taken.map(({ id, version }) => ({
      kind: 'lease.withdrawn',
      by,
      subject: { kind: 'review', id, version },
      data: { holderId: holders.get(id), cause },
    })),
  )
}
