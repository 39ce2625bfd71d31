import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { ApiError, call, errorCode } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import type { Conflict } from '#shared/contract/conflict.ts'
import { claimReview, type Lease, type ReviewId, releaseReview, renewLease } from '#shared/contract/reviews.ts'
import { sendLast } from './send-last.ts'

export type LeaseState =
  /** Read only: the role may not decide. */
  | { kind: 'reading' }
  | { kind: 'claiming' }
  /** `seconds` is the whole of the lease, for the ring. */
  | { kind: 'held'; lease: Lease; version: number; seconds: number }
  | { kind: 'refused'; code: 'held_by_other' | 'already_decided'; conflict: Conflict | null }
  | { kind: 'lost'; at: string; conflict: Conflict | null }
  | { kind: 'failed'; error: unknown }

/** Renewed at most this often, and only when the page was used since. */
const renewMs = 60_000
const signsOfUse = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const

/**
 * Claims the review on opening, renews the lease while the page is used and gives it back on leaving. `finish` is called
 * once the review is decided: from then on there is nothing to give back.
 */
export function useLease(reviewId: ReviewId) {
  const mayDecide = useMay('review.decide')
  const [state, setState] = useState<LeaseState>({ kind: mayDecide ? 'claiming' : 'reading' })
  const isHeld = useRef(false)
  const isGone = useRef(false)
  const renewedAt = useRef(0)

  async function claim() {
    setState({ kind: 'claiming' })
    try {
      const { lease, version } = await call(claimReview, {
        params: { reviewId },
        body: { clientId: crypto.randomUUID() },
      })
      isHeld.current = true
      // The person left before the answer came.
      if (isGone.current) return leave()
      renewedAt.current = Date.now()
      const seconds = Math.max(1, Math.round((Date.parse(lease.expiresAt) - Date.now()) / 1_000))
      setState({ kind: 'held', lease, version, seconds })
    } catch (err) {
      setState(refusalOf(err))
    }
  }

  async function renew() {
    renewedAt.current = Date.now()
    try {
      const { lease } = await call(renewLease, { params: { reviewId }, body: {} })
      setState((now) => (now.kind === 'held' ? { ...now, lease } : now))
    } catch (err) {
      const conflict = err instanceof ApiError ? (err.body.conflict ?? null) : null
      if (errorCode(err) === 'already_decided') return lose({ kind: 'refused', code: 'already_decided', conflict })
      if (errorCode(err) === 'lease_lost' || errorCode(err) === 'held_by_other')
        lose({ kind: 'lost', at: new Date().toISOString(), conflict })
      // Otherwise the server did not answer: the lease runs on, and the next sign of use tries again.
    }
  }

  function lose(next: LeaseState) {
    isHeld.current = false
    setState(next)
  }

  function leave() {
    if (!isHeld.current) return
    isHeld.current = false
    sendLast(releaseReview, { params: { reviewId }, body: { clientId: crypto.randomUUID() } })
  }

  const open = useEffectEvent(() => void claim())
  const close = useEffectEvent(leave)
  const used = useEffectEvent(() => {
    if (isHeld.current && Date.now() - renewedAt.current >= renewMs) void renew()
  })

  useEffect(() => {
    if (!mayDecide) return
    isGone.current = false
    open()
    const onShow = (event: PageTransitionEvent) => event.persisted && open()
    const onHide = () => close()
    const onUse = () => used()
    addEventListener('pageshow', onShow)
    addEventListener('pagehide', onHide)
    for (const sign of signsOfUse) addEventListener(sign, onUse, { passive: true })
    return () => {
      removeEventListener('pageshow', onShow)
      removeEventListener('pagehide', onHide)
      for (const sign of signsOfUse) removeEventListener(sign, onUse)
      isGone.current = true
      close()
    }
  }, [mayDecide])

  return {
    state,
    claim,
    expire: () => state.kind === 'held' && lose({ kind: 'lost', at: state.lease.expiresAt, conflict: null }),
    finish: () => {
      isHeld.current = false
    },
  }
}

function refusalOf(err: unknown): LeaseState {
  const code = errorCode(err)
  if (code !== 'held_by_other' && code !== 'already_decided') return { kind: 'failed', error: err }
  return { kind: 'refused', code, conflict: err instanceof ApiError ? (err.body.conflict ?? null) : null }
}

export type LeaseHandle = ReturnType<typeof useLease>
