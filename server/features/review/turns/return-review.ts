import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { returnReview as endpoint } from '#shared/contract/turns.ts'
import { escalatedToOther } from '../conflict.queries.ts'
import { isAddressee } from '../lease/claim-review.ts'
import { isAble } from './able.queries.ts'
import { passReview } from './pass-review.ts'
import { deleteSkip, getLatestTurn, restingState } from './turns.queries.ts'

/**
 * Answers what was handed up to me: the review opens again and is offered to the one who asked. Where they cannot take
 * it by now, it is offered to everybody.
 *
 * @throws AppError `not_escalated`, `escalated_to_other`
 */
export function returnReview(deps: Deps, caller: Caller, reviewId: string, body: z.output<typeof endpoint.body>) {
  const { answer, ...asked } = body
  return passReview(deps, caller, { name: 'return', reviewId, asked, whose: 'free' }, async (tx, { review, held }) => {
    if (restingState(review) !== 'escalated') {
      throw new AppError('not_escalated', `Review ${reviewId} was not handed up.`)
    }
    if (!held && !isAddressee(caller, review)) throw await escalatedToOther(tx, review)
    const question = await getLatestTurn(tx, reviewId, ['escalated'])
    const askerId = question && (await isAble(tx, question.by_id, reviewId, 'take')) ? question.by_id : null
    if (askerId) await deleteSkip(tx, reviewId, askerId)
    return {
      event: 'review.returned',
      set: { state: 'open', wake_at: null, escalated_to: null, escalated_role: null, assignee_id: askerId },
      turn: { kind: 'returned', text: answer, to_id: askerId },
    }
  })
}
