import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'

/** A file of a snapshot that is known by its address only. */
export type Fetch = { snapshot_id: string; position: number; url: string; fetch_attempts: number }

/**
 * Takes what is due, the longest waiting first. Nobody else takes it before `until`, when a process that died has not
 * said what became of it.
 */
export async function claimFetches(
  db: Db,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<Fetch[]> {
  const { rows } = await sql<Fetch>`
    update post_media set fetch_after = ${until}, fetch_attempts = fetch_attempts + 1
    where (snapshot_id, position) in (
      select snapshot_id, position from post_media where fetch_after <= ${now}
      order by fetch_after limit ${limit} for update skip locked
    )
    returning snapshot_id, position, url, fetch_attempts`.execute(db)
  return rows
}

type Place = Pick<Fetch, 'snapshot_id' | 'position'>

export async function setFetched(tx: Tx, { snapshot_id, position }: Place, sha256: string) {
  await tx
    .updateTable('post_media')
    .set({ fetched_sha256: sha256, fetch_after: null, fetch_failure: null })
    .where('snapshot_id', '=', snapshot_id)
    .where('position', '=', position)
    .execute()
}

/** @param again null when it is given up */
export async function setFetchFailure(tx: Tx, { snapshot_id, position }: Place, failure: string, again: Date | null) {
  await tx
    .updateTable('post_media')
    .set({ fetch_failure: failure, fetch_after: again })
    .where('snapshot_id', '=', snapshot_id)
    .where('position', '=', position)
    .execute()
}

/** Lets the reviews that show a snapshot show its first picture, and the mark of what was found. Answers them, locked. */
export async function showFetched(tx: Tx, snapshotId: string) {
  const { rows } = await sql<{ id: string; version: number }>`
    update review set
      first_media = coalesce(first_media, (
        select coalesce(m.sha256, m.fetched_sha256) from post_media m join media on media.sha256 = m.fetched_sha256
        where m.snapshot_id = review.snapshot_id and m.kind = 'image' order by m.position limit 1)),
      is_restricted = is_restricted or exists (
        select from post_media m join media on media.sha256 = m.fetched_sha256
        where m.snapshot_id = review.snapshot_id and media.is_restricted)
    where id in (select id from review where snapshot_id = ${snapshotId} order by id for no key update)
    returning id, version`.execute(tx)
  return rows
}
