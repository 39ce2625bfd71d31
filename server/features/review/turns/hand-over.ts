import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { handOver as endpoint } from '#shared/contract/turns.ts'
import { requireAble } from './able.queries.ts'
import { passReview } from './pass-review.ts'
import { restingState } from './turns.queries.ts'

/**
 * Gives a review of mine to a colleague, or back to its queue, with a note. What was handed up stays so: the colleague
 * answers it instead.
 *
 * @throws AppError `cannot_take`
 */
export function handOver(deps: Deps, caller: Caller, reviewId: string, body: z.output<typeof endpoint.body>) {
  const { note, toId, ...asked } = body
  return passReview(deps, caller, { name: 'hand over', reviewId, asked, whose: 'mine' }, async (tx, { review }) => {
    if (toId === caller.id) {
      throw new AppError('invalid_request', 'Nobody hands over to themselves.', [{ path: 'toId', message: 'Is you.' }])
    }
    const isEscalated = restingState(review) === 'escalated'
    if (toId) await requireAble(tx, toId, reviewId, isEscalated ? 'answer' : 'take')
    return {
      event: 'review.handed_over',
      set: isEscalated
        ? { assignee_id: null, ...(toId && { escalated_to: toId, escalated_role: null }) }
        : { assignee_id: toId },
      turn: { kind: 'handed_over', text: note, to_id: toId },
      ...(toId && { offersTo: toId }),
    }
  })
}
