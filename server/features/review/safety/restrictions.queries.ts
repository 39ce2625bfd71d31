import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Scope } from '#server/http/route.ts'
import { inScope } from '../scope.queries.ts'

type Marked = { id: string; version: number; is_restricted: boolean }

/** Snapshots that show a file, as it was frozen or as it was fetched later. */
const showing = (sha256: string) => sql`(
  select snapshot_id from post_media where sha256 = ${sha256}
  union
  select snapshot_id from post_media where fetched_sha256 = ${sha256})`

/** Locks every review that shows the file, whoever may see it: a review shows every snapshot of its post. */
export async function lockReviewsShowing(tx: Tx, sha256: string): Promise<Marked[]> {
  const { rows } = await sql<Marked>`
    select id, version, is_restricted from review
    where post_id in (select post_id from snapshot where id in ${showing(sha256)})
    order by id for no key update`.execute(tx)
  return rows
}

/** Files that were marked since, and that a review shows which is not restricted. */
export async function findFilesWithLateReviews(db: Db, since: Date): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`
    select media.sha256 from media
    where media.is_restricted and media.sha256 in (
      select subject_id from event_seq where kind = 'media.restricted' and at > ${since}
    ) and exists (
      select from review join snapshot on snapshot.post_id = review.post_id
      join post_media on post_media.snapshot_id = snapshot.id
      where post_media.sha256 = media.sha256 and not review.is_restricted
    )`.execute(db)
  return rows.map(({ sha256 }) => sha256)
}

/** Locks the reviews that are not restricted although they were decided under a restricted clause in that time. */
export async function lockDecidedUnderRestricted(tx: Tx, { from, to }: { from: Date; to: Date }): Promise<Marked[]> {
  const { rows } = await sql<Marked>`
    select review.id, review.version, review.is_restricted from review
    join decision on decision.id = review.decision_id
    join policy on policy.id = decision.policy_id and policy.is_restricted
    where decision.decided_at > ${from} and decision.decided_at <= ${to} and not review.is_restricted
    order by review.id for no key update of review`.execute(tx)
  return rows
}

/** Whether somebody sees a review that shows the file. */
export async function isShownIn(tx: Tx, sha256: string, scope: Scope): Promise<boolean> {
  const { rows } = await sql`
    select from review
    where post_id in (select post_id from snapshot where id in ${showing(sha256)}) and ${inScope(scope)}
    limit 1`.execute(tx)
  return rows.length > 0
}

/** @returns whether that changed anything */
export async function markMedia(tx: Tx, sha256: string, isRestricted: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('media')
    .set({ is_restricted: isRestricted })
    .where('sha256', '=', sha256)
    .where('is_restricted', '<>', isRestricted)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** @returns whether that changed anything */
export async function markReview(tx: Tx, reviewId: string, isRestricted: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('review')
    .set({ is_marked_restricted: isRestricted })
    .where('id', '=', reviewId)
    .where('is_marked_restricted', '<>', isRestricted)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** By its mark, by a clause (suspected, or cited when it was decided), or by a file that its post ever showed. */
const isRestricted: RawBuilder<boolean> = sql<boolean>`(
  review.is_marked_restricted
  or exists (
    select from policy where policy.is_restricted
      and policy.id in (review.policy_id, (select policy_id from decision where id = review.decision_id)))
  or exists (
    select from snapshot join post_media on post_media.snapshot_id = snapshot.id
    join media on media.sha256 in (post_media.sha256, post_media.fetched_sha256)
    where snapshot.post_id = review.post_id and media.is_restricted))`

/**
 * Brings what follows from marks, clauses and files up to date, in reviews that were locked before.
 *
 * @param before as they were when they were locked: the mark alone has changed some already
 * @returns those that changed
 */
export async function followMarks(tx: Tx, before: Marked[]): Promise<Marked[]> {
  if (before.length === 0) return []
  const ids = before.map(({ id }) => id)
  await sql`
    update review set is_restricted = not review.is_restricted
    where id = any(${ids}::uuid[]) and is_restricted <> ${isRestricted}`.execute(tx)
  const { rows } = await sql<Marked>`
    select id, version, is_restricted from review where id = any(${ids}::uuid[]) order by id`.execute(tx)
  const was = new Map(before.map((review) => [review.id, review.is_restricted]))
  return rows.filter((review) => review.is_restricted !== was.get(review.id))
}

/** The leases of these reviews, locked before, whose holders may not see what is restricted. */
export async function findLeasesOfUnseeing(tx: Tx, reviewIds: string[]) {
  if (reviewIds.length === 0) return []
  return tx
    .selectFrom('lease')
    .innerJoin('auth.user as holder', 'holder.id', 'lease.holder_id')
    .select(['lease.review_id', 'lease.holder_id'])
    .where('lease.review_id', 'in', reviewIds)
    .where('holder.seesRestricted', '=', false)
    .execute()
}
