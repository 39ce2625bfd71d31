import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { queryOf } from '#client/ui/list/list-search.ts'
import { getAccount, getAccountTimeline, listAccountPosts, listAccounts } from '#shared/contract/accounts.ts'
import { listDecisions } from '#shared/contract/decision-list.ts'
import { addAccountNote } from '#shared/contract/notes.ts'
import { type AccountsSearch, accountsSpec } from './accounts.search.ts'

/** Pages of the list in its order. While another filter loads, the old rows stay. */
export const accountsQuery = (search: AccountsSearch) => {
  const { sort = 'newest', ...filter } = search
  const query = { ...queryOf(accountsSpec, filter), sort }
  return infiniteQueryOptions({
    queryKey: ['accounts', query],
    queryFn: ({ pageParam, signal }) =>
      call(listAccounts, { query: { ...query, ...(pageParam && { cursor: pageParam }) } as never, signal }),
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

export const accountQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId],
    queryFn: ({ signal }) => call(getAccount, { params: { accountId }, signal }),
  })

export const timelineQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'timeline'],
    queryFn: ({ signal }) => call(getAccountTimeline, { params: { accountId }, signal }),
  })

/** A screenful at a time. */
export const accountPostsQuery = (accountId: string) =>
  infiniteQueryOptions({
    queryKey: ['account', accountId, 'posts'],
    queryFn: ({ pageParam, signal }) =>
      call(listAccountPosts, {
        params: { accountId },
        query: { limit: 24, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: (data) => ({
      posts: data.pages.flatMap((page) => page.items),
      count: data.pages[0]?.count ?? null,
    }),
  })

/** The newest; the list of decisions has the rest. */
export const accountDecisionsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'decisions'],
    queryFn: ({ signal }) => call(listDecisions, { query: { account: accountId, limit: 8 }, signal }),
  })

export type NoteDraft = { clientId: string; body: string; supersedesId: string | null; answersId: string | null }

/** Writes a note and reads the account again. */
export function useAddAccountNote(accountId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: NoteDraft) => call(addAccountNote, { params: { accountId }, body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountQuery(accountId).queryKey, exact: true }),
  })
}
