import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { notify } from '#server/features/inbox/inbox.queries.ts'
import { countExposure } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { DecisionInput } from '#shared/contract/decisions.ts'
import { checkDecision } from '../decisions/decide-review.ts'
import { toCodes } from '../decisions/decision-codes.ts'
import { getGround } from '../decisions/decisions.queries.ts'
import { seenCodes } from '../decisions/seen-translations.ts'
import { lockReview } from '../review.queries.ts'
import { passOn } from '../turns/turns.queries.ts'
import { insertProposal, toProposal } from './proposals.queries.ts'

/**
 * Puts what would be decided before a second person, in full: the review waits for them, and nothing else happens. Every
 * check of a decision is made, so that what is confirmed is complete.
 */
export function proposeDecision(deps: Deps, caller: Caller, reviewId: string, { clientId, ...sent }: DecisionInput) {
  return once(deps.db, { clientId, personId: caller.id, operation: `propose ${reviewId}` }, async (tx) => {
    const review = await lockReview(tx, reviewId, caller.scope)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    const at = deps.now()
    const ground = { review, at, ...(await getGround(tx, review)) }
    const { seen, strikes, message, ...ready } = await checkDecision(tx, caller, ground, sent, { isProposed: true })
    const { version: _, snapshotId: __, ...given } = ready.input
    // With its text, which both people read.
    const input = { ...given, message }
    const version = await passOn(tx, reviewId, { state: 'confirming', assignee_id: null })
    const row = {
      id: newId(),
      review_id: reviewId,
      review_version: version,
      snapshot_id: review.snapshot_id,
      proposed_by: caller.id,
      proposed_at: at,
    }
    await insertProposal(tx, {
      ...row,
      input: JSON.stringify(input),
      translations: JSON.stringify(seen),
      strikes: strikes && JSON.stringify(strikes),
    })
    if (review.media_count > 0) await countExposure(tx, caller, { at, policyId: review.policy_id, items: 1 })
    const data = {
      proposalId: row.id,
      snapshotSha256: ground.snapshotSha256,
      ...toCodes(input, strikes),
      ...seenCodes(seen),
    }
    await appendEvents(tx, [
      { kind: 'review.proposed', by: caller, subject: { kind: 'review', id: reviewId, version }, data },
    ])
    await notify(tx, [
      {
        to: { role: 'supervisor' },
        kind: 'confirmation',
        about: { on: 'review', id: reviewId },
        byId: caller.id,
        at,
        text: input.rationale || null,
      },
    ])
    const unended = { end_kind: null, end_by: null, end_at: null, end_reason: null, decision_id: null }
    return { proposal: toProposal({ ...row, ...unended, input, translations: seen, strikes }), version }
  })
}
