import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { moveReview as endpoint } from '#shared/contract/turns.ts'
import { may } from '#shared/domain/permissions.ts'
import { type Pass, passReview } from './pass-review.ts'
import { findTarget } from './turns.queries.ts'

/**
 * Moves a review of mine, or as a supervisor any, to another queue, where it is offered to everybody; what is on hold
 * stays so. It is due when either queue wants it: moving buys no time.
 */
export async function moveReview(deps: Deps, caller: Caller, reviewId: string, body: z.output<typeof endpoint.body>) {
  const { queueId, reason, ...asked } = body
  const whose = may(caller.role, 'review.assign') ? 'any' : 'mine'
  const moved = await passReview(deps, caller, { name: 'move', reviewId, asked, whose }, moving({ queueId, reason }))
  return { ...moved, isVisible: caller.scope.queues === null || caller.scope.queues.includes(queueId) }
}

type Moving = Pick<z.output<typeof endpoint.body>, 'queueId' | 'reason'>

export function moving({ queueId, reason }: Moving): Pass {
  return async (tx, { review }) => {
    const targetMs = await findTarget(tx, queueId)
    if (targetMs === undefined) throw fault('There is no such queue.')
    if (review.queue_id === queueId) throw fault('It stands there already.')
    const dueAt = new Date(Math.min(review.due_at.getTime(), review.opened_at.getTime() + targetMs))
    const state = review.state === 'on_hold' ? ('on_hold' as const) : ('open' as const)
    const nobody = { assignee_id: null, escalated_to: null, escalated_role: null }
    const byHand = { rule_set_version: null, rule_id: null }
    return {
      event: 'review.moved',
      set: { state, queue_id: queueId, due_at: dueAt, ...nobody, ...byHand },
      turn: { kind: 'moved', text: reason },
      data: { from: review.queue_id, to: queueId },
    }
  }
}

const fault = (message: string) =>
  new AppError('invalid_request', 'It cannot be moved there.', [{ path: 'queueId', message }])
