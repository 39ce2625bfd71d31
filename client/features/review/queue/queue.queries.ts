import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { countReviews, listReviews, type ReviewId, type ReviewRow } from '#shared/contract/reviews.ts'
import { countViews, listViews } from '#shared/contract/views.ts'
import { ReviewState } from '#shared/domain/words.ts'
import { filterQueryOf, listQueryOf, type QueueSearch } from '../queue.search.ts'

/**
 * Pages of the list in its order. While another filter loads, the old rows stay. Never read again by itself: a row may
 * not move under a hand, so `useLiveList` brings single rows up to date and the person loads the list anew.
 */
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
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** The top of a list as it is now. */
export function readTop(search: QueueSearch) {
  return call(listReviews, { query: listQueryOf(search) })
}

/** Ids that fit into one address, whatever stands between us and the server. */
export const mostIds = 100

/** Which of these reviews belong to the list now, as they are now. */
export async function readRows(search: QueueSearch, ids: readonly ReviewId[]): Promise<ReviewRow[]> {
  const asked = search.id ? ids.filter((id) => search.id?.includes(id)) : [...ids]
  if (asked.length === 0) return []
  const query = { ...listQueryOf(search), id: asked, limit: mostIds }
  return (await call(listReviews, { query })).items
}

/** These reviews whatever their state; those that are missing are out of sight. */
export async function readAnywhere(ids: readonly ReviewId[]): Promise<ReviewRow[]> {
  const query = { id: [...ids], state: [...ReviewState.options], limit: mostIds }
  return (await call(listReviews, { query })).items
}

export const countsQuery = (search: QueueSearch) => {
  const query = filterQueryOf(search)
  return queryOptions({
    queryKey: ['reviews', 'counts', query],
    queryFn: ({ signal }) => call(countReviews, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    // An old browser hears of nothing.
    refetchInterval: typeof EventSource === 'undefined' ? 30_000 : false,
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

/** Saved views, in the order of whoever looks. */
export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => call(listViews, { signal }),
  select: ({ items }) => items,
  staleTime: 60_000,
})

/** Beside the other counts, so that they are counted again with them. */
export const viewCountsQuery = queryOptions({
  queryKey: ['reviews', 'counts', 'views'],
  queryFn: ({ signal }) => call(countViews, { signal }),
  select: ({ items }) => new Map(items.map(({ viewId, ...count }) => [viewId, count])),
  staleTime: 10_000,
})
