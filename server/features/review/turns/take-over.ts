import type { z } from 'zod'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { takeOver as endpoint } from '#shared/contract/turns.ts'
import { versionChanged } from '../conflict.queries.ts'
import { isAddressee } from '../lease/claim-review.ts'
import { endExpired, extendLease, lockHand, putLease, toLease } from '../lease/lease.queries.ts'
import { requireRoom } from '../lease/room.ts'
import { mayTake } from '../scope.queries.ts'
import { lockGround, toCodes } from './pass-review.ts'
import { changeInHand, insertTurn, restingState } from './turns.queries.ts'

/**
 * Takes a review into my own hands, from whoever holds it and whatever it waits for. What is mine already is renewed.
 *
 * @throws AppError `too_many_held`
 */
export function takeOver(
  { db, now, settings }: Deps,
  caller: Caller,
  reviewId: string,
  { clientId, version, reason }: z.output<typeof endpoint.body>,
) {
  return once(db, { clientId, personId: caller.id, operation: `take over ${reviewId}` }, async (tx) => {
    const takenAt = now()
    const expiresAt = new Date(takenAt.getTime() + settings.leaseMs)
    const hand = await lockHand(tx, caller.id, takenAt)
    const { review, lease, held } = await lockGround(tx, caller, { reviewId, at: takenAt })
    if (held?.holder_id === caller.id) {
      await extendLease(tx, { reviewId, holderId: caller.id, now: takenAt, expiresAt })
      return { lease: toLease({ ...held, expires_at: expiresAt }), version: review.version }
    }
    if (!mayTake(caller.scope, review.queue_id) && !isAddressee(caller, review)) {
      throw new AppError('forbidden', `Nothing to take from ${review.queue_id}.`)
    }
    if (review.version !== version) throw await versionChanged(tx, review)
    requireRoom(hand.held, settings.leaseCap)
    const expired = lease && !held ? [await endExpired(tx, reviewId, lease.holder_id)] : []
    const turn = { kind: 'taken_over' as const, text: reason }
    const turnId = await insertTurn(tx, { ...turn, review_id: reviewId, by_id: caller.id, at: takenAt })
    const mine = { review_id: reviewId, holder_id: caller.id, taken_at: takenAt, expires_at: expiresAt }
    await putLease(tx, mine)
    const state = review.state === 'on_hold' ? restingState(review) : review.state
    const change = { state, wake_at: null, holder_id: caller.id }
    const subject = { kind: 'review', id: reviewId, version: await changeInHand(tx, reviewId, change) }
    const data = { turnId, ...toCodes(turn), ...(held && { holderId: held.holder_id }) }
    await appendEvents(tx, [...expired, { kind: 'review.taken_over', by: caller, subject, data }], takenAt)
    return { lease: toLease(mine), version: subject.version }
  })
}
