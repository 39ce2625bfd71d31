import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Scope } from '#server/http/route.ts'
import type { Variant } from '#shared/contract/media.ts'
import { inScope } from '../scope.queries.ts'

/** A file as it may be seen: `is_restricted` when the file, or any review that shows it, is. */
export type Shown = { mime: string; is_restricted: boolean }

/**
 * The file, when a review in the scope shows it; undefined otherwise. A review shows every snapshot of its post.
 *
 * @param reviewId only when this review shows it
 */
export async function getShownMedia(
  db: Db | Tx,
  sha256: string,
  scope: Scope,
  reviewId?: string,
): Promise<Shown | undefined> {
  const showing = sql`
    select from post_media
    join snapshot on snapshot.id = post_media.snapshot_id
    join review on review.post_id = snapshot.post_id
    where (post_media.sha256 = media.sha256 or post_media.fetched_sha256 = media.sha256)`
  const one = reviewId ? sql`and review.id = ${reviewId}` : sql``
  const { rows } = await sql<Shown>`
    select media.mime, media.is_restricted or exists (${showing} and review.is_restricted) as is_restricted
    from media
    where media.sha256 = ${sha256} and exists (${showing} and ${inScope(scope)} ${one})`.execute(db)
  return rows[0]
}

type NewReveal = {
  id: string
  review_id: string
  media_sha256: string
  variant: 'display' | 'original'
  person_id: string
  grant_sha256: string
  granted_at: Date
  expires_at: Date
}

export async function insertReveal(tx: Tx, reveal: NewReveal) {
  await tx.insertInto('reveal').values(reveal).execute()
}

/** Puts another grant in the place of one that was not used. */
export async function replaceGrant(db: Db, revealId: string, grantSha256: string) {
  await db
    .updateTable('reveal')
    .set({ grant_sha256: grantSha256 })
    .where('id', '=', revealId)
    .where('used_at', 'is', null)
    .execute()
}

type Use = { grantSha256: string; personId: string; sha256: string; variant: Variant; now: Date }

/** Uses a grant up. False when it is not for this person and file, was used, or ran out. */
export async function spendGrant(db: Db, { grantSha256, personId, sha256, variant, now }: Use): Promise<boolean> {
  const used = await db
    .updateTable('reveal')
    .set({ used_at: now })
    .where('grant_sha256', '=', grantSha256)
    .where('person_id', '=', personId)
    .where('media_sha256', '=', sha256)
    .where(sql<boolean>`variant = ${variant}`)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return used.numUpdatedRows === 1n
}

/** Somebody's own reveal, locked. */
export function lockReveal(tx: Tx, revealId: string, personId: string) {
  return tx
    .selectFrom('reveal')
    .select(['id', 'review_id', 'media_sha256', 'granted_at', 'ended_at'])
    .where('id', '=', revealId)
    .where('person_id', '=', personId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function closeReveal(tx: Tx, revealId: string, { endedAt, shownMs }: { endedAt: Date; shownMs: number }) {
  await tx.updateTable('reveal').set({ ended_at: endedAt, shown_ms: shownMs }).where('id', '=', revealId).execute()
}
