import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { NewEvent } from '#server/features/audit/audit.queries.ts'
import type { Caller } from '#server/http/route.ts'
import { type Down, downMs, takingDown } from '#shared/domain/appeals.ts'

/*
 * What decisions and deliveries tell appeals. Nothing here looks back into them, so that they may call it.
 */

/**
 * The measures that appeals found wrong, by appeal: those of the appealed decision that took something down and that the
 * new one does not hold, with the time for which earlier decisions held the same. What never took effect is left out.
 */
export async function findDown(db: Db | Tx, appealIds: readonly string[]): Promise<Map<string, Down[]>> {
  if (appealIds.length === 0) return new Map()
  const { rows } = await sql<{ appeal_id: string; from: Date; to: Date | null }>`
    with recursive held as (
      select appeal.id as appeal_id, measure.target, measure.kind, decision.id as decision_id, decision.supersedes_id
      from appeal
      join decision on decision.id = appeal.decision_id
      join measure on measure.decision_id = decision.id and measure.kind = any(${[...takingDown]}::text[])
      where appeal.id = any(${[...appealIds]}::uuid[]) and appeal.new_decision_id is not null and not exists (
        select from measure as kept where kept.decision_id = appeal.new_decision_id
          and kept.target = measure.target and kept.kind = measure.kind
          and kept.restriction is not distinct from measure.restriction)
      union all
      select held.appeal_id, held.target, held.kind, decision.id, decision.supersedes_id
      from held join decision on decision.id = held.supersedes_id
    )
    select held.appeal_id, measure.began_at as "from", measure.ended_at as "to"
    from held join measure on measure.decision_id = held.decision_id
      and measure.target = held.target and measure.kind = held.kind
    where measure.began_at is not null`.execute(db)
  return Map.groupBy(rows, (row) => row.appeal_id)
}

/**
 * Measures of these decisions have ended: writes down how long something was wrongly down where an appeal lifted it, once
 * the last of it is over. Answers the events to append.
 */
export async function settleDown(tx: Tx, decisionIds: readonly string[]): Promise<NewEvent[]> {
  if (decisionIds.length === 0) return []
  const appeals = await tx
    .selectFrom('appeal')
    .select(['id', 'decision_id', 'new_decision_id'])
    .where('decision_id', 'in', decisionIds)
    .where('new_decision_id', 'is not', null)
    .where('wrongly_down_ms', 'is', null)
    .orderBy('id')
    .execute()
  const down = await findDown(
    tx,
    appeals.map(({ id }) => id),
  )
  const events: NewEvent[] = []
  for (const { id, decision_id: decisionId, new_decision_id: newDecisionId } of appeals) {
    const wronglyDownMs = downMs(down.get(id) ?? [])
    if (wronglyDownMs === null) continue
    await tx.updateTable('appeal').set({ wrongly_down_ms: wronglyDownMs }).where('id', '=', id).execute()
    const subject = { kind: 'appeal', id }
    events.push({ kind: 'appeal.lifted', by: null, subject, data: { decisionId, newDecisionId, wronglyDownMs } })
  }
  return events
}

/** The decision by which an appeal was answered is taken back: the appeal waits again, with who heard it. */
export async function reopenAppeal(tx: Tx, by: Caller, decisionId: string, heldUntil: Date): Promise<NewEvent[]> {
  const appeal = await tx
    .updateTable('appeal')
    .set({
      state: 'waiting',
      outcome: null,
      rationale: null,
      decided_by: null,
      decided_at: null,
      new_decision_id: null,
      wrongly_down_ms: null,
      holder_id: by.id,
      held_until: heldUntil,
    })
    .where('new_decision_id', '=', decisionId)
    .returning(['id', 'decision_id'])
    .executeTakeFirst()
  if (!appeal) return []
  const subject = { kind: 'appeal', id: appeal.id }
  return [{ kind: 'appeal.undone', by, subject, data: { decisionId: appeal.decision_id, newDecisionId: decisionId } }]
}

/** How long an appeal is one person's to hear, unless they keep it longer. */
export const hearingMs = 30 * 60_000
