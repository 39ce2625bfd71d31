import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { countExposure } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { DecisionInput } from '#shared/contract/decisions.ts'
import { alreadyDecided, heldByOther, leaseLost, snapshotChanged, versionChanged } from '../conflict.queries.ts'
import { inForce, type LeaseRow } from '../lease/lease.queries.ts'
import { lockReview } from '../review.queries.ts'
import { requireValid } from './check-decision.ts'
import { toCodes } from './decision-codes.ts'
import { getGround, insertDecision } from './decisions.queries.ts'
import { requireSeen, seenCodes } from './seen-translations.ts'

type Review = NonNullable<Awaited<ReturnType<typeof lockReview>>>

/** Decides a review that is mine, on the version and the snapshot that were seen, and leaves the rest to the outbox. */
export function decideReview(
  { db, now, settings }: Deps,
  caller: Caller,
  reviewId: string,
  { clientId, ...input }: DecisionInput,
) {
  return once(db, { clientId, personId: caller.id, operation: `decide ${reviewId}` }, async (tx) => {
    const review = await lockReview(tx, reviewId, caller.scope)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    const decidedAt = now()
    const { lease, snapshotSha256 } = await getGround(tx, review)
    await requireTurn(tx, review, lease, input, { caller, at: decidedAt })
    await requireValid(tx, review, input, decidedAt)
    const seen = await requireSeen(tx, review, input.translations ?? [])
    const undoMs = review.sources.includes('removal_order') ? 0 : settings.undoMs
    const id = newId()
    const notBefore = new Date(decidedAt.getTime() + undoMs)
    const decided = await insertDecision(tx, { id, review, input, seen, decidedById: caller.id, decidedAt, notBefore })
    if (review.media_count > 0) await countExposure(tx, caller, { at: decidedAt, policyId: review.policy_id, items: 1 })
    const data = { decisionId: id, snapshotSha256, ...toCodes(input), ...seenCodes(seen) }
    await appendEvents(tx, [
      { kind: 'review.decided', by: caller, subject: { kind: 'review', id: reviewId, version: decided.version }, data },
    ])
    return decided
  })
}

/** @throws AppError that says what happened meanwhile, when the caller may not decide on what was seen */
async function requireTurn(
  tx: Tx,
  review: Review,
  lease: LeaseRow | undefined,
  seen: Pick<DecisionInput, 'version' | 'snapshotId'>,
  { caller, at }: { caller: Caller; at: Date },
) {
  if (review.state === 'decided') throw await alreadyDecided(tx, review)
  const held = inForce(lease, at)
  if (held && held.holder_id !== caller.id) throw await heldByOther(tx, held)
  if (!held) throw await leaseLost(tx, review.id, lease?.holder_id === caller.id ? lease : undefined)
  if (review.snapshot_id !== seen.snapshotId) throw await snapshotChanged(tx, review)
  if (review.version !== seen.version) throw await versionChanged(tx, review)
}
