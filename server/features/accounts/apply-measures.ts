import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { NewEvent } from '#server/features/audit/audit.queries.ts'
import type { AccountEffect } from '#server/features/review/outbox.queries.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { statusAfter } from '#shared/domain/outcomes.ts'
import type { AccountStatus } from '#shared/domain/words.ts'
import { insertStatuses, lockAccounts, restateReviews } from './accounts.queries.ts'

/** The less an account can still do, the higher. */
const strength: Record<AccountStatus, number> = { unknown: 0, active: 0, limited: 1, blocked: 2, deleted: 3 }

/**
 * Gives accounts the status that decisions lead to. A weaker measure changes nothing on an account that is worse off
 * already. Answers the events to append.
 */
export async function applyMeasures(tx: Tx, effects: AccountEffect[], now: Date): Promise<NewEvent[]> {
  const locked = await lockAccounts(tx, [...new Set(effects.map((effect) => effect.account_id))])
  const statuses = new Map(locked.map((account) => [account.id, account.status]))
  const changes = effects.flatMap((effect) => {
    const before = statuses.get(effect.account_id)!
    const status = statusAfter[effect.kind]
    if (!status || strength[status] <= strength[before]) return []
    statuses.set(effect.account_id, status)
    return [{ ...effect, before, status }]
  })
  if (changes.length === 0) return []
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
  return changes.map(({ account_id, decision_id, before, status }) => ({
    kind: 'account.status_changed',
    by: null,
    subject: { kind: 'account', id: account_id },
    data: { before, status, decisionId: decision_id },
  }))
}
