import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { listEvents } from '#shared/contract/events.ts'
import { type AuditSearch, filterOf } from './audit.search.ts'

/** The page the address names. What came stays on screen until the next one is there. */
export const eventsQuery = (search: AuditSearch) => {
  const query = { ...filterOf(search), ...(search.cursor && { cursor: search.cursor }) }
  return queryOptions({
    queryKey: ['events', query],
    queryFn: ({ signal }) => call(listEvents, { query, signal }),
    placeholderData: keepPreviousData,
  })
}

/** What only the first page knows: how many there are, and what there is to filter by. */
export const eventFactsQuery = (search: AuditSearch) => {
  const query = { ...filterOf(search), limit: 1 }
  return queryOptions({
    queryKey: ['events', 'facts', query],
    queryFn: ({ signal }) => call(listEvents, { query, signal }),
    placeholderData: keepPreviousData,
  })
}

/** One entry, for an address that names one of another page. */
export const eventQuery = (seq: number) =>
  queryOptions({
    queryKey: ['events', 'entry', seq],
    queryFn: async ({ signal }) => (await call(listEvents, { query: { seq, limit: 1 }, signal })).items[0] ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
