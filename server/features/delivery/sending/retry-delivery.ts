import { once } from '#server/db/receipt.ts'
import { lockAccounts } from '#server/features/accounts/accounts.queries.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { settleOutbox } from '../outbox.queries.ts'
import { getDeliveryPlace, isOvertaken, isRetriable, lockDelivery, startAgain } from './deliveries.queries.ts'

/** Sends what failed or was refused again, under the same event id, for as many tries as the first time. */
export function retryDelivery({ db, now }: Deps, caller: Caller, deliveryId: string, clientId: string) {
  return once(db, { clientId, personId: caller.id, operation: `retry ${deliveryId}` }, async (tx) => {
    const place = await getDeliveryPlace(tx, deliveryId, caller.scope)
    if (!place) throw new AppError('not_found', `No delivery ${deliveryId}.`)
    await lockAccounts(tx, [place.account_id])
    const delivery = (await lockDelivery(tx, deliveryId))!
    if (delivery.measure_id === null && (await isOvertaken(tx, delivery.decision_id))) {
      throw new AppError('already_superseded', 'A later decision stands in its place.')
    }
    if (!(await isRetriable(tx, deliveryId))) {
      throw new AppError('not_failed', `Delivery ${deliveryId} is ${delivery.state}; there is nothing to send again.`)
    }
    await startAgain(tx, deliveryId, now())
    await settleOutbox(tx, [delivery.decision_id], now())
    const subject = { kind: 'decision', id: delivery.decision_id }
    const data = { deliveryId, receiverId: delivery.receiver_id, attempts: delivery.attempts }
    await appendEvents(tx, [{ kind: 'decision.delivery_retried', by: caller, subject, data }])
    return { state: 'pending' as const }
  })
}
