import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '#client/api/call.ts'
import { decideReview, type SupersedeInput, supersedeDecision } from '#shared/contract/decisions.ts'
import { addAccountNote, addReviewNote, type Note } from '#shared/contract/notes.ts'
import {
  getReview,
  listReviewFlags,
  listReviews,
  type ReviewDetail,
  type ReviewId,
  takeNext,
} from '#shared/contract/reviews.ts'
import { filterQueryOf, type QueueSearch } from './queue.search.ts'
import type { NoteDraft } from './review.store.ts'

/** How often the desk looks whether a preview is ready that was still being made, or a decision has arrived. */
const pollMs = 3_000

export const reviewQuery = (reviewId: ReviewId) =>
  queryOptions({
    queryKey: ['review', reviewId],
    queryFn: ({ signal }) => call(getReview, { params: { reviewId }, signal }),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? pollMs : false),
  })

function isUnderWay({ snapshot, decisions }: ReviewDetail) {
  const [standing] = decisions
  return (
    snapshot.media.some((media) => media.state === 'pending') ||
    standing?.delivery === 'pending' ||
    standing?.delivery === 'sending'
  )
}

export const reviewFlagsQuery = (reviewId: ReviewId) =>
  infiniteQueryOptions({
    queryKey: ['review', reviewId, 'flags'],
    queryFn: ({ pageParam, signal }) =>
      call(listReviewFlags, { params: { reviewId }, query: { ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })

/**
 * Sends a decision. A refusal is left to the caller, and the review is read again for it; what was decided is read again
 * only when somebody looks at it, as the next one is on its way.
 */
export function useDecide(reviewId: ReviewId) {
  const queryClient = useQueryClient()
  const queryKey = reviewQuery(reviewId).queryKey
  return useMutation({
    mutationFn: (body: Parameters<typeof call<typeof decideReview>>[1]['body']) =>
      call(decideReview, { params: { reviewId }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey, refetchType: 'none' }),
    onError: () => void queryClient.invalidateQueries({ queryKey }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['reviews'] }),
  })
}

/** Sends a correction. The review is read again whatever came of it: a refusal says that it is different now. */
export function useSupersede(reviewId: ReviewId) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ decisionId, ...body }: z.input<typeof SupersedeInput> & { decisionId: string }) =>
      call(supersedeDecision, { params: { decisionId }, body: body as SupersedeInput }),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: reviewQuery(reviewId).queryKey })
      void queryClient.invalidateQueries({ queryKey: ['reviews'] })
    },
  })
}

/** Writes a note where its draft says, and shows it without reading the whole review again. */
export function useAddNote({ review, account }: ReviewDetail) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ on, ...body }: NoteDraft) =>
      on === 'review'
        ? call(addReviewNote, { params: { reviewId: review.id }, body })
        : call(addAccountNote, { params: { accountId: account.id }, body }),
    onSuccess: (note, { supersedesId }) => {
      queryClient.setQueryData(
        reviewQuery(review.id).queryKey,
        (detail) => detail && withNote(detail, note, supersedesId),
      )
    },
    onError: () => queryClient.invalidateQueries({ queryKey: ['review', review.id] }),
  })
}

function withNote(detail: ReviewDetail, note: Note, supersedesId: string | null): ReviewDetail {
  const put = (notes: Note[]) => [note, ...notes.filter(({ id }) => id !== note.id && id !== supersedesId)]
  if (note.on === 'review') return { ...detail, notes: put(detail.notes) }
  return { ...detail, account: { ...detail.account, notes: put(detail.account.notes) } }
}

/** Claims the next open review of a list, in the list's order; null when nobody needs to look at anything there. */
export async function takeNextOf(list: QueueSearch, except: ReviewId[]): Promise<ReviewId | null> {
  const body = { clientId: crypto.randomUUID(), filter: filterQueryOf(list), sort: list.sort ?? 'priority', except }
  const { items } = await call(takeNext, { body: body as never })
  return items[0]?.reviewId ?? null
}

/** The undecided review that the person holds, if there is one. */
export async function findMine(): Promise<ReviewId | null> {
  const { items } = await call(listReviews, { query: { mine: 'true', limit: 1 } })
  return items[0]?.id ?? null
}
