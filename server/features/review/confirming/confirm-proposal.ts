import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { requireMessage } from '#server/features/messages/messages.queries.ts'
import { countExposure } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { confirmProposal as endpoint } from '#shared/contract/confirming.ts'
import { snapshotChanged, versionChanged } from '../conflict.queries.ts'
import { requireValid } from '../decisions/check-decision.ts'
import { toCodes } from '../decisions/decision-codes.ts'
import { getGround, insertDecision } from '../decisions/decisions.queries.ts'
import { seenCodes } from '../decisions/seen-translations.ts'
import { lockProposal, requireSecond } from './lock-proposal.ts'
import { insertProposalEnd } from './proposals.queries.ts'

type Seen = Pick<z.output<typeof endpoint.body>, 'version' | 'snapshotId'>
type Waiting = Awaited<ReturnType<typeof lockProposal>>

/**
 * Decides what somebody else proposed: by the first, confirmed by the caller, at this moment and under the versions in
 * force at it. From here on it is a decision as any other, with its undo window.
 */
export function confirmProposal(
  deps: Deps,
  caller: Caller,
  proposalId: string,
  { clientId, ...seen }: z.output<typeof endpoint.body>,
) {
  return once(deps.db, { clientId, personId: caller.id, operation: `confirm ${proposalId}` }, async (tx) => {
    const { proposal, review } = await lockProposal(tx, caller, proposalId)
    requireSecond(caller, proposal.proposed_by, review.queue_id)
    await requireSame(tx, { proposal, review }, seen)
    const { input, strikes, translations } = proposal
    const at = deps.now()
    await requireValid(tx, review, input, at)
    const { snapshotSha256 } = await getGround(tx, review)
    const undoMs = review.sources.includes('removal_order') ? 0 : deps.settings.undoMs
    const { clause, measures } = input
    const message = input.message
      ? await requireMessage(tx, input.message, { occasion: 'decision', review, clause, measures, at, isAgreed: true })
      : null
    const id = newId()
    const decided = await insertDecision(tx, {
      id,
      review,
      input,
      seen: translations,
      strikes,
      message,
      decidedById: proposal.proposed_by,
      confirmedById: caller.id,
      decidedAt: at,
      notBefore: new Date(at.getTime() + undoMs),
    })
    await insertProposalEnd(tx, { proposal_id: proposalId, kind: 'confirmed', by_id: caller.id, at, decision_id: id })
    if (review.media_count > 0) await countExposure(tx, caller, { at, policyId: review.policy_id, items: 1 })
    const data = {
      decisionId: id,
      proposalId,
      proposedById: proposal.proposed_by,
      confirmedById: caller.id,
      snapshotSha256,
      dueAt: review.due_at.toISOString(),
      ...toCodes(input, strikes),
      ...seenCodes(translations),
    }
    await appendEvents(tx, [
      {
        kind: 'review.decided',
        by: caller,
        subject: { kind: 'review', id: review.id, version: decided.version },
        data,
      },
    ])
    return decided
  })
}

/** What is confirmed is what was proposed, on what was proposed on: both people saw the same. */
async function requireSame(tx: Tx, { proposal, review }: Waiting, seen: Seen) {
  const isSameContent = review.snapshot_id === proposal.snapshot_id && review.snapshot_id === seen.snapshotId
  if (!isSameContent) throw await snapshotChanged(tx, review)
  if (review.version !== proposal.review_version || review.version !== seen.version)
    throw await versionChanged(tx, review)
}
