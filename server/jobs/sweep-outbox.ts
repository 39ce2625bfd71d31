import type { Tx } from '#server/db/connect.ts'
import { applyMeasures } from '#server/features/accounts/apply-measures.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { findAccountEffects, lockDue, markRecorded } from '#server/features/review/outbox.queries.ts'
import type { Deps } from '#server/http/deps.ts'

const batchSize = 100

/**
 * Lets decisions take effect once they may no longer be undone. No platform can be connected yet: they are recorded, and
 * accounts have their new status at once. Returns how many. Several processes may run it at once.
 */
export async function sweepOutbox({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  let total = 0
  for (;;) {
    const count = await db.transaction().execute((tx) => sweepBatch(tx, now()))
    total += count
    if (count < batchSize) return total
  }
}

async function sweepBatch(tx: Tx, now: Date): Promise<number> {
  const decisionIds = await lockDue(tx, now, batchSize)
  if (decisionIds.length === 0) return 0
  const effects = await findAccountEffects(tx, decisionIds)
  const changes = effects.length > 0 ? await applyMeasures(tx, effects, now) : []
  await markRecorded(tx, decisionIds, now)
  const recorded = decisionIds.map((id) => ({ kind: 'decision.recorded', by: null, subject: { kind: 'decision', id } }))
  await appendEvents(tx, [...recorded, ...changes])
  return decisionIds.length
}
