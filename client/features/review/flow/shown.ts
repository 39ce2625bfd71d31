import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { create } from 'zustand'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { QueueSearch } from '../queue.search.ts'
import { afterPaint } from './after-paint.ts'

/*
 * The next review is drawn in the same stroke that sends the one before; the address follows once it is on the screen.
 */

const useShown = create<{ to: ReviewId | null }>(() => ({ to: null }))
/** Addresses on the way to the last one. */
const passed = new Set<string>()

/** The review to draw: the one that was gone on to, or else the one of the address. */
export function useShownReview(addressed: string): string {
  const to = useShown((state) => state.to)
  const settle = useEffectEvent(() => {
    const isOnTheWay = to !== null && addressed !== to && passed.has(addressed)
    if (isOnTheWay) return
    passed.clear()
    if (to !== null) useShown.setState({ to: null })
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the address has changed, and not before
  useEffect(() => settle(), [addressed])
  useEffect(
    () => () => {
      passed.clear()
      useShown.setState({ to: null })
    },
    [],
  )
  return to ?? addressed
}

/** Shows a review at once and brings the address after it. */
export function useShow(list: QueueSearch) {
  const navigate = useNavigate()
  const router = useRouter()
  return (reviewId: ReviewId) => {
    const isOnDesk = router.latestLocation.pathname.startsWith('/reviews/')
    if (isOnDesk) useShown.setState({ to: reviewId })
    passed.add(reviewId)
    const go = () => navigate({ to: '/reviews/$reviewId', params: { reviewId }, search: list })
    if (!isOnDesk) return void go()
    afterPaint(() => {
      // Somebody who left the desk meanwhile must not be called back, nor to one that was passed already.
      if (useShown.getState().to === reviewId && router.latestLocation.pathname.startsWith('/reviews/')) void go()
    })
  }
}
