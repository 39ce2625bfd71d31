import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents, type NewEvent } from '#server/features/audit/audit.queries.ts'
import { cancelPending, lockPending } from '#server/features/delivery/outbox.queries.ts'
import { requireMessage } from '#server/features/messages/messages.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { SupersedeInput } from '#shared/contract/decisions.ts'
import type { Occasion } from '#shared/domain/messages.ts'
import { may } from '#shared/domain/permissions.ts'
import { alreadySuperseded, alreadyUndone } from '../conflict.queries.ts'
import { lockReview } from '../review.queries.ts'
import { requireValid } from './check-decision.ts'
import { toCodes } from './decision-codes.ts'
import { findMeasuresOf, getAccountStatus, getCorrected, insertDecision } from './decisions.queries.ts'
import { getHouse } from './house.queries.ts'
import { requireOne } from './require-one.ts'
import { requireSeen, seenCodes } from './seen-translations.ts'
import { isTakenBack } from './undo.queries.ts'

type Corrected = NonNullable<Awaited<ReturnType<typeof getCorrected>>>

/** Puts a new decision in the place of one that stands: the caller's own, or anybody's for a supervisor. */
export function supersedeDecision(
  deps: Deps,
  caller: Caller,
  decisionId: string,
  { clientId, ...input }: SupersedeInput,
) {
  return once(deps.db, { clientId, personId: caller.id, operation: `supersede ${decisionId}` }, (tx) =>
    supersedeIn(tx, deps, caller, decisionId, input),
  )
}

/**
 * The same inside a transaction. What has not left the outbox never leaves; what has is lifted or changed when the new
 * decision takes effect, after an undo window of its own. Locks the outbox and the review.
 *
 * @param appealId the appeal that it answers: who may hear that is known by then
 */
export async function supersedeIn(
  tx: Tx,
  { now, settings }: Pick<Deps, 'now' | 'settings'>,
  caller: Caller,
  decisionId: string,
  input: Omit<SupersedeInput, 'clientId'>,
  appealId?: string,
  occasion: Occasion = 'decision',
) {
  await lockPending(tx, decisionId)
  const corrected = await getCorrected(tx, decisionId)
  const review = corrected && (await lockReview(tx, corrected.review_id, caller.scope))
  if (!corrected || !review) throw new AppError('not_found', `No decision ${decisionId}.`)
  const decidedAt = now()
  if (!appealId) requireRight(caller, corrected, decidedAt, settings.correctMs)
  if (await isTakenBack(tx, decisionId)) throw alreadyUndone(decisionId)
  if (review.decision_id !== decisionId) throw await alreadySuperseded(tx, review, decisionId)
  await requireValid(tx, review, input, decidedAt, { cited: citedBy(corrected) })
  if (input.measures.length > 0) {
    const house = await getHouse(tx, review.account_id, caller.scope)
    requireOne(input, house, await findMeasuresOf(tx, decisionId))
  }
  const seen = await requireSeen(tx, review, input.translations ?? [])
  const { clause, measures } = input
  const message = input.message
    ? await requireMessage(tx, input.message, { occasion, review, clause, measures, at: decidedAt })
    : null
  const id = newId()
  const undoMs = review.sources.includes('removal_order') ? 0 : settings.undoMs
  const decided = await insertDecision(tx, {
    id,
    review,
    input,
    seen,
    message,
    decidedById: caller.id,
    decidedAt,
    notBefore: new Date(decidedAt.getTime() + undoMs),
    correction: { supersedesId: decisionId, accountStatus: await getAccountStatus(tx, review.account_id) },
  })
  const cancelled = await cancel(tx, decisionId, decidedAt)
  const data = {
    decisionId: id,
    supersedesId: decisionId,
    ...toCodes(input),
    ...seenCodes(seen),
    ...(appealId && { appealId }),
  }
  const subject = { kind: 'review', id: review.id, version: decided.version }
  await appendEvents(tx, [{ kind: 'decision.superseded', by: caller, subject, data }, ...cancelled])
  return decided
}

/** @throws AppError `not_yours`, or `too_late` for a decision of one's own */
function requireRight(caller: Caller, { decided_by, decided_at }: Corrected, at: Date, correctMs: number) {
  if (may(caller.role, 'decision.supersede')) return
  if (decided_by !== caller.id)
    throw new AppError('not_yours', 'Only a supervisor corrects what somebody else decided.')
  if (at.getTime() - decided_at.getTime() > correctMs) {
    throw new AppError('too_late', 'The time to correct a decision of your own is over; a supervisor still can.')
  }
}

function citedBy({ policy_id, policy_version, further_clauses }: Corrected) {
  const clause = policy_id && policy_version ? [{ id: policy_id, version: policy_version }] : []
  return [...clause, ...further_clauses]
}

async function cancel(tx: Tx, decisionId: string, now: Date): Promise<NewEvent[]> {
  if (!(await cancelPending(tx, decisionId, now))) return []
  return [{ kind: 'decision.cancelled', by: null, subject: { kind: 'decision', id: decisionId } }]
}
