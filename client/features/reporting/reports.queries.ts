import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { getReport, listReportRows, type Report } from '#shared/contract/reports.ts'
import { type ReportAsked, type RowsSearch, rowsQueryOf } from './reports.search.ts'

/** Milliseconds between two looks at how far the count is. */
const countingMs = 5_000

/** Whether less is counted than was asked for. @param asked the event named in the address; else the last one */
export const isBehind = ({ seq, headSeq }: Report, asked: unknown) => seq < Math.min(Number(asked ?? headSeq), headSeq)

/** While another period is counted, the last one stays. */
export const reportQuery = (asked: ReportAsked) =>
  queryOptions({
    queryKey: ['report', asked],
    queryFn: ({ signal }) => call(getReport, { query: asked, signal }),
    placeholderData: keepPreviousData,
    // An older log is being counted for the first time: more of it is ready every moment.
    refetchInterval: ({ state: { data } }) => (data && isBehind(data, asked.seq) ? countingMs : false),
    // What is named by its last event never changes.
    staleTime: asked.seq === undefined ? 60_000 : Number.POSITIVE_INFINITY,
  })

export const reportRowsQuery = (search: RowsSearch) => {
  const query = rowsQueryOf(search)
  return infiniteQueryOptions({
    queryKey: ['report-rows', query],
    queryFn: ({ pageParam, signal }) =>
      call(listReportRows, { query: { ...query, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: (data) => ({
      rows: data.pages.flatMap((page) => page.items),
      count: data.pages[0]?.count ?? null,
      seq: data.pages[0]?.seq ?? 0,
    }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}
