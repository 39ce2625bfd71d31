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
 * Locks what has not left the outbox, until the transaction ends, and what an undo brings back with it; whoever lets it
 * take effect is waited for. To be called before an account or a review is locked: those who deliver lock them after this.
 * Rows that have left are not locked, since their course is settled by those who hold the account.
 *
 * @param earlierId the decision that was corrected by this one, and cancelled by that
 * @returns until when this one could be taken back; undefined when it has left
 */
export async function lockPending(
  tx: Tx,
  decisionId: string,
  earlierId: string | null = null,
): Promise<{ not_before: Date } | undefined> {
  const rows = await tx
    .selectFrom('outbox')
    .select(['decision_id', 'not_before'])
    .where((eb) =>
      eb.or([
        eb('decision_id', '=', decisionId).and('state', '=', 'pending'),
        eb('decision_id', '=', earlierId).and('state', '=', 'cancelled'),
      ]),
    )
    .orderBy('decision_id')
    .forNoKeyUpdate()
    .execute()
  return rows.find((row) => row.decision_id === decisionId)
}

/** The same for many decisions that stand in the place of none, by their ids. */
export async function lockAllPending(tx: Tx, decisionIds: string[]): Promise<Map<string, { not_before: Date }>> {
  const rows = await tx
    .selectFrom('outbox')
    .select(['decision_id', 'not_before'])
    .where(sql<boolean>`decision_id = any(${decisionIds}::uuid[])`)
    .where('state', '=', 'pending')
    .orderBy('decision_id')
    .forNoKeyUpdate()
    .execute()
  return new Map(rows.map((row) => [row.decision_id, row]))
}

/**
 * Takes back what has not left: a decision that is superseded inside its undo window never takes effect. What came back to
 * the outbox since `lockPending` is taken back too, unless it is leaving at this moment: to wait here, with the review
 * locked, would be to wait in a circle.
 *
 * @returns whether there was anything
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

/** What was locked while it was pending never takes effect. */
export async function cancelLocked(tx: Tx, decisionId: string, now: Date) {
  await tx
    .updateTable('outbox')
    .set({ state: 'cancelled', changed_at: now })
    .where('decision_id', '=', decisionId)
    .execute()
}

/**
 * Lets a locked decision take effect after all that was cancelled by a correction, when its own undo window is over. False
 * when it had left before it was corrected: then there is nothing to do.
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

/** When a decision's way out of the house last changed. */
export async function getLastMove(db: Db | Tx, decisionId: string): Promise<Date> {
  const row = await db
    .selectFrom('outbox')
    .select('changed_at')
    .where('decision_id', '=', decisionId)
    .executeTakeFirstOrThrow()
  return row.changed_at
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
