import type { Tx } from '#server/db/connect.ts'
import type { NewEvent } from '#server/features/audit/audit.queries.ts'
import type { Caller } from '#server/http/route.ts'
import { versionChanged } from '../conflict.queries.ts'
import { putLease, takeBackReviews } from '../lease/lease.queries.ts'
import type { Review } from '../turns/pass-review.ts'
import { changeInHand, insertTurn, passOn } from '../turns/turns.queries.ts'
import type { findDone } from './bulk.queries.ts'

type Done = Awaited<ReturnType<typeof findDone>>[number]
type PutBack = { done: Done; review: Review; at: Date; leaseUntil: Date | null }

/**
 * Puts a locked review back as it was before it was passed on or taken. Writes nothing when it is refused. The events are
 * for the caller to append.
 *
 * @throws AppError `version_changed` when anything happened to it since
 */
export async function putBack(tx: Tx, caller: Caller, { done, review, at, leaseUntil }: PutBack) {
  if (review.version !== done.version) throw await versionChanged(tx, review)
  const { before, turn_id: turnId } = done
  // It was the caller's already, and was only kept.
  if (!before || (!turnId && before.isHeld)) return { version: review.version, events: [] }
  if (!turnId) {
    const [taken] = await takeBackReviews(tx, [review.id])
    const subject = { kind: 'review', id: review.id, version: taken!.version }
    return { version: taken!.version, events: [{ kind: 'review.released', by: caller, subject }] satisfies NewEvent[] }
  }
  const undoing = { kind: 'put_back' as const, text: '', undoes_id: turnId }
  const backId = await insertTurn(tx, { ...undoing, review_id: review.id, by_id: caller.id, at })
  const change = {
    state: before.state,
    queue_id: before.queueId,
    due_at: new Date(before.dueAt),
    assignee_id: before.assigneeId,
    wake_at: before.wakeAt === null ? null : new Date(before.wakeAt),
    escalated_to: before.escalatedTo,
    escalated_role: before.escalatedRole,
    rule_set_version: before.ruleSetVersion,
    rule_id: before.ruleId,
  }
  const lease = leaseUntil && { review_id: review.id, holder_id: caller.id, taken_at: at, expires_at: leaseUntil }
  if (lease) await putLease(tx, lease)
  const version = lease
    ? await changeInHand(tx, review.id, { ...change, holder_id: caller.id })
    : await passOn(tx, review.id, change)
  const data = {
    turnId: backId,
    undoesId: turnId,
    state: before.state,
    ...(review.queue_id !== before.queueId && { from: review.queue_id, to: before.queueId }),
    ...(before.assigneeId && { assigneeId: before.assigneeId }),
    ...(before.escalatedTo && { toId: before.escalatedTo }),
    ...(before.escalatedRole && { toRole: before.escalatedRole }),
    ...(before.wakeAt && { wakeAt: before.wakeAt }),
    ...(lease && { holderId: caller.id }),
  }
  const subject = { kind: 'review', id: review.id, version }
  return { version, events: [{ kind: 'review.put_back', by: caller, subject, data }] satisfies NewEvent[] }
}
