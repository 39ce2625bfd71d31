import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import type { AccountMeasure } from '#shared/domain/outcomes.ts'

/** Locks decisions whose undo window is over, longest over first, passing over those that somebody else has locked. */
export async function lockDue(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('outbox')
    .select('decision_id')
    .where('state', '=', 'pending')
    .where('not_before', '<=', now)
    .orderBy('not_before')
    .limit(limit)
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => row.decision_id)
}

export async function markRecorded(tx: Tx, decisionIds: string[], now: Date) {
  await tx
    .updateTable('outbox')
    .set({ state: 'recorded', changed_at: now })
    .where('decision_id', 'in', decisionIds)
    .execute()
}

export type AccountEffect = { decision_id: string; account_id: string; kind: AccountMeasure; number: number }

/** What these decisions do to accounts, in the order in which they were taken. */
export async function findAccountEffects(tx: Tx, decisionIds: string[]): Promise<AccountEffect[]> {
  const { rows } = await sql<AccountEffect>`
    select decision.id as decision_id, decision.account_id, measure.kind, review.number
    from decision
    join measure on measure.decision_id = decision.id and measure.target = 'account'
    join review on review.id = decision.review_id
    where decision.id = any(${decisionIds}::uuid[])
    order by decision.decided_at, decision.id`.execute(tx)
  return rows
}
