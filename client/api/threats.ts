import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { answerThreat, listThreats, raiseThreat, type ThreatReport } from '#shared/contract/safety.ts'
import { call } from './call.ts'

/** Between two looks, where no stream tells of changes. */
const pollMs = 15_000

/** Those that nobody has answered. */
export const openThreatsQuery = queryOptions({
  queryKey: ['threats', 'open'],
  queryFn: ({ signal }) => call(listThreats, { signal }),
  refetchInterval: pollMs,
})

export const threatsOfQuery = (reviewId: ReviewId) =>
  queryOptions({
    queryKey: ['threats', reviewId],
    queryFn: ({ signal }) => call(listThreats, { query: { reviewId }, signal }),
    select: ({ items }) => items,
  })

/** `clientId` is made once for what is typed, so that trying again raises it once. */
export function useRaiseThreat(reviewId: ReviewId) {
  const read = useReadAgain()
  return useMutation({
    mutationFn: (body: { clientId: string; line: string }) => call(raiseThreat, { params: { reviewId }, body }),
    onSettled: read,
  })
}

export function useAnswerThreat({ id }: Pick<ThreatReport, 'id'>) {
  const read = useReadAgain()
  return useMutation({
    mutationFn: (body: { clientId: string; told: string; toldAt: string | null }) =>
      call(answerThreat, { params: { threatId: id }, body }),
    onSettled: read,
  })
}

function useReadAgain() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['threats'] }),
      queryClient.invalidateQueries({ queryKey: ['review'] }),
    ])
}
