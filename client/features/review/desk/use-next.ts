import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { QueueSearch } from '../queue.search.ts'
import { reviewQuery, takeNextOf } from '../review.queries.ts'
import { tellListDone } from '../review.store.ts'

/**
 * Opens the next review of the list a review came from; where nothing is left, the list itself. The present one stays on
 * screen until the next is here.
 */
export function useNext(list: QueueSearch, except: ReviewId[]) {
  const { t } = useTranslation('review')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { mutate, isPending, isError, error } = useMutation({
    mutationFn: async () => {
      const reviewId = await takeNextOf(list, except)
      if (!reviewId) {
        announce(t('next.none'))
        tellListDone(true)
        return navigate({ to: '/queue', search: list })
      }
      await queryClient.prefetchQuery(reviewQuery(reviewId))
      return navigate({ to: '/reviews/$reviewId', params: { reviewId }, search: list })
    },
  })
  return { open: () => mutate(), isPending, isError, error }
}

export type NextReview = ReturnType<typeof useNext>
