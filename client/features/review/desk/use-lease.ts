import { useEffect, useEffectEvent } from 'react'
import { useMay } from '#client/api/session.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { isAhead } from '../flow/ahead.ts'
import {
  claim,
  expire,
  finish,
  giveBack,
  heldOf,
  type LeaseState,
  leaseOf,
  letRunOut,
  useLeases,
  want,
} from '../flow/leases.ts'
import { isUnsent } from '../flow/sending.ts'
import { hasTyped } from '../review.store.ts'

export type { LeaseState }

const claiming: LeaseState = { kind: 'claiming' }
const reading: LeaseState = { kind: 'reading' }

/**
 * Claims the review on opening, unless it was taken ahead, and gives it back on leaving, unless it waits to be gone on
 * with. `finish` is called once it is decided or handed on: from then on there is nothing to give back.
 */
export function useLease(reviewId: ReviewId) {
  const mayDecide = useMay('review.decide')
  const state = useLeases((leases) => leases[reviewId]) ?? (mayDecide ? claiming : reading)

  const open = useEffectEvent(() => {
    want(reviewId)
    // It may be on its way to me already.
    if (!heldOf(reviewId) && leaseOf(reviewId)?.kind !== 'claiming') void claim(reviewId)
  })
  const close = useEffectEvent(() => {
    if (!isAhead(reviewId) && !isUnsent(reviewId)) giveBack(reviewId)
  })
  const hide = useEffectEvent(() => {
    if (isUnsent(reviewId)) return
    if (hasTyped(reviewId)) letRunOut(reviewId)
    else giveBack(reviewId)
  })

  useEffect(() => {
    if (!mayDecide) return
    open()
    const onShow = (event: PageTransitionEvent) => event.persisted && open()
    const onHide = () => hide()
    addEventListener('pageshow', onShow)
    addEventListener('pagehide', onHide)
    return () => {
      removeEventListener('pageshow', onShow)
      removeEventListener('pagehide', onHide)
      close()
    }
  }, [mayDecide])

  return {
    state,
    claim: () => claim(reviewId),
    expire: () => expire(reviewId),
    finish: () => finish(reviewId),
  }
}

export type LeaseHandle = ReturnType<typeof useLease>
