import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { versionChanged } from '../conflict.queries.ts'
import { mayTake } from '../scope.queries.ts'
import { type Asked, lockGround } from './pass-review.ts'
import { passOn, restingState } from './turns.queries.ts'

/**
 * Opens a review again that is on hold, or gives it back to whom it was handed up.
 *
 * @throws AppError `not_on_hold`
 */
export function resumeReview({ db, now }: Deps, caller: Caller, reviewId: string, { clientId, version }: Asked) {
  return once(db, { clientId, personId: caller.id, operation: `resume ${reviewId}` }, async (tx) => {
    const { review } = await lockGround(tx, caller, { reviewId, at: now() })
    if (!mayTake(caller.scope, review.queue_id)) {
      throw new AppError('forbidden', `Nothing to take from ${review.queue_id}.`)
    }
    if (review.state !== 'on_hold') throw new AppError('not_on_hold', `Review ${reviewId} is not on hold.`)
    if (review.version !== version) throw await versionChanged(tx, review)
    const resumed = await passOn(tx, reviewId, { state: restingState(review), wake_at: null })
    await appendEvents(tx, [
      { kind: 'review.resumed', by: caller, subject: { kind: 'review', id: reviewId, version: resumed } },
    ])
    return { version: resumed }
  })
}
