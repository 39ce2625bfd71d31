import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { assignReview as endpoint } from '#shared/contract/turns.ts'
import { requireAble } from './able.queries.ts'
import { type Pass, passReview } from './pass-review.ts'

/**
 * Gives a review to one person, whoever else holds it; null offers it to everybody again. What was handed up is answered by
 * that; what is on hold stays so.
 *
 * @throws AppError `cannot_take`
 */
export function assignReview(deps: Deps, caller: Caller, reviewId: string, body: z.output<typeof endpoint.body>) {
  const { personId, reason, ...asked } = body
  const pass = assigning({ personId, reason })
  return passReview(deps, caller, { name: 'assign', reviewId, asked, whose: 'any' }, pass)
}

type Assigning = Pick<z.output<typeof endpoint.body>, 'personId' | 'reason'>

export function assigning({ personId, reason }: Assigning): Pass {
  return async (tx, { review, held }) => {
    if (personId) await requireAble(tx, personId, review.id, 'take')
    const state = review.state === 'on_hold' ? ('on_hold' as const) : ('open' as const)
    return {
      event: 'review.assigned',
      set: { state, assignee_id: personId, escalated_to: null, escalated_role: null },
      turn: { kind: 'assigned', text: reason, to_id: personId },
      keeps: held !== undefined && held.holder_id === personId,
      ...(personId && { offersTo: personId }),
    }
  }
}
