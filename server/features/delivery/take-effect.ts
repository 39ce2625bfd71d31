import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { lockAccounts } from '#server/features/accounts/accounts.queries.ts'
import type { NewEvent } from '#server/features/audit/audit.queries.ts'
import { moveMeasures } from './measures/move-measures.ts'
import { type Effect, findEffects } from './measures/moves.queries.ts'
import { toMessage } from './message.ts'
import { type Due, markOutbox, settleOutbox } from './outbox.queries.ts'
import { findActiveReceivers, type ReceiverRow, serves } from './receivers/receivers.queries.ts'
import { cancelOvertaken, insertDeliveries, type NewDelivery } from './sending/deliveries.queries.ts'
import { eventOn } from './sending/delivery-event.ts'
import { findPossiblyDone, findSubjects, findTold, type Subject } from './subjects.queries.ts'

/**
 * Hands decisions that are locked in the outbox to the receivers that serve them. Where none does they are recorded, and
 * take effect at once. Answers the events to append.
 */
export async function takeEffect(tx: Tx, due: readonly Due[], now: Date): Promise<NewEvent[]> {
  const receivers = await findActiveReceivers(tx)
  const ids = due.map((decision) => decision.decision_id)
  const movers = due.filter((decision) => decision.has_measures || decision.supersedes_id)
  const toLock = receivers.length > 0 ? due : movers
  if (toLock.length > 0) await lockAccounts(tx, [...new Set(toLock.map((decision) => decision.account_id))])
  const subjects = receivers.length > 0 ? await findSubjects(tx, ids) : new Map<string, Subject>()
  const served = new Map<string, ReceiverRow[]>()
  for (const [id, subject] of subjects) {
    const serving = receivers.filter((receiver) => serves(receiver, subject))
    if (serving.length > 0) served.set(id, serving)
  }
  const effects =
    movers.length > 0
      ? await findEffects(
          tx,
          movers.map((decision) => decision.decision_id),
        )
      : []
  const superseding = due.filter((decision) => decision.supersedes_id).map((decision) => decision.decision_id)
  const overtaken = superseding.length > 0 ? await cancelOvertaken(tx, superseding, now) : []
  await settleOutbox(tx, [...new Set(overtaken.map((each) => each.decision_id))], now)

  await insertDeliveries(tx, await writeMessages(tx, { served, subjects, effects }, now), now)
  await markOutbox(tx, [...served.keys()], 'sending', now)

  const recorded = ids.filter((id) => !served.has(id))
  const moves = effects
    .filter((effect) => !served.has(effect.decision_id))
    .map(({ account_id, decision_id, number, begins, ends }) => ({
      accountId: account_id,
      decisionId: decision_id,
      number,
      begins,
      ends,
      endedAs: 'superseded' as const,
    }))
  const changes = moves.length > 0 ? await moveMeasures(tx, moves, now) : []
  await markOutbox(tx, recorded, 'recorded', now)
  return [
    ...overtaken.map((each) => eventOn(each, 'decision.delivery_cancelled')),
    ...[...served].map(([id, to]) => ({
      kind: 'decision.released',
      by: null,
      subject: { kind: 'decision', id },
      data: { receiverIds: to.map((receiver) => receiver.id) },
    })),
    ...recorded.map((id) => ({ kind: 'decision.recorded', by: null, subject: { kind: 'decision', id } })),
    ...changes,
  ]
}

type ToSend = { served: Map<string, ReceiverRow[]>; subjects: Map<string, Subject>; effects: Effect[] }

/** One message for each receiver of each decision, in the order in which the decisions were taken. */
async function writeMessages(tx: Tx, { served, subjects, effects }: ToSend, now: Date): Promise<NewDelivery[]> {
  if (served.size === 0) return []
  const inOrder = [...served.keys()]
    .map((id) => subjects.get(id)!)
    .toSorted((a, b) => a.decided_at.getTime() - b.decided_at.getTime() || (a.decision_id < b.decision_id ? -1 : 1))
  const effectOf = new Map(effects.map((effect) => [effect.decision_id, effect]))
  const told = new Map(
    (
      await findTold(
        tx,
        inOrder.map((each) => each.account_id),
      )
    ).map((each) => [each.id, each]),
  )
  const possiblyDone = await findPossiblyDone(
    tx,
    effects.flatMap(({ ends }) => ends.map(({ id }) => id)),
  )
  return inOrder.flatMap((subject) => {
    const { decision_id, account_id, post_id } = subject
    const { begins, ends } = effectOf.get(decision_id) ?? { begins: [], ends: [] }
    for (const { id } of ends) told.delete(id)
    for (const measure of begins) told.set(measure.id, { ...measure, account_id, post_id })
    const standing = [...told.values()].filter(
      (each) => each.account_id === account_id && (each.target === 'account' || each.post_id === post_id),
    )
    const lift = ends.filter(({ id }) => possiblyDone.has(id))
    return served.get(decision_id)!.map((receiver) => {
      const id = newId()
      const body = toMessage(id, subject, { kind: 'decision', apply: begins, lift, standing, madeAt: now })
      return { id, receiver_id: receiver.id, decision_id, measure_id: null, account_id, body }
    })
  })
}
