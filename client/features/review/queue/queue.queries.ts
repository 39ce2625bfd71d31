import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { countReviews, listReviews } from '#shared/contract/reviews.ts'
import { facetFilterOf, listQueryOf, type QueueSearch } from '../queue.search.ts'

/** Pages of the list in its order. While another filter loads, the old rows stay. */
export const reviewsQuery = (search: QueueSearch) => {
  const query = listQueryOf(search)
  return infiniteQueryOptions({
    queryKey: ['reviews', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      call(listReviews, { query: { ...query, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: (data) => ({
      rows: data.pages.flatMap((page) => page.items),
      count: data.pages[0]?.count ?? null,
    }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

export const countsQuery = (search: QueueSearch) => {
  const query = facetFilterOf(search)
  return queryOptions({
    queryKey: ['reviews', 'counts', query],
    queryFn: ({ signal }) => call(countReviews, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    refetchInterval: 30_000,
  })
}
