import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { QueueSearch } from '../queue.search.ts'
import { countBack, pick, putFirst } from './ahead.ts'
import { finish } from './leases.ts'
import { markTakenBack, type Sent } from './sending.ts'
import { useShow } from './shown.ts'
import { takeBack } from './undo.ts'

/** Shows another review that is at hand; the one on the desk waits at the front, with what was typed. */
export function useSwap(list: QueueSearch, shown: string) {
  const show = useShow(list)
  return (reviewId: ReviewId) => {
    if (reviewId === shown) return
    pick(reviewId)
    putFirst(shown as ReviewId)
    show(reviewId)
  }
}

/** Takes a decision back and brings its review onto the desk. `late` is one for which it was too late. */
export function useUndo(list: QueueSearch, shown: string) {
  const { t } = useTranslation('flow')
  const queryClient = useQueryClient()
  const swap = useSwap(list, shown)
  const [late, setLate] = useState<{ sent: Sent; why: 'too_late' | 'failed' } | null>(null)

  async function undo(sent: Sent) {
    markTakenBack(sent.reviewId)
    setLate(null)
    const back = takeBack(queryClient, sent)
    swap(sent.reviewId)
    countBack()
    const why = await back
    if (why) finish(sent.reviewId)
    setLate(why && { sent, why })
    const words = { too_late: 'undo.tooLate', failed: 'undo.failed' } as const
    announce(t(why ? words[why] : 'undo.done', { reference: sent.reference }), why ? 'assertive' : 'polite')
  }
  return { undo, late, forgetLate: () => setLate(null) }
}
