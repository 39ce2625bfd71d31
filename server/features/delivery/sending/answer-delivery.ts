import { lockAccounts } from '#server/features/accounts/accounts.queries.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { everything } from '#server/features/review/scope.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { AnswerInput } from '#shared/contract/deliveries.ts'
import { settleOutbox } from '../outbox.queries.ts'
import { applyAnswer } from './apply-answer.ts'
import {
  findFlagSources,
  getDeliveryPlace,
  type LockedDelivery,
  lockDelivery,
  updateDelivery,
} from './deliveries.queries.ts'

/**
 * Takes a platform's answer that comes by itself, from the key of a source that the receiver serves or that flagged. The
 * same answer again changes nothing; a refusal may be followed by another answer, the others are final.
 */
export function answerDelivery({ db, now }: Deps, caller: Caller, deliveryId: string, input: AnswerInput) {
  return db.transaction().execute(async (tx) => {
    const place = await getDeliveryPlace(tx, deliveryId, everything)
    if (!place) throw new AppError('not_found', `No delivery ${deliveryId}.`)
    await lockAccounts(tx, [place.account_id])
    const delivery = (await lockDelivery(tx, deliveryId))!
    requireSource(caller, [...delivery.receiver_sources, ...(await findFlagSources(tx, delivery.decision_id))])
    if (delivery.attempts === 0) throw new AppError('not_sent', `Delivery ${deliveryId} has not been sent yet.`)
    if (isSame(delivery, input)) return { answer: input.answer, answeredAt: delivery.answered_at!.toISOString() }
    if (delivery.answer !== null && delivery.answer !== 'refused') {
      throw new AppError('already_answered', `Delivery ${deliveryId} was answered by ${delivery.answer}.`)
    }
    const at = now()
    // Whoever answers has got it, whatever became of the request that brought it.
    if (delivery.state !== 'delivered') await updateDelivery(tx, deliveryId, { state: 'delivered', changed_at: at })
    await appendEvents(tx, await applyAnswer(tx, delivery, { input, by: caller, now: at }))
    await settleOutbox(tx, [delivery.decision_id], at)
    return { answer: input.answer, answeredAt: at.toISOString() }
  })
}

function requireSource({ key }: Caller, sources: readonly string[]) {
  if (key?.sourceNames.some((name) => sources.includes(name))) return
  throw new AppError('source_not_allowed', 'Only the key of a source that the receiver serves may answer for it.')
}

const isSame = ({ answer, answer_text }: LockedDelivery, input: AnswerInput) =>
  answer === input.answer && answer_text === (input.text ?? null)
