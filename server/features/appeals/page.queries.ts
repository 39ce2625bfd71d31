import type { z } from 'zod'
import { getDecisionDetail } from '#server/features/review/decisions/decision-list.queries.ts'
import { getDecision } from '#server/features/review/decisions/decisions.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { AppealDetail } from '#shared/contract/appeals.ts'
import { type AppealRecord, findDeciders } from './appeals.queries.ts'
import { findAppealRow } from './list.queries.ts'

/**
 * All that the page of an appeal shows.
 *
 * @throws AppError `not_found`, also when its review lies outside the scope
 */
export async function getAppealDetail(
  { db, now, settings }: Pick<Deps, 'db' | 'now' | 'settings'>,
  appealId: string,
  caller: Caller,
): Promise<z.input<typeof AppealDetail>> {
  const at = now()
  const found = await findAppealRow(db, appealId, { reader: caller, now: at })
  if (!found) throw new AppError('not_found', `No appeal ${appealId}.`)
  const { row, record } = found
  const [first, next, decidedByIds] = await Promise.all([
    getDecisionDetail(db, record.decision_id, caller.scope),
    record.new_decision_id ? getDecision(db, record.new_decision_id) : null,
    findDeciders(db, record.decision_id),
  ])
  return {
    ...row,
    text: record.body,
    appellantName: record.appellant_name,
    sourceName: record.source_name,
    externalId: record.external_id,
    filedById: record.filed_by,
    receivedAt: record.received_at.toISOString(),
    lateReason: record.late_reason,
    rationale: record.rationale,
    withdrawnReason: record.withdrawn_reason,
    message: next ? (next.message ?? null) : record.message,
    undoUntil: next ? (next.undoUntil ?? null) : upheldUntil(record, settings.undoMs, at),
    decidedByIds,
    first,
    next,
  }
}

/** Nothing leaves when a decision is upheld; it is taken back within the same time as others. */
function upheldUntil({ state, decided_at }: AppealRecord, undoMs: number, now: Date): string | null {
  if (state !== 'decided' || !decided_at) return null
  const until = new Date(decided_at.getTime() + undoMs)
  return until > now ? until.toISOString() : null
}
