import { infiniteQueryOptions, keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { useLive } from '#client/api/live.ts'
import { queryOf } from '#client/ui/list/list-search.ts'
import { countAppeals, getAppeal, listAppeals } from '#shared/contract/appeals.ts'
import { getDecision } from '#shared/contract/decision-list.ts'
import { type AppealsSearch, appealsSpec } from './appeals.search.ts'

/** What waits is answered by when it is due; what was answered is looked up from the newest. */
export const usualSort = (tab: string) => (tab === 'decided' ? 'newest' : 'due')

/** Pages of the list in its order. While another filter loads, the old rows stay. */
export const appealsQuery = (search: AppealsSearch) => {
  const { tab = 'waiting', sort = usualSort(tab), ...filter } = search
  const query = { ...queryOf(appealsSpec, filter), tab, sort }
  return infiniteQueryOptions({
    queryKey: ['appeals', query],
    queryFn: ({ pageParam, signal }) =>
      call(listAppeals, { query: { ...query, ...(pageParam && { cursor: pageParam }) } as never, signal }),
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

export const appealCountsQuery = queryOptions({
  queryKey: ['appeals', 'counts'],
  queryFn: ({ signal }) => call(countAppeals, { signal }),
  staleTime: 10_000,
})

export const appealQuery = (appealId: string) =>
  queryOptions({
    queryKey: ['appeal', appealId],
    queryFn: ({ signal }) => call(getAppeal, { params: { appealId }, signal }),
  })

/** What is to be appealed, for the form. */
export const appealedQuery = (decisionId: string) =>
  queryOptions({
    queryKey: ['decision', decisionId],
    queryFn: ({ signal }) => call(getDecision, { params: { decisionId }, signal }),
    retry: false,
  })

/** Reads the page again when somebody else does something to this appeal. */
export function useLiveAppeal(appealId: string) {
  const queryClient = useQueryClient()
  const readAgain = () => void queryClient.invalidateQueries({ queryKey: ['appeal', appealId] })
  useLive({
    onChanges: ({ reviews }) => {
      if (reviews.some(({ kinds }) => kinds.some((kind) => kind.startsWith('appeal.')))) readAgain()
    },
    onReset: (reason) => {
      if (reason !== 'start') readAgain()
    },
  })
}
