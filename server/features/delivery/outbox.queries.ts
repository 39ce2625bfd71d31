import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'

export type Due = { decision_id: string; account_id: string; supersedes_id: string | null; has_measures: boolean }

/** Locks decisions whose undo window is over, longest over first, passing over those that somebody else has locked. */
export async function lockDue(tx: Tx, now: Date, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select outbox.decision_id, decision.account_id, decision.supersedes_id,
      exists (select from measure where measure.decision_id = decision.id) as has_measures
    from outbox join decision on decision.id = outbox.decision_id
    where outbox.state = 'pending' and outbox.not_before <= ${now}
    order by outbox.not_before, decision.id
    limit ${limit}
    for no key update of outbox skip locked`.execute(tx)
  return rows
}

/** Decisions that would wait longer than any undo window take effect at `at`. Returns how many. */
export async function shortenUndo(db: Db, { longerThan, at }: { longerThan: Date; at: Date }): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ not_before: at })
    .where('state', '=', 'pending')
    .where('not_before', '>', longerThan)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function markOutbox(tx: Tx, decisionIds: string[], state: 'recorded' | 'sending', now: Date) {
  if (decisionIds.length === 0) return
  await tx.updateTable('outbox').set({ state, changed_at: now }).where('decision_id', 'in', decisionIds).execute()
}

/**
 * Takes back what has not left: a decision that is superseded inside its undo window never takes effect. False when it
 * has left already, or is leaving at this moment: it is not waited for, since whoever sends it may wait for an account
 * that is held by somebody who waits for this review.
 */
export async function cancelPending(tx: Tx, decisionId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox')
    .set({ state: 'cancelled', changed_at: now })
    .where('decision_id', '=', (eb) =>
      eb
        .selectFrom('outbox as waiting')
        .select('waiting.decision_id')
        .where('waiting.decision_id', '=', decisionId)
        .where('waiting.state', '=', 'pending')
        .forNoKeyUpdate()
        .skipLocked(),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The decision's row, locked until the transaction ends; whoever lets it take effect is waited for. */
export function lockOutbox(tx: Tx, decisionId: string) {
  return tx
    .selectFrom('outbox')
    .select(['state', 'not_before', 'changed_at'])
    .where('decision_id', '=', decisionId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** What is locked never takes effect. */
export async function cancelLocked(tx: Tx, decisionId: string, now: Date) {
  await tx
    .updateTable('outbox')
    .set({ state: 'cancelled', changed_at: now })
    .where('decision_id', '=', decisionId)
    .execute()
}

/**
 * Lets a decision take effect after all that was cancelled by a correction, when its own undo window is over. False when it
 * had left before it was corrected: then there is nothing to do. Nobody else changes a cancelled row.
 */
export async function revive(tx: Tx, decisionId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox')
    .set({ state: 'pending', changed_at: now })
    .where('decision_id', '=', decisionId)
    .where('state', '=', 'cancelled')
    .where((eb) => eb.not(eb.exists(eb.selectFrom('delivery').where('delivery.decision_id', '=', decisionId))))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A decision's state from what became of its deliveries; one that is still on its way, or stuck, counts most. */
export async function settleOutbox(tx: Tx, decisionIds: string[], now: Date) {
  if (decisionIds.length === 0) return
  await sql`
    update outbox set state = told.state, changed_at = ${now}
    from (
      select decision_id, case
        when bool_or(state = 'failed') then 'failed'
        when bool_or(state in ('pending', 'sending')) then 'sending'
        when bool_or(state = 'delivered') then 'delivered'
        else 'cancelled' end as state
      from delivery where decision_id = any(${decisionIds}::uuid[]) and measure_id is null
      group by decision_id
    ) as told
    where outbox.decision_id = told.decision_id and outbox.state <> told.state`.execute(tx)
}
