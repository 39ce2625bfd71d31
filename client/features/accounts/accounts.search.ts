import { readSearch, type SearchOf } from '#client/ui/list/list-search.ts'
import { AccountStatus } from '#shared/domain/words.ts'

export const accountsSpec = {
  q: 'text',
  platform: 'list',
  status: AccountStatus.options,
  new: 'switch',
  sort: ['oldest'],
} as const
export type AccountsSearch = SearchOf<typeof accountsSpec>

export const readAccountsSearch = (raw: Record<string, unknown>): AccountsSearch => readSearch(accountsSpec, raw)
