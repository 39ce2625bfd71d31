import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { requireMessage } from '#server/features/messages/messages.queries.ts'
import { countExposure } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { DecisionInput } from '#shared/contract/decisions.ts'
import { follows } from '#shared/domain/strikes.ts'
import {
  alreadyDecided,
  beingConfirmed,
  heldByOther,
  leaseLost,
  snapshotChanged,
  versionChanged,
} from '../conflict.queries.ts'
import { inForce, type LeaseRow } from '../lease/lease.queries.ts'
import { lockReview } from '../review.queries.ts'
import { requireValid } from './check-decision.ts'
import { toCodes } from './decision-codes.ts'
import { getGround, insertDecision } from './decisions.queries.ts'
import { getHouse } from './house.queries.ts'
import { requireOne } from './require-one.ts'
import { requireSeen, seenCodes } from './seen-translations.ts'

type Review = NonNullable<Awaited<ReturnType<typeof lockReview>>>

type Input = Omit<DecisionInput, 'clientId'>

/** A locked review, whose turn it is, and the hash of what it shows. */
export type DecisionGround = { review: Review; lease: LeaseRow | undefined; snapshotSha256: string; at: Date }

/** Decides a review that is mine, on the version and the snapshot that were seen, and leaves the rest to the outbox. */
export function decideReview(deps: Deps, caller: Caller, reviewId: string, { clientId, ...input }: DecisionInput) {
  return once(deps.db, { clientId, personId: caller.id, operation: `decide ${reviewId}` }, async (tx) => {
    const review = await lockReview(tx, reviewId, caller.scope)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    const at = deps.now()
    const ready = await checkDecision(tx, caller, { review, at, ...(await getGround(tx, review)) }, input)
    const { decided, event } = await recordDecision(tx, deps, caller, ready)
    if (review.media_count > 0) await countExposure(tx, caller, { at, policyId: review.policy_id, items: 1 })
    await appendEvents(tx, [event])
    return decided
  })
}

/**
 * Whether the caller may decide so. Writes nothing, so what is refused leaves no trace.
 *
 * @throws AppError that says what happened meanwhile, or what is missing
 */
export async function checkDecision(
  tx: Tx,
  caller: Caller,
  ground: DecisionGround,
  input: Input,
  { isProposed = false } = {},
) {
  const { review, lease, at } = ground
  await requireTurn(tx, review, lease, input, { caller, at })
  const mayBind = input.outcome === 'violation' || input.measures.length > 0
  const house = mayBind ? await getHouse(tx, review.account_id, caller.scope) : null
  const strikes = await requireValid(tx, review, input, at, { house })
  if (!isProposed) requireOne(input, house)
  const seen = await requireSeen(tx, review, input.translations ?? [])
  // Kept where it says something: why the account got another measure.
  const differs = strikes?.step && !follows(strikes.step, input.measures, at)
  const { clause, measures } = input
  const message = input.message
    ? await requireMessage(tx, input.message, { occasion: 'decision', review, clause, measures, at })
    : null
  return { ground, input: differs ? input : { ...input, ladderReason: null }, seen, strikes, message }
}
export type ReadyDecision = Awaited<ReturnType<typeof checkDecision>>

/** Records what was checked in the same transaction. The event is for the caller to append. */
export async function recordDecision(
  tx: Tx,
  { settings }: Deps,
  caller: Caller,
  { ground, input, seen, strikes, message }: ReadyDecision,
) {
  const { review, snapshotSha256, at: decidedAt } = ground
  const undoMs = review.sources.includes('removal_order') ? 0 : settings.undoMs
  const id = newId()
  const notBefore = new Date(decidedAt.getTime() + undoMs)
  const decided = await insertDecision(tx, {
    id,
    review,
    input,
    seen,
    strikes,
    message,
    decidedById: caller.id,
    decidedAt,
    notBefore,
  })
  const dueAt = review.due_at.toISOString()
  const data = { decisionId: id, snapshotSha256, dueAt, ...toCodes(input, strikes), ...seenCodes(seen) }
  const subject = { kind: 'review', id: review.id, version: decided.version }
  return { decided, event: { kind: 'review.decided', by: caller, subject, data } }
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
  if (review.state === 'confirming') throw await beingConfirmed(tx, review)
  const held = inForce(lease, at)
  if (held && held.holder_id !== caller.id) throw await heldByOther(tx, held)
  if (!held) throw await leaseLost(tx, review.id, lease?.holder_id === caller.id ? lease : undefined)
  if (review.snapshot_id !== seen.snapshotId) throw await snapshotChanged(tx, review)
  if (review.version !== seen.version) throw await versionChanged(tx, review)
}
