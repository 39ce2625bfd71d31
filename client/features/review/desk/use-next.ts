import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { afterPaint } from '../flow/after-paint.ts'
import { countOn, fill, hasNext, openAhead, shift } from '../flow/ahead.ts'
import { useShow } from '../flow/shown.ts'
import type { QueueSearch } from '../queue.search.ts'

/**
 * Goes on to the next review of the list a review came from. `open` draws the one that waits at once, without a request;
 * where none waits yet the present one stays on screen until one is taken, and where nothing is left the desk says so.
 * Call it when the review in hand is done with: decided, handed on, or to be given back. `goOn` says whether one waited.
 */
export function useNext(list: QueueSearch, except: ReviewId[]) {
  const { t } = useTranslation('review')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const show = useShow(list)
  const current = except[0] ?? null

  function goOn(): boolean {
    const reviewId = shift(queryClient)
    if (!reviewId) return false
    countOn()
    show(reviewId)
    afterPaint(() => void fill(queryClient, list, reviewId))
    return true
  }
  const { mutate, isPending, isError, error } = useMutation({
    mutationFn: async () => {
      openAhead(list)
      await fill(queryClient, list, current, { isUrgent: true })
      if (goOn()) return undefined
      announce(t('next.none'))
      return navigate({ to: '/reviews/$reviewId', params: { reviewId: 'next' }, search: list })
    },
  })
  return {
    open: () => {
      if (!goOn()) mutate()
    },
    goOn,
    hasOne: () => hasNext(queryClient),
    isPending,
    isError,
    error,
  }
}

export type NextReview = ReturnType<typeof useNext>
