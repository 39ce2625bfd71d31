import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { QueueSearch } from '../queue.search.ts'
import { afterPaint } from './after-paint.ts'
import { closeAhead, dropLost, fill, openAhead } from './ahead.ts'
import { giveBack, noteUse, useLeases } from './leases.ts'
import { run, useSending } from './sending.ts'

const signsOfUse = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const
/** Signs of use within this time count as one, in milliseconds. */
const gatherMs = 1_000

/** Keeps the next reviews at hand while the desk is open and used, and lets them go when it is left. */
export function useDesk(list: QueueSearch, shown: string) {
  const queryClient = useQueryClient()
  const name = JSON.stringify(list)
  const isHeld = useLeases((leases) => leases[shown]?.kind === 'held')

  const open = useEffectEvent(() => openAhead(list))
  // Only who works takes the next ones: reading a review holds nothing.
  const fillUp = useEffectEvent(() => {
    if (isHeld) void fill(queryClient, list, shown as ReviewId)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is another supply
  useEffect(() => open(), [name])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each review that is opened is a sign that more are needed
  useEffect(() => {
    if (isHeld) afterPaint(fillUp)
  }, [isHeld, shown, name])

  const used = useEffectEvent(() => {
    void noteUse()
    dropLost()
    fillUp()
  })
  useEffect(() => {
    let usedAt = 0
    const onUse = () => {
      if (Date.now() - usedAt < gatherMs) return
      usedAt = Date.now()
      // Whatever the stroke does is drawn first.
      afterPaint(used)
    }
    // What no answer came to before is sent again.
    void run(queryClient)
    addEventListener('pagehide', closeAhead)
    addEventListener('pageshow', open)
    for (const sign of signsOfUse) addEventListener(sign, onUse, { passive: true })
    return () => {
      removeEventListener('pagehide', closeAhead)
      removeEventListener('pageshow', open)
      for (const sign of signsOfUse) removeEventListener(sign, onUse)
      closeAhead()
      giveBackRefused()
      queryClient.removeQueries({ queryKey: ['waiting'] })
    }
  }, [queryClient])
  return { isWorking: isHeld }
}

/** What came back and was not taken up again is anybody's; its draft stays. */
function giveBackRefused() {
  for (const { reviewId, stage } of useSending.getState().list) {
    if (stage.kind === 'refused') giveBack(reviewId)
  }
}
