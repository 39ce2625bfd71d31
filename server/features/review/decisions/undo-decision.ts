import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { lockAccounts } from '#server/features/accounts/accounts.queries.ts'
import { hearingMs, reopenAppeal } from '#server/features/appeals/verdicts.queries.ts'
import { appendEvents, type NewEvent } from '#server/features/audit/audit.queries.ts'
import { cancelLocked, getLastMove, lockPending, revive } from '#server/features/delivery/outbox.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { alreadySuperseded, alreadyUndone, tooLate } from '../conflict.queries.ts'
import { lockHand, putLease, toLease } from '../lease/lease.queries.ts'
import { lockReview } from '../review.queries.ts'
import { getReopened, getUndoing, insertUndo, isTakenBack, reopenReview, restoreDecision } from './undo.queries.ts'

type Review = NonNullable<Awaited<ReturnType<typeof lockReview>>>
type Found = NonNullable<Awaited<ReturnType<typeof getUndoing>>>

/** A decision on a locked review, and until when it could be taken back; undefined when it has left the outbox. */
export type UndoGround = {
  decisionId: string
  found: Found
  pending: { not_before: Date } | undefined
  review: Review
  at: Date
}

/**
 * Takes back a decision of the caller's, or one that they confirmed, that has not left the outbox. What it stood in the place of stands again, with
 * whatever of it had not left either; otherwise the review opens again in the caller's hand.
 *
 * Locks the hand, the outbox, the account and the review, in this order: whoever lets decisions take effect locks outbox
 * and account before reviews, intake accounts before reviews. Both this and the delivery lock the same row of the outbox
 * while it is pending: one of them comes first, and the other finds it gone.
 */
export function undoDecision({ db, now, settings }: Deps, caller: Caller, decisionId: string, clientId: string) {
  return once(db, { clientId, personId: caller.id, operation: `undo ${decisionId}` }, async (tx) => {
    const at = now()
    const hand = await lockHand(tx, caller.id, at)
    const found = await getUndoing(tx, decisionId)
    const pending = found && (await lockPending(tx, decisionId, found.supersedes_id))
    if (pending) await lockAccounts(tx, [found.account_id])
    const review = found && (await lockReview(tx, found.review_id, caller.scope))
    if (!review) throw new AppError('not_found', `No decision ${decisionId}.`)
    const ground = { decisionId, found, pending, review, at }
    await checkUndo(tx, caller, ground)
    const expiresAt = new Date(at.getTime() + settings.leaseMs)
    const { events, ...undone } = await recordUndo(tx, caller, ground, hand.held < settings.leaseCap ? expiresAt : null)
    await appendEvents(tx, events)
    return undone
  })
}

/**
 * Whether the decision may be taken back by the caller. Writes nothing.
 *
 * @throws AppError `not_yours`, `already_undone`, `already_superseded`, `too_late`
 */
export async function checkUndo(tx: Tx, caller: Caller, { decisionId, found, pending, review }: UndoGround) {
  if (found.decided_by !== caller.id && found.confirmed_by !== caller.id)
    throw new AppError('not_yours', 'Somebody else decided this.')
  if (await isTakenBack(tx, decisionId)) throw alreadyUndone(decisionId)
  if (review.decision_id !== decisionId) throw await alreadySuperseded(tx, review, decisionId)
  const hasWindow = pending && pending.not_before > found.decided_at
  if (!hasWindow) throw await tooLate(tx, decisionId, await getLastMove(tx, decisionId))
  if (!found.supersedes_id) await requireSubject(tx, review, decisionId)
}

/**
 * Takes back what was checked in the same transaction. The events are for the caller to append.
 *
 * @param leaseUntil until when the review is the caller's, where it opens again; null gives it to nobody
 */
export async function recordUndo(
  tx: Tx,
  caller: Caller,
  { decisionId, found, review, at }: UndoGround,
  leaseUntil: Date | null,
) {
  await insertUndo(tx, decisionId, caller.id, at)
  await cancelLocked(tx, decisionId, at)
  const cancelled: NewEvent = { kind: 'decision.cancelled', by: null, subject: { kind: 'decision', id: decisionId } }
  const reviewId = review.id as ReviewId
  if (found.supersedes_id) {
    const version = await restoreDecision(tx, review.id, found.supersedes_id)
    const revived = await reviveEarlier(tx, found.supersedes_id, at)
    const undone = eventOf(caller, { id: review.id, version }, { decisionId, restoredId: found.supersedes_id })
    const reopened = await reopenAppeal(tx, caller, decisionId, new Date(at.getTime() + hearingMs))
    return { reviewId, version, lease: null, events: [undone, cancelled, ...revived, ...reopened] }
  }
  const lease = leaseUntil && { review_id: review.id, holder_id: caller.id, taken_at: at, expires_at: leaseUntil }
  if (lease) await putLease(tx, lease)
  const version = await reopenReview(tx, review, lease ? caller.id : null)
  const data = { decisionId, ...(lease && { holderId: caller.id }) }
  const undone = eventOf(caller, { id: review.id, version }, data)
  return { reviewId, version, lease: lease && toLease(lease), events: [undone, cancelled] }
}

const eventOf = (
  by: Caller,
  { id, version }: { id: string; version: number },
  data: Record<string, unknown>,
): NewEvent => ({
  kind: 'decision.undone',
  by,
  subject: { kind: 'review', id, version },
  data,
})

/** A later flag may have opened another review of the same post: that one is decided then, and this one corrected. */
async function requireSubject(tx: Tx, review: Review, decisionId: string) {
  const other = await getReopened(tx, review)
  if (other) throw await tooLate(tx, decisionId, other.opened_at)
}

async function reviveEarlier(tx: Tx, decisionId: string, at: Date): Promise<NewEvent[]> {
  if (!(await revive(tx, decisionId, at))) return []
  return [{ kind: 'decision.revived', by: null, subject: { kind: 'decision', id: decisionId } }]
}
