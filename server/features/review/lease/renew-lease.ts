import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import { alreadyDecided, heldByOther, leaseLost } from '../conflict.queries.ts'
import { getReviewState } from '../review.queries.ts'
import { requireReview } from '../scope.queries.ts'
import { extendLease, getLeaseRow, inForce, toLease } from './lease.queries.ts'

/** Keeps a review that is mine: one statement on one row of `lease`, without an event. */
export async function renewLease({ db, now, settings }: Deps, caller: Caller, reviewId: string) {
  const at = now()
  const expiresAt = new Date(at.getTime() + settings.leaseMs)
  const lease = await extendLease(db, { reviewId, holderId: caller.id, now: at, expiresAt })
  if (lease) return { lease: toLease(lease) }
  await requireReview(db, reviewId, caller.scope)
  const review = (await getReviewState(db, reviewId))!
  if (review.state === 'decided') throw await alreadyDecided(db, review)
  const present = await getLeaseRow(db, reviewId)
  const held = inForce(present, at)
  if (held && held.holder_id !== caller.id) throw await heldByOther(db, held)
  throw await leaseLost(db, reviewId, present?.holder_id === caller.id ? present : undefined)
}
