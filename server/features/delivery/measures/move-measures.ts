import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { insertStatuses, lockAccounts, restateReviews } from '#server/features/accounts/accounts.queries.ts'
import { settleDown } from '#server/features/appeals/verdicts.queries.ts'
import type { NewEvent } from '#server/features/audit/audit.queries.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import type { AccountStatus } from '#shared/domain/words.ts'
import { baseStatus, holdStart, statusAfterChange } from './account-hold.ts'
import {
  beginMeasures,
  type EndedAs,
  endMeasures,
  findAccountHolds,
  findHoldHistory,
  type MeasureRow,
} from './moves.queries.ts'

/** Measures that begin and end together, and the decision that they do it by. */
export type Move = {
  accountId: string
  decisionId: string
  number: number
  begins: readonly MeasureRow[]
  ends: readonly MeasureRow[]
  endedAs: EndedAs
}

type StatusChange = {
  account_id: string
  decision_id: string
  number: number
  before: AccountStatus
  status: AccountStatus
}

/**
 * Lets measures begin and end, one move after the other, and gives the accounts the status that follows. The accounts
 * are locked by then, or are locked here. Answers the events to append.
 */
export async function moveMeasures(tx: Tx, moves: readonly Move[], now: Date): Promise<NewEvent[]> {
  const changes = await findStatusChanges(tx, moves, now)
  const begun = new Set<string>()
  const ended: Record<EndedAs, string[]> = { superseded: [], lapsed: [], already_deleted: [] }
  for (const { begins, ends, endedAs } of moves) {
    for (const { id } of begins) begun.add(id)
    ended[endedAs].push(...ends.map(({ id }) => id))
  }
  await beginMeasures(tx, [...begun], now)
  for (const [endedAs, ids] of Object.entries(ended)) await endMeasures(tx, ids, endedAs as EndedAs, now)
  const endedOf = moves.flatMap(({ ends }) => ends.map((measure) => measure.decision_id))
  const settled = await settleDown(tx, [...new Set(endedOf)])
  if (changes.length === 0) return settled
  await insertStatuses(
    tx,
    changes.map(({ account_id, status, number }) => ({
      id: newId(),
      account_id,
      status,
      since: now,
      cause: toReference(number),
      source: 'docket',
    })),
  )
  await restateReviews(tx, [...new Set(changes.map((change) => change.account_id))])
  const stated = changes.map(({ account_id, decision_id, before, status }) => ({
    kind: 'account.status_changed',
    by: null,
    subject: { kind: 'account', id: account_id },
    data: { before, status, decisionId: decision_id },
  }))
  return [...stated, ...settled]
}

const isOnAccount = ({ target }: MeasureRow) => target === 'account'

async function findStatusChanges(tx: Tx, moves: readonly Move[], now: Date): Promise<StatusChange[]> {
  const onAccounts = moves.filter(({ begins, ends }) => begins.some(isOnAccount) || ends.some(isOnAccount))
  if (onAccounts.length === 0) return []
  const accountIds = [...new Set(onAccounts.map((move) => move.accountId))]
  const statuses = new Map((await lockAccounts(tx, accountIds)).map(({ id, status }) => [id, status]))
  const inForce = new Map(accountIds.map((id) => [id, new Map<string, string>()]))
  for (const { id, account_id, kind } of await findAccountHolds(tx, accountIds)) inForce.get(account_id)!.set(id, kind)
  const changes: StatusChange[] = []
  for (const { accountId, decisionId, number, begins, ends } of onAccounts) {
    const holds = inForce.get(accountId)!
    const status = statuses.get(accountId)!
    const before = [...holds.values()]
    const ended = ends.filter(({ id }) => holds.delete(id))
    const begun = begins.filter(isOnAccount)
    for (const { id, kind } of begun) holds.set(id, kind)
    const next = statusAfterChange({
      status,
      base: ended.length > 0 ? await findBase(tx, accountId, now) : status,
      before,
      after: holds.values(),
      begun: begun.map(({ kind }) => kind),
    })
    if (next === status) continue
    statuses.set(accountId, next)
    changes.push({ account_id: accountId, decision_id: decisionId, number, before: status, status: next })
  }
  return changes
}

async function findBase(tx: Tx, accountId: string, now: Date): Promise<AccountStatus> {
  const { held, stated } = await findHoldHistory(tx, accountId)
  return baseStatus(stated, holdStart(held, now))
}
