import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'

export type MediaRow = {
  sha256: string
  mime: string
  size: number
  width: number | null
  height: number | null
  state: 'pending' | 'ready' | 'failed'
}

export function findMedia(db: Db | Tx, hashes: string[]): Promise<(MediaRow & { is_restricted: boolean })[]> {
  return db
    .selectFrom('media')
    .select(['sha256', 'mime', 'size', 'width', 'height', 'state', 'is_restricted'])
    .where('sha256', 'in', hashes)
    .execute()
}

/** Answers whether it was new: false when somebody stored the same bytes meanwhile. */
export async function insertMedia(tx: Tx, media: MediaRow & { stored_at: Date }): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('media')
    .values(media)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}

/** Pictures without derivatives, the longest waiting first, after the one given. */
export function findPendingMedia(
  db: Db,
  { after, limit }: { after: PendingMedia | null; limit: number },
): Promise<PendingMedia[]> {
  return db
    .selectFrom('media')
    .select(['sha256', 'stored_at'])
    .where('state', '=', 'pending')
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(stored_at, sha256) > (${after!.stored_at}, ${after!.sha256})`),
    )
    .orderBy('stored_at')
    .orderBy('sha256')
    .limit(limit)
    .execute()
}
export type PendingMedia = { sha256: string; stored_at: Date }

/** Answers whether it was still pending. */
export async function setDerived(
  tx: Tx,
  sha256: string,
  { state, failure }: { state: 'ready' | 'failed'; failure: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('media')
    .set({ state, failure })
    .where('sha256', '=', sha256)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return numUpdatedRows > 0
}

/** Any number, the same in all processes. */
const derivationLock = 4_771_002

/**
 * Runs `work` while no other process derives; answers false at once when another does. Held by a connection and not by a
 * transaction, which would keep the event log waiting; when the process dies, so does the lock.
 */
export function aloneInDerivation(db: Db, work: () => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${derivationLock}) as taken`.execute(
      connection,
    )
    if (!rows[0]?.taken) return false
    try {
      await work()
    } finally {
      await sql`select pg_advisory_unlock(${derivationLock})`.execute(connection)
    }
    return true
  })
}
