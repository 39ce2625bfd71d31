import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents, type NewEvent } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { alreadyDecided, heldByOther } from '../conflict.queries.ts'
import { lockReview } from '../review.queries.ts'
import { mayTake } from '../scope.queries.ts'
import { extendLease, getLeaseRow, giveReviews, inForce, takeBackReviews, toLease } from './lease.queries.ts'

/**
 * Takes one review. What is mine already is renewed: no event, the same version. A lease that ran out, whoever's it was,
 * ends first, by an event of its own.
 */
export function claimReview({ db, now, settings }: Deps, caller: Caller, reviewId: string, clientId: string) {
  const act = { clientId, personId: caller.id, operation: `claim ${reviewId}` }
  return once(db, act, async (tx) => {
    const review = await lockReview(tx, reviewId, caller.scope)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    if (review.state === 'decided') throw await alreadyDecided(tx, review)
    if (!mayTake(caller.scope, review.queue_id))
      throw new AppError('forbidden', `Nothing to take from ${review.queue_id}.`)
    const takenAt = now()
    const expiresAt = new Date(takenAt.getTime() + settings.leaseMs)
    const present = await getLeaseRow(tx, reviewId)
    const held = inForce(present, takenAt)
    if (held) {
      if (held.holder_id !== caller.id) throw await heldByOther(tx, held)
      await extendLease(tx, { reviewId, holderId: caller.id, now: takenAt, expiresAt })
      return { lease: toLease({ ...held, expires_at: expiresAt }), version: review.version }
    }
    const expired = present ? [await endExpired(tx, reviewId, present.holder_id)] : []
    const lease = { holder_id: caller.id, taken_at: takenAt, expires_at: expiresAt }
    const [given] = await giveReviews(tx, [reviewId], lease)
    const { version } = given!
    const subject = { kind: 'review', id: reviewId, version }
    await appendEvents(tx, [...expired, { kind: 'review.claimed', by: caller, subject }])
    return { lease: toLease({ ...lease, review_id: reviewId }), version }
  })
}

async function endExpired(tx: Tx, reviewId: string, holderId: string): Promise<NewEvent> {
  const [taken] = await takeBackReviews(tx, [reviewId])
  const subject = { kind: 'review', id: reviewId, version: taken!.version }
  return { kind: 'lease.expired', by: null, subject, data: { holderId } }
}
