import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { queryOf } from '#client/ui/list/list-search.ts'
import {
  getReporter,
  listFlags,
  listReporters,
  muteReporter,
  previewSetAside,
  setAsideFlags,
  takeUpFlags,
  trustReporter,
  unmuteReporter,
} from '#shared/contract/reporters.ts'
import { type FlagsSearch, flagsSpec, type ReportersSearch, reportersSpec } from './reporters.search.ts'

/** Pages of the list in its order. While another filter loads, the old rows stay. */
export const flagsQuery = (search: FlagsSearch) => {
  const { sort = 'newest', ...filter } = search
  const query = { ...queryOf(flagsSpec, filter), sort }
  return infiniteQueryOptions({
    queryKey: ['flags', query],
    queryFn: ({ pageParam, signal }) =>
      call(listFlags, { query: { ...query, ...(pageParam && { cursor: pageParam }) } as never, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: (data) => ({
      rows: data.pages.flatMap((page) => page.items),
      count: data.pages[0]?.count ?? null,
      sourceNames: data.pages[0]?.sourceNames ?? [],
    }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

export const reportersQuery = (search: ReportersSearch) => {
  const { sort = 'busiest', ...filter } = search
  const query = { ...queryOf(reportersSpec, filter), sort }
  return infiniteQueryOptions({
    queryKey: ['reporters', query],
    queryFn: ({ pageParam, signal }) =>
      call(listReporters, { query: { ...query, ...(pageParam && { cursor: pageParam }) } as never, signal }),
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

export const reporterQuery = (reporterId: string) =>
  queryOptions({
    queryKey: ['reporter', reporterId],
    queryFn: ({ signal }) => call(getReporter, { params: { reporterId }, signal }),
  })

/** Asked for anew each time: what it says holds for a moment. */
export const setAsidePreviewQuery = (reporterId: string) =>
  queryOptions({
    queryKey: ['reporter', reporterId, 'set-aside'],
    queryFn: ({ signal }) => call(previewSetAside, { params: { reporterId }, signal }),
    gcTime: 0,
  })

export type Act =
  | { kind: 'mute'; clientId: string; until: string | null }
  | { kind: 'unmute'; clientId: string }
  | { kind: 'trust'; clientId: string; weight: number | null }

/** Marks a reporter; sent again with the same id it is done once. */
export function useMark(reporterId: string) {
  const queryClient = useQueryClient()
  const params = { reporterId }
  return useMutation({
    mutationFn: ({ kind, ...body }: Act) => {
      if (kind === 'mute')
        return call(muteReporter, { params, body: body as { clientId: string; until: string | null } })
      if (kind === 'unmute') return call(unmuteReporter, { params, body })
      return call(trustReporter, { params, body: body as { clientId: string; weight: number | null } })
    },
    onSuccess: (reporter) => {
      queryClient.setQueryData(reporterQuery(reporterId).queryKey, reporter)
      void queryClient.invalidateQueries({ queryKey: ['reporters'] })
    },
  })
}

/** What hangs on the flags that count. */
function useReadAgain() {
  const queryClient = useQueryClient()
  return () => {
    for (const key of ['reporter', 'reporters', 'flags', 'reviews']) {
      void queryClient.invalidateQueries({ queryKey: [key] })
    }
  }
}

export function useSetAside(reporterId: string) {
  return useMutation({
    mutationFn: (body: { clientId: string; upTo: string }) => call(setAsideFlags, { params: { reporterId }, body }),
    onSuccess: useReadAgain(),
  })
}

export function useTakeUp(reporterId: string) {
  return useMutation({
    mutationFn: (body: { clientId: string }) => call(takeUpFlags, { params: { reporterId }, body }),
    onSuccess: useReadAgain(),
  })
}
