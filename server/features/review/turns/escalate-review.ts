import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { escalateReview as endpoint } from '#shared/contract/turns.ts'
import { requireAble } from './able.queries.ts'
import { type Pass, passReview } from './pass-review.ts'

/**
 * Hands a review of mine up to a person, or to everybody of a role: nobody else takes it until it is answered.
 *
 * @throws AppError `cannot_take` when that person could not answer
 */
export function escalateReview(deps: Deps, caller: Caller, reviewId: string, body: z.output<typeof endpoint.body>) {
  const { to, reason, ...asked } = body
  const pass = escalating(caller, { to, reason })
  return passReview(deps, caller, { name: 'escalate', reviewId, asked, whose: 'mine' }, pass)
}

type Escalating = Pick<z.output<typeof endpoint.body>, 'to' | 'reason'>

export function escalating(caller: Caller, { to, reason }: Escalating): Pass {
  return async (tx, { review }) => {
    const toId = 'personId' in to ? to.personId : null
    const toRole = 'role' in to ? to.role : null
    if (toId === caller.id) {
      throw new AppError('invalid_request', 'Nobody hands a review up to themselves.', [
        { path: 'to.personId', message: 'Is you.' },
      ])
    }
    if (toId) await requireAble(tx, toId, review.id, 'answer')
    return {
      event: 'review.escalated',
      set: { state: 'escalated', escalated_to: toId, escalated_role: toRole, assignee_id: null },
      turn: { kind: 'escalated', text: reason, to_id: toId, to_role: toRole },
    }
  }
}
