import type { z } from 'zod'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { takeNext as endpoint, ReviewId } from '#shared/contract/reviews.ts'
import { lockNextReviews } from '../review.queries.ts'
import { giveReviews, lockHand, toLease } from './lease.queries.ts'
import { requireRoom } from './room.ts'

/**
 * Claims the first open reviews of a list that nobody holds, those assigned to the caller first. Those under way elsewhere
 * are passed over, not waited for. Fewer are given where more would be too many.
 *
 * @throws AppError `too_many_held` when none can be given
 */
export function takeNext({ db, now, settings }: Deps, caller: Caller, body: z.output<typeof endpoint.body>) {
  const act = { clientId: body.clientId, personId: caller.id, operation: 'next' }
  return once(db, act, async (tx) => {
    const taken_at = now()
    const hand = await lockHand(tx, caller.id, taken_at)
    const count = Math.min(body.count, requireRoom(hand.held, settings.leaseCap))
    const reviewIds = await lockNextReviews(tx, { ...body, count, hasOwn: hand.isAssigned }, caller)
    if (reviewIds.length === 0) return { items: [] }
    const lease = { holder_id: caller.id, taken_at, expires_at: new Date(taken_at.getTime() + settings.leaseMs) }
    const given = await giveReviews(tx, reviewIds, lease)
    const versions = new Map(given.map(({ id, version }) => [id, version]))
    const items = reviewIds.map((review_id) => ({
      reviewId: review_id as ReviewId,
      lease: toLease({ review_id, ...lease }),
      version: versions.get(review_id)!,
    }))
    await appendEvents(
      tx,
      items.map(({ reviewId, version }) => ({
        kind: 'review.claimed',
        by: caller,
        subject: { kind: 'review', id: reviewId, version },
      })),
      taken_at,
    )
    return { items }
  })
}
