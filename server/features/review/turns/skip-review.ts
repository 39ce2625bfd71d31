import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { skipReview as endpoint } from '#shared/contract/turns.ts'
import { passReview } from './pass-review.ts'
import { putSkip } from './turns.queries.ts'

/**
 * Passes a review over: it is not offered to me again until it shows something else, or somebody gives it to me by name.
 * One that was given to me is offered to everybody else.
 */
export function skipReview(deps: Deps, caller: Caller, reviewId: string, body: z.output<typeof endpoint.body>) {
  const { reason, text, ...asked } = body
  return passReview(deps, caller, { name: 'skip', reviewId, asked, whose: 'free' }, async (tx, { review, at }) => {
    if (reason === 'other' && text === '') {
      throw new AppError('invalid_request', 'It cannot be skipped so.', [{ path: 'text', message: 'Say why.' }])
    }
    await putSkip(tx, { review_id: reviewId, person_id: caller.id, snapshot_id: review.snapshot_id, skipped_at: at })
    return {
      event: 'review.skipped',
      set: review.assignee_id === caller.id ? { assignee_id: null } : {},
      turn: { kind: 'skipped', reason, text },
    }
  })
}
