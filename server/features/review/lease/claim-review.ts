import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { may } from '#shared/domain/permissions.ts'
import {
  alreadyDecided,
  assignedToOther,
  beingConfirmed,
  escalatedToOther,
  heldByOther,
  onHold,
} from '../conflict.queries.ts'
import { lockReview } from '../review.queries.ts'
import { mayTake } from '../scope.queries.ts'
import {
  endExpired,
  extendLease,
  getLeaseRow,
  giveReviews,
  inForce,
  type LeaseRow,
  lockHand,
  toLease,
} from './lease.queries.ts'
import { requireRoom } from './room.ts'

type Review = NonNullable<Awaited<ReturnType<typeof lockReview>>>

/**
 * Takes one review. What is mine already is renewed: no event, the same version. A lease that ran out, whoever's it was,
 * ends first, by an event of its own.
 */
export function claimReview({ db, now, settings }: Deps, caller: Caller, reviewId: string, clientId: string) {
  const act = { clientId, personId: caller.id, operation: `claim ${reviewId}` }
  return once(db, act, async (tx) => {
    const takenAt = now()
    const expiresAt = new Date(takenAt.getTime() + settings.leaseMs)
    const hand = await lockHand(tx, caller.id, takenAt)
    const review = await lockReview(tx, reviewId, caller.scope)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    if (review.state === 'decided') throw await alreadyDecided(tx, review)
    if (review.state === 'confirming') throw await beingConfirmed(tx, review)
    const present = await getLeaseRow(tx, reviewId)
    const held = inForce(present, takenAt)
    if (held?.holder_id === caller.id) {
      await extendLease(tx, { reviewId, holderId: caller.id, now: takenAt, expiresAt })
      return { lease: toLease({ ...held, expires_at: expiresAt }), version: review.version }
    }
    await checkClaim(tx, caller, review, held)
    requireRoom(hand.held, settings.leaseCap)
    const expired = present ? [await endExpired(tx, reviewId, present.holder_id)] : []
    const lease = { holder_id: caller.id, taken_at: takenAt, expires_at: expiresAt }
    const [given] = await giveReviews(tx, [reviewId], lease)
    const { version } = given!
    const subject = { kind: 'review', id: reviewId, version }
    await appendEvents(tx, [...expired, { kind: 'review.claimed', by: caller, subject }], takenAt)
    return { lease: toLease({ ...lease, review_id: reviewId }), version }
  })
}

/**
 * Whether a review that is not the caller's may be taken by them. Writes nothing.
 *
 * @param held the lease in force
 * @throws AppError that says for whom, or for what, it waits instead, or who holds it
 */
export async function checkClaim(tx: Tx, caller: Caller, review: Review, held: LeaseRow | undefined) {
  await requireOffered(tx, caller, review)
  if (held) throw await heldByOther(tx, held)
}

/** Whether a review was handed up to somebody: by name, or by role. */
export const isAddressee = (caller: Caller, review: Pick<Review, 'escalated_to' | 'escalated_role'>): boolean =>
  review.escalated_to === caller.id || review.escalated_role === caller.role

/** @throws AppError that says for whom, or for what, the review waits instead */
async function requireOffered(tx: Tx, caller: Caller, review: Review) {
  const isHandedUp = review.state === 'escalated'
  if (isHandedUp && isAddressee(caller, review)) return
  if (!mayTake(caller.scope, review.queue_id)) {
    throw new AppError('forbidden', `Nothing to take from ${review.queue_id}.`)
  }
  if (review.policy_id !== null && caller.scope.skills?.untrained.includes(review.policy_id)) {
    throw new AppError('cannot_take', `${review.policy_id} needs training.`)
  }
  if (review.state === 'on_hold') throw await onHold(tx, review)
  if (isHandedUp) throw await escalatedToOther(tx, review)
  const isForOther = review.assignee_id !== null && review.assignee_id !== caller.id
  if (isForOther && !may(caller.role, 'review.assign')) throw await assignedToOther(tx, review)
}
