import { createHash } from 'node:crypto'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { notify } from '#server/features/inbox/inbox.queries.ts'
import { countExposure } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { alreadyDecided, heldByOther, leaseLost, versionChanged } from '../conflict.queries.ts'
import { endExpired, getLeaseRow, inForce, type LeaseRow } from '../lease/lease.queries.ts'
import { lockReview } from '../review.queries.ts'
import { toldOf } from './told-of.ts'
import { changeInHand, insertTurn, type NewTurn, type Passed, passOn } from './turns.queries.ts'

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
}

type Act = {
  name: string
  reviewId: string
  asked: Asked
  /** `mine`: only the holder. `free`: whoever finds it unheld, or holds it. `any`: whoever holds it loses it. */
  whose: 'mine' | 'free' | 'any'
}

type Ground = { review: Review; held: LeaseRow | undefined; at: Date }

/**
 * Passes an undecided review on, on the version that was seen: the frame of every such act. Whoever held it holds it no
 * more.
 *
 * @throws AppError that says what happened meanwhile
 */
export function passReview(
  { db, now }: Deps,
  caller: Caller,
  { name, reviewId, asked, whose }: Act,
  pass: (tx: Tx, ground: Ground) => Passing | Promise<Passing>,
) {
  return once(db, { clientId: asked.clientId, personId: caller.id, operation: `${name} ${reviewId}` }, async (tx) => {
    const at = now()
    const ground = await lockGround(tx, caller, { reviewId, at })
    const { review, lease, held } = ground
    if (whose !== 'any' && held && held.holder_id !== caller.id) throw await heldByOther(tx, held)
    if (whose === 'mine' && !held) {
      throw await leaseLost(tx, review.id, lease?.holder_id === caller.id ? lease : undefined)
    }
    if (review.version !== asked.version) throw await versionChanged(tx, review)
    const passing = await pass(tx, { review, held, at })
    const expired = lease && !held ? [await endExpired(tx, reviewId, lease.holder_id)] : []
    const turnId = await insertTurn(tx, { ...passing.turn, review_id: reviewId, by_id: caller.id, at })
    const version = await (passing.keeps ? changeInHand : passOn)(tx, reviewId, passing.set)
    const from = held && !passing.keeps && held.holder_id !== caller.id ? { holderId: held.holder_id } : {}
    if (held?.holder_id === caller.id && review.media_count > 0)
      await countExposure(tx, caller, { at, policyId: review.policy_id, items: 1 })
    const data = { turnId, ...toCodes(passing.turn), ...from, ...passing.data }
    const subject = { kind: 'review', id: reviewId, version }
    await appendEvents(tx, [...expired, { kind: passing.event, by: caller, subject, data }])
    await notify(tx, toldOf(passing.turn, { reviewId, byId: caller.id, at }))
    return { version }
  })
}

/** @throws AppError `not_found`, `already_decided` */
export async function lockGround(tx: Tx, caller: Caller, { reviewId, at }: { reviewId: string; at: Date }) {
  const review = await lockReview(tx, reviewId, caller.scope)
  if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
  if (review.state === 'decided') throw await alreadyDecided(tx, review)
  const lease = await getLeaseRow(tx, reviewId)
  return { review, lease, held: inForce(lease, at) }
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
