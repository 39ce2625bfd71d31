import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
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
