import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '#client/api/call.ts'
import { type SupersedeInput, supersedeDecision } from '#shared/contract/decisions.ts'
import { addAccountNote, addPostNote, addReviewNote, type Note } from '#shared/contract/notes.ts'
import {
  countReviews,
  getReview,
  listReviewFlags,
  listReviews,
  type ReviewDetail,
  type ReviewId,
} from '#shared/contract/reviews.ts'
import { withIds } from '#shared/domain/mentions.ts'
import { filterQueryOf, type QueueSearch } from './queue.search.ts'
import { hasTyped, type NoteDraft } from './review.store.ts'

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
export function useAddNote({ review, account, post }: ReviewDetail) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ on, clientId, body, picks = [], supersedesId, answersId = null }: NoteDraft) => {
      const note = { clientId, body: withIds(body, picks), supersedesId, answersId }
      if (on === 'account') return call(addAccountNote, { params: { accountId: account.id }, body: note })
      if (on === 'post' && post) return call(addPostNote, { params: { postId: post.id }, body: note })
      return call(addReviewNote, { params: { reviewId: review.id }, body: note })
    },
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
  if (note.on !== 'account') return { ...detail, notes: put(detail.notes) }
  return { ...detail, account: { ...detail.account, notes: put(detail.account.notes) } }
}

/** How many wait in a list, and in each queue. Its own key: decisions do not make the desk count again. */
export const waitingQuery = (list: QueueSearch) => {
  const query = filterQueryOf(list)
  return queryOptions({
    queryKey: ['waiting', query],
    queryFn: ({ signal }) => call(countReviews, { query, signal }),
    staleTime: 5 * 60_000,
  })
}

/** An undecided review that the person holds, if there is one: first the one with something typed. */
export async function findMine(): Promise<ReviewId | null> {
  const { items } = await call(listReviews, { query: { mine: 'true', limit: 20 } })
  return (items.find(({ id }) => hasTyped(id)) ?? items[0])?.id ?? null
}
