import { infiniteQueryOptions, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { z } from 'zod'
import { countInbox, listInbox, markInbox } from '#shared/contract/inbox.ts'
import { call } from './call.ts'

/** Never asked for twice without a reason: the stream says when something came, and a mark when something went. */
export const inboxCountQuery = queryOptions({
  queryKey: ['inbox', 'count'],
  queryFn: ({ signal }) => call(countInbox, { signal }),
  select: ({ unread }) => unread,
  staleTime: Number.POSITIVE_INFINITY,
})

export const inboxQuery = ({ isUnread }: { isUnread: boolean }) =>
  infiniteQueryOptions({
    queryKey: ['inbox', 'list', isUnread],
    queryFn: ({ pageParam, signal }) =>
      call(listInbox, {
        query: { ...(isUnread && { isRead: 'false' }), ...(pageParam && { cursor: pageParam }) } as never,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: (data) => ({ items: data.pages.flatMap((page) => page.items), count: data.pages[0]?.count ?? null }),
  })

/** Marks items as read or unread; the count and the lists are read again. */
export function useMarkInbox() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof markInbox.body>) => call(markInbox, { body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['inbox'] }),
  })
}

/** Milliseconds that a review is on the screen before what told of it counts as read. */
const openMs = 2_000

/** Whoever has opened a review has read what told them of it, whichever way they came. */
export function useReadOnOpen(reviewId: string) {
  const { data: unread } = useQuery(inboxCountQuery)
  const { mutate } = useMarkInbox()
  const isDue = (unread?.value ?? 0) > 0
  useEffect(() => {
    if (!isDue) return
    const timer = setTimeout(() => mutate({ which: { reviewId }, isRead: true }), openMs)
    return () => clearTimeout(timer)
  }, [isDue, reviewId, mutate])
}
