import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { insertStatuses, lockAccounts, restateReviews } from '#server/features/accounts/accounts.queries.ts'
import type { NewEvent } from '#server/features/audit/audit.queries.ts'
import type { Caller } from '#server/http/route.ts'
import type { AnswerInput } from '#shared/contract/deliveries.ts'
import { moveMeasures } from '../measures/move-measures.ts'
import { findEffects } from '../measures/moves.queries.ts'
import { type LockedDelivery, updateDelivery } from './deliveries.queries.ts'

type Answered = { input: AnswerInput; by: Pick<Caller, 'id' | 'key'> | null; now: Date }

/**
 * Takes over what a platform says about a delivery that is locked, its account before it: measures begin and end by it,
 * and the account's status follows. Answers the events to append.
 */
export async function applyAnswer(tx: Tx, delivery: LockedDelivery, { input, by, now }: Answered): Promise<NewEvent[]> {
  const { answer, text = null } = input
  await updateDelivery(tx, delivery.id, { answer, answer_text: text, answered_at: now, changed_at: now })
  const answered: NewEvent = {
    kind: 'decision.answered',
    by,
    subject: { kind: 'decision', id: delivery.decision_id },
    data: { deliveryId: delivery.id, receiverId: delivery.receiver_id, answer },
  }
  if (answer === 'refused') return [answered]
  const deleted = answer === 'already_deleted' ? (input.deleted ?? subjectOf(delivery)) : null
  const changes = delivery.measure_id === null ? await carryOut(tx, delivery, deleted, now) : []
  const stated = deleted === 'account' ? await stateDeleted(tx, delivery, now) : []
  return [answered, ...changes, ...stated]
}

/** What was carried out is in force from now on; what found nothing to act upon is over before it began. */
async function carryOut(tx: Tx, delivery: LockedDelivery, deleted: 'post' | 'account' | null, now: Date) {
  const [effect] = await findEffects(tx, [delivery.decision_id])
  if (!effect) return []
  const { account_id: accountId, decision_id: decisionId, number } = effect
  const isVoid = ({ target }: { target: string }) => deleted === 'account' || deleted === target
  const move = { accountId, decisionId, number }
  return moveMeasures(
    tx,
    [
      { ...move, begins: effect.begins.filter((each) => !isVoid(each)), ends: effect.ends, endedAs: 'superseded' },
      { ...move, begins: [], ends: effect.begins.filter(isVoid), endedAs: 'already_deleted' },
    ],
    now,
  )
}

/** Where the platform does not say what is deleted: what it was asked to act upon, the account before the post. */
function subjectOf({ body }: Pick<LockedDelivery, 'body'>): 'post' | 'account' {
  const { post, apply, lift } = JSON.parse(body) as { post: unknown; apply: { target: string }[]; lift: typeof apply }
  return post && ![...apply, ...lift].some(({ target }) => target === 'account') ? 'post' : 'account'
}

/** The platform's own word, not our doing: it outlasts every measure of ours. */
async function stateDeleted(tx: Tx, delivery: LockedDelivery, now: Date): Promise<NewEvent[]> {
  const { account_id, receiver_name: source } = delivery
  const [account] = await lockAccounts(tx, [account_id])
  await insertStatuses(tx, [{ id: newId(), account_id, status: 'deleted', since: now, cause: 'platform', source }])
  const data = { before: account!.status, status: 'deleted', deliveryId: delivery.id }
  const subject = { kind: 'account', id: account_id }
  if (account!.status === 'deleted') return [{ kind: 'account.status_stated', by: null, subject, data }]
  await restateReviews(tx, [account_id])
  return [{ kind: 'account.status_changed', by: null, subject, data }]
}
