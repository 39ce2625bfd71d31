import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { lockAccounts } from '#server/features/accounts/accounts.queries.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { moveMeasures } from './measures/move-measures.ts'
import { findLapses, findLapsing, type Lapse } from './measures/moves.queries.ts'
import { toMessage } from './message.ts'
import { findReceiversTold } from './receivers/receivers.queries.ts'
import { insertDeliveries, type NewDelivery } from './sending/deliveries.queries.ts'
import { findSubjects, findTold } from './subjects.queries.ts'

/**
 * Ends measures whose time has come, on at most `limit` accounts, and tells the receivers that were told of their
 * decisions. Answers how many.
 */
export async function lapseMeasures(tx: Tx, now: Date, limit: number): Promise<number> {
  const accountIds = await findLapsing(tx, now, limit)
  if (accountIds.length === 0) return 0
  await lockAccounts(tx, accountIds)
  const lapses = await findLapses(tx, accountIds, now)
  if (lapses.length === 0) return 0
  const moves = lapses.map(({ account_id, decision_id, number, measure }) => ({
    accountId: account_id,
    decisionId: decision_id,
    number,
    begins: [],
    ends: [measure],
    endedAs: 'lapsed' as const,
  }))
  const changes = await moveMeasures(tx, moves, now)
  await insertDeliveries(tx, await writeMessages(tx, lapses, now), now)
  const lapsed = lapses.map(({ decision_id, measure: { id, target, kind } }) => ({
    kind: 'measure.lapsed',
    by: null,
    subject: { kind: 'decision', id: decision_id },
    data: { measureId: id, measure: `${target}.${kind}` },
  }))
  await appendEvents(tx, [...lapsed, ...changes])
  return lapses.length
}

/** Read after the measures have ended, so that none of them counts as one that still holds. */
async function writeMessages(tx: Tx, lapses: Lapse[], now: Date): Promise<NewDelivery[]> {
  const decisionIds = [...new Set(lapses.map((lapse) => lapse.decision_id))]
  const receivers = await findReceiversTold(tx, decisionIds)
  if (receivers.size === 0) return []
  const subjects = await findSubjects(tx, [...receivers.keys()])
  const told = await findTold(tx, [...new Set(lapses.map((lapse) => lapse.account_id))])
  return lapses.flatMap(({ decision_id, account_id, post_id, measure }) => {
    const standing = told.filter(
      (each) => each.account_id === account_id && (each.target === 'account' || each.post_id === post_id),
    )
    return (receivers.get(decision_id) ?? []).map((receiverId) => {
      const id = newId()
      const change = { kind: 'lapse', apply: [], lift: [measure], standing, madeAt: now } as const
      const body = toMessage(id, subjects.get(decision_id)!, change)
      return { id, receiver_id: receiverId, decision_id, measure_id: measure.id, account_id, body }
    })
  })
}
