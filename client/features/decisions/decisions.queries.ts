import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { queryOf } from '#client/ui/list/list-search.ts'
import { getDecision, listDecisions } from '#shared/contract/decision-list.ts'
import { type DecisionsSearch, decisionsSpec } from './decisions.search.ts'

/** The list as the API is asked for it. */
export function filterOf({ whose, sort = 'newest', ...filter }: DecisionsSearch) {
  return { ...queryOf(decisionsSpec, filter), ...(whose && { mine: 'true' }), sort } as Record<string, unknown> & {
    from?: string
    to?: string
  }
}

/** Pages of the list in its order. While another filter loads, the old rows stay. */
export const decisionsQuery = (search: DecisionsSearch) => {
  const query = filterOf(search)
  return infiniteQueryOptions({
    queryKey: ['decisions', query],
    queryFn: ({ pageParam, signal }) =>
      call(listDecisions, { query: { ...query, ...(pageParam && { cursor: pageParam }) } as never, signal }),
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

export const decisionQuery = (decisionId: string) =>
  queryOptions({
    queryKey: ['decision', decisionId],
    queryFn: ({ signal }) => call(getDecision, { params: { decisionId }, signal }),
  })
