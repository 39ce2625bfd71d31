import type { NewEvent } from '#server/features/audit/audit.queries.ts'
import type { FlagRecord } from './flags.queries.ts'
import type { Joining } from './join-reviews.ts'
import type { ReviewRecord } from './reviews.queries.ts'
import type { PostStatusRow } from './statuses/post-statuses.queries.ts'
import type { NewSnapshot } from './subjects/posts.queries.ts'
import type { StatusChange } from './subjects/take-statements.ts'

/** Collects what intake tells the log: ids, codes and hashes, in the order in which things happened. */
export function intakeEvents(by: NewEvent['by']) {
  const events: NewEvent[] = []
  return {
    events,

    accountsChanged(changes: StatusChange[]) {
      for (const { accountId, status, since } of changes) {
        events.push({
          kind: 'account.status_stated',
          by,
          subject: { kind: 'account', id: accountId },
          data: { status, since: since.toISOString() },
        })
      }
    },

    snapshotsTaken(snapshots: NewSnapshot[]) {
      for (const { id, sha256, contentSha256, postId, accountId } of snapshots) {
        events.push({
          kind: 'snapshot.taken',
          by,
          subject: { kind: 'snapshot', id },
          data: { sha256, contentSha256, postId, accountId },
        })
      }
    },

    postsChanged(changes: PostStatusRow[]) {
      for (const { post_id, status, since, snapshot_id: snapshotId } of changes) {
        events.push({
          kind: `post.${status}`,
          by,
          subject: { kind: 'post', id: post_id },
          data: { since: since.toISOString(), snapshotId },
        })
      }
    },

    reviewsMoved(reviews: ReviewRecord[]) {
      for (const { id, version, snapshot_id: snapshotId } of reviews) {
        events.push({
          kind: 'review.snapshot_changed',
          by,
          subject: { kind: 'review', id, version },
          data: { snapshotId },
        })
      }
    },

    flagReceived(flag: FlagRecord, { effect, review, showsNewContent, isWoken, movedFrom }: Joining) {
      events.push({
        kind: 'flag.received',
        by,
        subject: { kind: 'flag', id: flag.id },
        data: {
          effect,
          reviewId: flag.review_id,
          snapshotId: flag.snapshot_id,
          sourceKind: flag.source_kind,
          policyId: flag.policy_id,
          ...(review?.is_restricted && { isRestricted: true }),
        },
      })
      if (!review) return
      // The last of what the flag changed has the version it left behind.
      const subject = { kind: 'review', id: review.id, version: review.version }
      const shown = isWoken ? { ...subject, version: review.version - 1 } : subject
      if (effect === 'opened') {
        const { queue_id: queueId, policy_id: policyId, previous_review_id: previousReviewId } = review
        const placed = { queueId, rulesVersion: review.rule_set_version, ruleId: review.rule_id }
        const { is_restricted: isRestricted, snapshot_id: snapshotId } = review
        const data = { flagId: flag.id, snapshotId, ...placed, policyId, previousReviewId, isRestricted }
        events.push({ kind: 'review.opened', by, subject, data })
      } else if (showsNewContent) {
        events.push({
          kind: 'review.snapshot_changed',
          by,
          subject: shown,
          data: { flagId: flag.id, snapshotId: review.snapshot_id },
        })
      }
      if (isWoken) {
        events.push({ kind: 'review.woken', by, subject, data: { cause: 'removal_order', flagId: flag.id } })
      }
      if (movedFrom !== null) {
        const placed = { rulesVersion: review.rule_set_version, ruleId: review.rule_id }
        const data = { flagId: flag.id, from: movedFrom, to: review.queue_id, ...placed }
        events.push({ kind: 'review.moved', by, subject, data })
      }
    },
  }
}
