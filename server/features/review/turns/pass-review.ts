import { createHash } from 'node:crypto'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { notify } from '#server/features/inbox/inbox.queries.ts'
import { countExposure } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { alreadyDecided, beingConfirmed, heldByOther, leaseLost, versionChanged } from '../conflict.queries.ts'
import { endExpired, getLeaseRow, inForce, type LeaseRow } from '../lease/lease.queries.ts'
import { lockReview } from '../review.queries.ts'
import { toldOf } from './told-of.ts'
import { changeInHand, deleteSkip, insertTurn, type NewTurn, type Passed, passOn } from './turns.queries.ts'

export type Review = NonNullable<Awaited<ReturnType<typeof lockReview>>>

export type Asked = { clientId: string; version: number }

/** What an act does to a review: its columns, the line that tells of it, and what the log says besides. */
export type Passing = {
  event: string
  set: Passed
  turn: NewTurn
  data?: Record<string, unknown>
  /** Whoever holds it keeps it. */
  keeps?: boolean
  /** It is offered to this person again, also if they skipped it. */
  offersTo?: string
}

/** `mine`: only the holder. `free`: whoever finds it unheld, or holds it. `any`: whoever holds it loses it. */
export type Whose = 'mine' | 'free' | 'any'

type Act = { name: string; reviewId: string; asked: Asked; whose: Whose }

/** A locked review that is undecided; `held` is its lease while that is in force. */
export type Ground = { review: Review; lease: LeaseRow | undefined; held: LeaseRow | undefined; at: Date }

/** Says what an act does to a review, or why it may not. */
export type Pass = (tx: Tx, ground: Ground) => Passing | Promise<Passing>

/**
 * Passes an undecided review on, on the version that was seen: the frame of every such act. Whoever held it holds it no
 * more.
 *
 * @throws AppError that says what happened meanwhile
 */
export function passReview({ db, now }: Deps, caller: Caller, { name, reviewId, asked, whose }: Act, pass: Pass) {
  return once(db, { clientId: asked.clientId, personId: caller.id, operation: `${name} ${reviewId}` }, async (tx) => {
    const at = now()
    const ground = await lockGround(tx, caller, { reviewId, at })
    const passing = await checkPassing(tx, caller, ground, { version: asked.version, whose, pass })
    const { version, events } = await recordPassing(tx, caller, ground, passing)
    const { review, held } = ground
    if (held?.holder_id === caller.id && review.media_count > 0)
      await countExposure(tx, caller, { at, policyId: review.policy_id, items: 1 })
    await appendEvents(tx, events)
    await notify(tx, toldOf(passing.turn, { reviewId, byId: caller.id, at }))
    return { version }
  })
}

/**
 * What the act would do. Writes nothing, unless `pass` does.
 *
 * @throws AppError that says what happened meanwhile, or what is wrong with the act
 */
export async function checkPassing(
  tx: Tx,
  caller: Caller,
  ground: Ground,
  { version, whose, pass }: { version: number; whose: Whose; pass: Pass },
) {
  const { review, lease, held } = ground
  if (whose !== 'any' && held && held.holder_id !== caller.id) throw await heldByOther(tx, held)
  if (whose === 'mine' && !held) {
    throw await leaseLost(tx, review.id, lease?.holder_id === caller.id ? lease : undefined)
  }
  if (review.version !== version) throw await versionChanged(tx, review)
  return pass(tx, ground)
}

/** Does what was checked in the same transaction. The events are for the caller to append. */
export async function recordPassing(tx: Tx, caller: Caller, { review, lease, held, at }: Ground, passing: Passing) {
  if (passing.offersTo) await deleteSkip(tx, review.id, passing.offersTo)
  const expired = lease && !held ? [await endExpired(tx, review.id, lease.holder_id)] : []
  const turnId = await insertTurn(tx, { ...passing.turn, review_id: review.id, by_id: caller.id, at })
  const version = await (passing.keeps ? changeInHand : passOn)(tx, review.id, passing.set)
  const from = held && !passing.keeps && held.holder_id !== caller.id ? { holderId: held.holder_id } : {}
  const data = { turnId, ...toCodes(passing.turn), ...from, ...passing.data }
  const subject = { kind: 'review', id: review.id, version }
  return { version, turnId, events: [...expired, { kind: passing.event, by: caller, subject, data }] }
}

/** @throws AppError `not_found`, `already_decided`, `being_confirmed` */
export async function lockGround(
  tx: Tx,
  caller: Caller,
  { reviewId, at }: { reviewId: string; at: Date },
): Promise<Ground> {
  const review = await lockReview(tx, reviewId, caller.scope)
  if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
  await requireWaiting(tx, review)
  const lease = await getLeaseRow(tx, reviewId)
  return { review, lease, held: inForce(lease, at), at }
}

/** @throws AppError `already_decided`, `being_confirmed` */
export async function requireWaiting(tx: Tx, review: Review) {
  if (review.state === 'decided') throw await alreadyDecided(tx, review)
  if (review.state === 'confirming') throw await beingConfirmed(tx, review)
}

/** What the log keeps of it: ids, codes and a hash. */
export function toCodes({ reason, text, to_id, to_role, wake_at }: NewTurn) {
  return {
    ...(reason && { reason }),
    ...(text && { textSha256: createHash('sha256').update(text).digest('hex') }),
    ...(to_id && { toId: to_id }),
    ...(to_role && { toRole: to_role }),
    ...(wake_at && { wakeAt: wake_at.toISOString() }),
  }
}
