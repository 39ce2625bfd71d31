import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { getStanding } from '#server/features/accounts/accounts.queries.ts'
import { findPlacement } from '#server/features/routing/rules/rules.queries.ts'
import { AppError } from '#server/http/errors.ts'
import type { Scope } from '#server/http/route.ts'
import type { ReviewDetail, Snapshot, SnapshotMedia } from '#shared/contract/reviews.ts'
import { findDecisionsOfReview } from '../decisions/decisions.queries.ts'
import { findLease } from '../lease/lease.queries.ts'
import { findNotes, findPostNotes, type NoteReader } from '../notes/notes.queries.ts'
import { selectRow, toReviewRow } from '../review.queries.ts'
import { inScope } from '../scope.queries.ts'
import { findTurnFacts } from '../turns/turns.queries.ts'
import { findFlagGroups } from './flags.queries.ts'

/**
 * All that the desk shows of one review.
 *
 * @throws AppError `not_found`, also when it lies outside the scope
 */
export async function getDesk(
  db: Db,
  reviewId: string,
  scope: Scope,
  reader?: NoteReader,
): Promise<z.input<typeof ReviewDetail>> {
  const row = await selectRow(db.selectFrom('review').where(inScope(scope)))
    .where('review.id', '=', reviewId)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', `No review ${reviewId}.`)
  const [lease, post, snapshot, flags, account, notes, decisions, turn, placement] = await Promise.all([
    findLease(db, reviewId),
    row.post_id ? getPost(db, row.post_id) : null,
    getSnapshot(db, row.snapshot_id, row.policy_id),
    findFlagGroups(db, reviewId),
    getStanding(db, row.account_id, row, scope, reader),
    findNotesOf(db, row, scope, reader),
    findDecisionsOfReview(db, reviewId),
    findTurnFacts(db, row),
    row.rule_set_version === null ? null : findPlacement(db, row.rule_set_version, row.rule_id),
  ])
  const otherId = row.post_id ? await findOtherSnapshot(db, row.snapshot_id, row.post_id) : null
  const otherSnapshot = otherId ? await getSnapshot(db, otherId, row.policy_id) : null
  const around = { lease, post, snapshot, otherSnapshot, flags, account, notes, decisions, turn, placement }
  return { review: toReviewRow(row), ...around }
}

/** On the review and on its post, whichever review of it they were written on. */
async function findNotesOf(db: Db, row: { id: string; post_id: string | null }, scope: Scope, reader?: NoteReader) {
  const [own, ofPost] = await Promise.all([
    findNotes(db, { on: 'review', id: row.id }, reader),
    row.post_id ? findPostNotes(db, row.post_id, scope, reader) : [],
  ])
  return [...own, ...ofPost]
}

export async function getPost(db: Db, postId: string) {
  const row = await db
    .selectFrom('post')
    .select(['id', 'external_id', 'kind', 'url', 'posted_at', 'edited_at', 'deleted_at'])
    .where('id', '=', postId)
    .executeTakeFirstOrThrow()
  const { external_id: externalId, posted_at, edited_at, deleted_at, ...post } = row
  return {
    ...post,
    externalId,
    postedAt: posted_at?.toISOString() ?? null,
    editedAt: edited_at?.toISOString() ?? null,
    deletedAt: deleted_at?.toISOString() ?? null,
  }
}

/** A snapshot of the post that shows something else: its present one, or else the first. */
async function findOtherSnapshot(db: Db, snapshotId: string, postId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select other.id from snapshot as shown
    join snapshot as other on other.post_id = shown.post_id and other.content_sha256 <> shown.content_sha256
    where shown.id = ${snapshotId}
    order by other.id = (select current_snapshot_id from post where id = ${postId}) desc, other.id
    limit 1`.execute(db)
  return rows[0]?.id ?? null
}

export async function getSnapshot(
  db: Db,
  snapshotId: string,
  policyId: string | null,
): Promise<z.input<typeof Snapshot>> {
  const [row, media] = await Promise.all([
    db.selectFrom('snapshot').selectAll().where('id', '=', snapshotId).executeTakeFirstOrThrow(),
    findSnapshotMedia(db, snapshotId, policyId),
  ])
  return {
    id: row.id,
    sha256: row.sha256,
    capturedAt: row.captured_at.toISOString(),
    caption: row.caption,
    language: row.language,
    claimedPlace: row.claimed_place,
    reach: row.reach,
    url: row.url,
    context: row.context,
    sourceName: row.source_name,
    media,
    accountStatus: row.account_state.status,
    handle: row.account_state.handle,
    postStatus: row.post_status,
  }
}

/** In the order of the post. All is restricted under a restricted clause. */
async function findSnapshotMedia(
  db: Db,
  snapshotId: string,
  policyId: string | null,
): Promise<z.input<typeof SnapshotMedia>[]> {
  const rows = await db
    .selectFrom('post_media')
    .leftJoin('media', (join) =>
      join.on('media.sha256', '=', sql<string>`coalesce(post_media.sha256, post_media.fetched_sha256)`),
    )
    .leftJoin('policy', (join) => join.on('policy.id', '=', policyId))
    .select(['post_media.position', 'post_media.kind', 'media.sha256', 'post_media.name', 'post_media.url'])
    .select(['post_media.caption', 'media.mime', 'media.width', 'media.height', 'media.state'])
    .select(['media.is_restricted', 'policy.is_restricted as is_clause_restricted'])
    .where('post_media.snapshot_id', '=', snapshotId)
    .orderBy('post_media.position')
    .execute()
  return rows.map(({ is_restricted, is_clause_restricted, url, name, ...media }) => ({
    ...media,
    name: name ?? url,
    isRestricted: (is_restricted ?? false) || (is_clause_restricted ?? false),
  }))
}
