import type { Tx } from '#server/db/connect.ts'
import { lockAccounts } from '#server/features/accounts/accounts.queries.ts'
import { appendEvents, type NewEvent } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { AnswerInput } from '#shared/contract/deliveries.ts'
import { settleOutbox } from '../outbox.queries.ts'
import { applyAnswer } from './apply-answer.ts'
import { type Claimed, isOvertaken, type LockedDelivery, lockDelivery, updateDelivery } from './deliveries.queries.ts'
import { eventOn } from './delivery-event.ts'

export type Attempt =
  | { kind: 'arrived'; answer: AnswerInput | null; note: string | null }
  | { kind: 'failed'; why: string }
  /** Called off by us: nobody knows whether it arrived. */
  | { kind: 'stopped' }

type Rules = Pick<Deps['settings'], 'deliveryRetryMs' | 'deliveryAttempts'>

const longestWaitMs = 3_600_000

/** How long to wait after so many failed tries: twice as long each time, at most an hour, less up to half at random. */
export function waitAfter(attempts: number, firstMs: number, random = Math.random()): number {
  const longest = Math.min(firstMs * 2 ** Math.min(attempts - 1, 30), longestWaitMs)
  return Math.round(longest * (1 - random / 2))
}

/** Records what became of one try. What another process has taken over meanwhile is left to it, unless this one arrived. */
export async function finishAttempt(
  { db, now, settings }: Pick<Deps, 'db' | 'now'> & { settings: Rules },
  claimed: Claimed,
  attempt: Attempt,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockAccounts(tx, [claimed.account_id])
    const delivery = await lockDelivery(tx, claimed.id)
    if (!delivery) return
    const isMine = delivery.state === 'sending' && delivery.attempts === claimed.attempts
    if (attempt.kind === 'arrived') await appendEvents(tx, await arrive(tx, delivery, attempt, now()))
    else if (isMine && attempt.kind === 'stopped') await putBack(tx, delivery, now())
    else if (isMine && attempt.kind === 'failed')
      await appendEvents(tx, await fail(tx, delivery, attempt.why, now(), settings))
    else return
    await settleOutbox(tx, [delivery.decision_id], now())
  })
}

async function arrive(
  tx: Tx,
  delivery: LockedDelivery,
  { answer, note }: Attempt & { kind: 'arrived' },
  now: Date,
): Promise<NewEvent[]> {
  const events: NewEvent[] = []
  if (delivery.state !== 'delivered') {
    await updateDelivery(tx, delivery.id, { state: 'delivered', last_error: note, changed_at: now })
    events.push(eventOn(delivery, 'decision.delivered'))
  }
  const isNew = answer !== null && (delivery.answer === null || delivery.answer === 'refused')
  if (isNew) events.push(...(await applyAnswer(tx, delivery, { input: answer, by: null, now })))
  return events
}

const putBack = (tx: Tx, { id }: LockedDelivery, now: Date) =>
  updateDelivery(tx, id, { state: 'pending', next_at: now, changed_at: now })

/** Tried again later, so often as the settings say; not when a later decision has taken its place. */
async function fail(tx: Tx, delivery: LockedDelivery, why: string, now: Date, rules: Rules): Promise<NewEvent[]> {
  const last_error = why.slice(0, 500)
  if (delivery.measure_id === null && (await isOvertaken(tx, delivery.decision_id))) {
    await updateDelivery(tx, delivery.id, { state: 'cancelled', last_error, changed_at: now })
    return [eventOn(delivery, 'decision.delivery_cancelled')]
  }
  const attempts = delivery.attempts - delivery.attempts_before
  if (attempts < rules.deliveryAttempts) {
    const next_at = new Date(now.getTime() + waitAfter(attempts, rules.deliveryRetryMs))
    await updateDelivery(tx, delivery.id, { state: 'pending', next_at, last_error, changed_at: now })
    return []
  }
  await updateDelivery(tx, delivery.id, { state: 'failed', last_error, changed_at: now })
  return [eventOn(delivery, 'decision.delivery_failed')]
}
