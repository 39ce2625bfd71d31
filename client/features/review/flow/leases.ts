import { create } from 'zustand'
import { ApiError, call, errorCode } from '#client/api/call.ts'
import { forgetOnSignOut } from '#client/api/session.ts'
import type { Conflict } from '#shared/contract/conflict.ts'
import { claimReview, type Lease, type ReviewId, releaseReview, renewLeases } from '#shared/contract/reviews.ts'
import { sendLast } from '../desk/send-last.ts'

export type LeaseState =
  /** Read only: the role may not decide. */
  | { kind: 'reading' }
  | { kind: 'claiming' }
  /** `seconds` is the whole of the lease, for the ring; `renewedAt` in milliseconds of this browser's clock. */
  | { kind: 'held'; lease: Lease; version: number; seconds: number; renewedAt: number }
  /** It was decided or handed on: nothing is left to give back. */
  | { kind: 'done' }
  | { kind: 'refused'; code: 'held_by_other' | 'already_decided'; conflict: Conflict | null }
  | { kind: 'lost'; at: string; conflict: Conflict | null }
  | { kind: 'failed'; error: unknown }

type Held = Extract<LeaseState, { kind: 'held' }>

/** Renewed at most this often, and only when the page was used since. */
const renewMs = 60_000
/** However short leases are. */
const leastMs = 3_000
/** A lease with less left than this is as good as over: an answer takes its time. */
const spareMs = 2_000
/** How long a review stays mine after its page was closed with something typed: a reload takes it up again. */
const graceSeconds = 30

/** What this browser knows of its leases, by review id. */
export const useLeases = create<Record<string, LeaseState>>(() => ({}))

/** Reviews that this page means to keep, on the desk or waiting for it. */
const wanted = new Set<string>()

const put = (reviewId: string, state: LeaseState) => useLeases.setState({ [reviewId]: state })

export const leaseOf = (reviewId: string): LeaseState | undefined => useLeases.getState()[reviewId]

/** The lease while it gives its right. */
export function heldOf(reviewId: string, now = Date.now()): Held | null {
  const state = leaseOf(reviewId)
  return state?.kind === 'held' && Date.parse(state.lease.expiresAt) > now + spareMs ? state : null
}

export function want(reviewId: string) {
  wanted.add(reviewId)
}

/** Takes over a lease that the server gave, with the version it was given at. */
export function adoptLease(reviewId: string, { lease, version }: { lease: Lease; version: number }) {
  wanted.add(reviewId)
  put(reviewId, held(lease, version))
}

function held(lease: Lease, version: number, seconds?: number): Held {
  const renewedAt = Date.now()
  const left = Math.max(1, Math.round((Date.parse(lease.expiresAt) - renewedAt) / 1_000))
  return { kind: 'held', lease, version, seconds: Math.max(left, seconds ?? 0), renewedAt }
}

/** It is about to be mine again. */
export function putClaiming(reviewId: string) {
  wanted.add(reviewId)
  put(reviewId, { kind: 'claiming' })
}

/** Claims a review, or renews what is mine already. */
export async function claim(reviewId: ReviewId) {
  wanted.add(reviewId)
  put(reviewId, { kind: 'claiming' })
  try {
    const { lease, version } = await call(claimReview, {
      params: { reviewId },
      body: { clientId: crypto.randomUUID() },
    })
    put(reviewId, held(lease, version))
    // The person left before the answer came.
    if (!wanted.has(reviewId)) giveBack(reviewId)
  } catch (err) {
    // It waits for a second person, who needs no claim.
    put(reviewId, errorCode(err) === 'being_confirmed' ? { kind: 'done' } : refusalOf(err))
  }
}

function refusalOf(err: unknown): LeaseState {
  const code = errorCode(err)
  if (code !== 'held_by_other' && code !== 'already_decided') return { kind: 'failed', error: err }
  return { kind: 'refused', code, conflict: err instanceof ApiError ? (err.body.conflict ?? null) : null }
}

const heldIds = () => Object.keys(useLeases.getState()).filter((id) => heldOf(id, 0)) as ReviewId[]

let isRenewing = false

/** A sign of use: renews all that is held, in one request, when some of it was not renewed for a while. */
export async function noteUse() {
  const ids = heldIds()
  const now = Date.now()
  const isDue = ids.some((id) => {
    const { renewedAt, seconds } = leaseOf(id) as Held
    return now - renewedAt >= Math.min(renewMs, Math.max(leastMs, (seconds * 1_000) / 3))
  })
  if (!isDue || isRenewing) return
  isRenewing = true
  for (const id of ids) put(id, { ...(leaseOf(id) as Held), renewedAt: now })
  try {
    const { items } = await call(renewLeases, { body: { reviewIds: ids } })
    for (const item of items) {
      const state = leaseOf(item.reviewId)
      if (state?.kind !== 'held') continue
      if (item.lease) put(item.reviewId, held(item.lease, state.version, state.seconds))
      else lose(item.reviewId, item.refusal)
    }
  } catch {
    // The server did not answer: the leases run on, and the next sign of use tries again.
  } finally {
    isRenewing = false
  }
}

function lose(reviewId: string, refusal: { code: string; conflict: Conflict | null } | null) {
  const conflict = refusal?.conflict ?? null
  if (refusal?.code === 'already_decided') put(reviewId, { kind: 'refused', code: 'already_decided', conflict })
  else put(reviewId, { kind: 'lost', at: new Date().toISOString(), conflict })
}

/** The time is over. */
export function expire(reviewId: string) {
  const state = leaseOf(reviewId)
  if (state?.kind === 'held') put(reviewId, { kind: 'lost', at: state.lease.expiresAt, conflict: null })
}

/** It is in another hand, or in none. */
export function takeAway(reviewId: string, conflict: Conflict) {
  if (leaseOf(reviewId)?.kind === 'held') put(reviewId, { kind: 'lost', at: conflict.at, conflict })
}

/** From now on there is nothing to give back. */
export function finish(reviewId: string) {
  wanted.delete(reviewId)
  if (leaseOf(reviewId)) put(reviewId, { kind: 'done' })
}

/** Lets a review go for others. What was not held is forgotten. */
export function giveBack(reviewId: string) {
  wanted.delete(reviewId)
  const state = leaseOf(reviewId)
  if (state?.kind !== 'claiming') forget(reviewId)
  if (state?.kind !== 'held') return
  sendLast(releaseReview, { params: { reviewId: reviewId as ReviewId }, body: { clientId: crypto.randomUUID() } })
}

/** The page is closing over something typed: the review stays mine for as long as a reload takes. */
export function letRunOut(reviewId: string) {
  if (leaseOf(reviewId)?.kind !== 'held') return giveBack(reviewId)
  wanted.delete(reviewId)
  forget(reviewId)
  sendLast(renewLeases, { body: { reviewIds: [reviewId as ReviewId], seconds: graceSeconds } })
}

function forget(reviewId: string) {
  const { [reviewId]: _, ...rest } = useLeases.getState()
  useLeases.setState(rest, true)
}

forgetOnSignOut(() => {
  wanted.clear()
  useLeases.setState({}, true)
})
