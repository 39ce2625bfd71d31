import { queryOptions } from '@tanstack/react-query'
import { listAppeals } from '#shared/contract/appeals.ts'
import { call } from './call.ts'

/** Every appeal against one decision, or about one account: the newest first. */
export const appealsOfQuery = (of: { decision: string } | { account: string }) =>
  queryOptions({
    queryKey: ['appeals', 'of', of],
    queryFn: ({ signal }) => call(listAppeals, { query: { tab: 'all', sort: 'newest', ...of }, signal }),
    staleTime: 10_000,
  })
