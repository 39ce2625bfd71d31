import type { Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { BulkAct } from '#shared/contract/bulk.ts'
import { isLeftOut } from '#shared/domain/bulk-rules.ts'
import { may } from '#shared/domain/permissions.ts'
import { heldByOther, versionChanged } from '../conflict.queries.ts'
import { checkDecision } from '../decisions/decide-review.ts'
import { checkClaim } from '../lease/claim-review.ts'
import { inForce, type LeaseRow } from '../lease/lease.queries.ts'
import { requireRoom } from '../lease/room.ts'
import { assigning } from '../turns/assign-review.ts'
import { escalating } from '../turns/escalate-review.ts'
import { holding } from '../turns/hold-review.ts'
import { moving } from '../turns/move-review.ts'
import { checkPassing, type Ground, type Pass, type Review, requireWaiting, type Whose } from '../turns/pass-review.ts'
import type { findClauses } from './choice.queries.ts'

/** What all items of a bulk have in common. */
export type Frame = {
  caller: Caller
  act: BulkAct
  at: Date
  leaseUntil: Date
  leaseCap: number
  clauses: Awaited<ReturnType<typeof findClauses>>
  /** How many reviews the caller holds, as the items before leave it. */
  held: number
}

/** A locked review of the choice, and the version that was on the screen, where it was. */
export type Item = { review: Review; lease: LeaseRow | undefined; snapshotSha256: string; version: number | null }

/** What will be done to an item: whether it is taken first, and what is recorded then, in the caller's hand. */
export type Ready = {
  item: Item
  takes: boolean
  /** The review as it is when it was taken. */
  ground: Ground
} & (
  | { kind: 'decide'; decision: Awaited<ReturnType<typeof checkDecision>> }
  | { kind: 'pass'; passing: Awaited<ReturnType<typeof checkPassing>> }
  | { kind: 'claim' }
)

/**
 * Whether the act may be done to one review: what taking it and doing the act would say, one after the other. Writes
 * nothing; counts what the caller would hold afterwards.
 *
 * @throws AppError as the single acts do, or `single_only`
 */
export async function checkItem(tx: Tx, frame: Frame, item: Item): Promise<Ready> {
  const { caller, act, at, leaseCap } = frame
  const { review, lease } = item
  await requireWaiting(tx, review)
  const held = inForce(lease, at)
  const isMine = held?.holder_id === caller.id
  const takes = !isMine && isByHolder(act, caller)
  if (takes) await checkClaim(tx, caller, review, held)
  // A bulk takes nothing out of hands, also where the single act would.
  else if (held && !isMine) throw await heldByOther(tx, held)
  if (item.version !== null && item.version !== review.version) throw await versionChanged(tx, review)
  const clause = review.policy_id ? frame.clauses.get(review.policy_id) : undefined
  if (isLeftOut(act.kind, { isRestricted: review.is_restricted }, clause)) {
    throw new AppError('single_only', `Review ${review.id} is looked at by itself.`)
  }
  if (takes) requireRoom(frame.held, leaseCap)
  const ground = takes ? takenBy(frame, item) : { review, lease, held, at }
  const ready = await checkAct(tx, frame, item, ground)
  if (act.kind === 'claim') frame.held += takes ? 1 : 0
  else if (isMine) frame.held -= 1
  return { item, takes, ground, ...ready }
}

/** Whether whoever does it must hold the review. */
const isByHolder = ({ kind }: BulkAct, caller: Caller) =>
  kind !== 'assign' && !(kind === 'move' && may(caller.role, 'review.assign'))

/** The review in the caller's hand: one that ran out in another's leaves it first, and each step is a version. */
function takenBy({ caller, at, leaseUntil }: Frame, { review, lease }: Item): Ground {
  const mine = { review_id: review.id, holder_id: caller.id, taken_at: at, expires_at: leaseUntil }
  const version = review.version + (lease ? 2 : 1)
  return { review: { ...review, version, holder_id: caller.id }, lease: mine, held: mine, at }
}

async function checkAct(tx: Tx, { caller, act }: Frame, item: Item, ground: Ground) {
  const { review } = ground
  if (act.kind === 'claim') return { kind: 'claim' as const }
  if (act.kind === 'decide') {
    const { kind: _, ...judged } = act
    const input = { ...judged, version: review.version, snapshotId: review.snapshot_id, handlingMs: 0 }
    const found = { review, lease: ground.lease, snapshotSha256: item.snapshotSha256, at: ground.at }
    return { kind: 'decide' as const, decision: await checkDecision(tx, caller, found, input) }
  }
  const whose: Whose = isByHolder(act, caller) ? 'mine' : 'any'
  const pass = toPass(act, caller)
  const passing = await checkPassing(tx, caller, ground, { version: review.version, whose, pass })
  return { kind: 'pass' as const, passing }
}

function toPass(act: Exclude<BulkAct, { kind: 'decide' | 'claim' }>, caller: Caller): Pass {
  switch (act.kind) {
    case 'hold':
      return holding(act)
    case 'escalate':
      return escalating(caller, act)
    case 'assign':
      return assigning(act)
    case 'move':
      return moving(act)
  }
}
