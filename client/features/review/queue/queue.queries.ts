import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { countReviews, listReviews } from '#shared/contract/reviews.ts'
import { filterQueryOf, listQueryOf, type QueueSearch } from '../queue.search.ts'

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
  const query = filterQueryOf(search)
  return queryOptions({
    queryKey: ['reviews', 'counts', query],
    queryFn: ({ signal }) => call(countReviews, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    refetchInterval: 30_000,
  })
}

/*
 * Names for filters that few use: what the server says of accounts and reporters is fetched with them, as is the part of
 * the contract that describes it.
 */

export const accountQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId],
    queryFn: async ({ signal }) => {
      const { getAccount } = await import('#shared/contract/accounts.ts')
      return call(getAccount, { params: { accountId }, signal })
    },
  })

export const reporterQuery = (reporterId: string) =>
  queryOptions({
    queryKey: ['reporter', reporterId],
    queryFn: async ({ signal }) => {
      const { getReporter } = await import('#shared/contract/reporters.ts')
      return call(getReporter, { params: { reporterId }, signal })
    },
  })

/** Those whose name or id begins with the text; with none, those who flag most. */
export const reportersQuery = (text: string) =>
  queryOptions({
    queryKey: ['reporters', 'choice', text],
    queryFn: async ({ signal }) => {
      const { listReporters } = await import('#shared/contract/reporters.ts')
      return call(listReporters, { query: { limit: 20, ...(text && { q: text }) }, signal })
    },
    placeholderData: keepPreviousData,
  })
