import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { lockReview } from '../review.queries.ts'
import { everything, requireReview } from '../scope.queries.ts'
import { getLeaseRow, takeBackReviews } from './lease.queries.ts'

/**
 * Gives a review back, also one that I may not see any more. What is not mine (any more) stays as it is, since then
 * nothing is left to give.
 */
export function releaseReview({ db }: Deps, caller: Caller, reviewId: string, clientId: string) {
  const act = { clientId, personId: caller.id, operation: `release ${reviewId}` }
  return once(db, act, async (tx) => {
    const review = await lockReview(tx, reviewId, everything)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    const lease = await getLeaseRow(tx, reviewId)
    if (lease?.holder_id !== caller.id) {
      await requireReview(tx, reviewId, caller.scope)
      return { version: review.version }
    }
    const [taken] = await takeBackReviews(tx, [reviewId])
    const { version } = taken!
    await appendEvents(tx, [
      { kind: 'review.released', by: caller, subject: { kind: 'review', id: reviewId, version } },
    ])
    return { version }
  })
}
