import type { z } from 'zod'
import { type listReviews, ReviewSort } from '#shared/contract/reviews.ts'
import { type SavedView, ViewId, type ViewQuery } from '#shared/contract/views.ts'
import { type FilterName, type Filters, filterNames, fromQuery, readFilters, toQuery } from './filters.ts'

export const queueTabs = ['waiting', 'mine', 'for_me', 'on_hold', 'escalated', 'confirming', 'decided'] as const
export type QueueTab = (typeof queueTabs)[number]

/**
 * What the address of the queue may say. The address of a review carries the same words: the list it was opened from,
 * to go back to and to take the next one of. `at` is the row under the cursor, `view` the saved view that was opened; its
 * filters may have been changed since.
 */
export type QueueSearch = { tab?: QueueTab; sort?: ReviewSort; at?: string; view?: ViewId } & Filters

/** Keeps what makes sense and drops the rest, so that an old or cut link still opens a list. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const read: QueueSearch = readFilters(search)
  if (isTab(search.tab) && search.tab !== 'waiting') read.tab = search.tab
  const sort = ReviewSort.safeParse(search.sort)
  if (sort.success && sort.data !== 'priority') read.sort = sort.data
  if (typeof search.at === 'string') read.at = search.at
  const view = ViewId.safeParse(search.view)
  if (view.success) read.view = view.data
  // The other tabs say themselves which states they hold.
  if (read.tab) delete read.state
  return read
}

/** The list without the place of the cursor in it: what a review's address carries. */
export function listOf({ at: _, ...list }: QueueSearch): QueueSearch {
  return list
}

/** The filters in force, without tab, order and cursor. */
export function filtersOf({ tab: _, sort: __, at: ___, view: ____, ...filters }: QueueSearch): Filters {
  return filters
}

export function isFiltered(search: QueueSearch): boolean {
  return search.q !== undefined || filterNames.some((name) => search[name] !== undefined)
}

/** The list with one filter changed, from its top; `undefined` drops the filter. */
export function withFilter(search: QueueSearch, name: FilterName, value: Filters[FilterName]): QueueSearch {
  const { [name]: _, ...rest } = listOf(search)
  return value === undefined ? rest : { ...rest, [name]: value }
}

type ListQuery = z.input<(typeof listReviews)['query']>
/** What the counts and “take the next” understand: the list's filters without what a tab says. */
export type FilterQuery = Omit<ListQuery, 'cursor' | 'limit' | 'sort' | 'state' | 'mine' | 'forMe'>

export function filterQueryOf(search: QueueSearch): FilterQuery {
  const { state: _, ...query } = toQuery(filtersOf(search))
  return query as FilterQuery
}

export function listQueryOf(search: QueueSearch): Omit<ListQuery, 'cursor' | 'limit'> {
  const { tab, sort = 'priority', state } = search
  const states =
    tab === 'mine' || tab === 'for_me' ? {} : tab ? { state: [tab] } : state ? { state: state.split(',') } : {}
  return {
    ...filterQueryOf(search),
    ...(states as Pick<ListQuery, 'state'>),
    ...(tab === 'mine' && { mine: 'true' }),
    ...(tab === 'for_me' && { forMe: 'true' }),
    sort,
  }
}

/** What a saved view of this list keeps. */
export function viewQueryOf(search: QueueSearch): z.input<typeof ViewQuery> {
  const { id: _, ...query } = listQueryOf(search)
  return query
}

/** The list of a saved view as the address says it. */
export function searchOfView({
  id,
  query: { sort, state, mine, forMe, ...filter },
}: Pick<SavedView, 'id' | 'query'>): QueueSearch {
  const [only] = state ?? []
  const tab = mine ? 'mine' : forMe ? 'for_me' : state?.length === 1 && isTab(only) ? only : undefined
  return {
    ...fromQuery(tab || !state ? filter : { ...filter, state }),
    ...(tab && { tab }),
    ...(sort !== 'priority' && { sort }),
    view: id,
  }
}

/** The same list, whatever view it was opened from and wherever the cursor stands. */
export function isSameList(search: QueueSearch, other: QueueSearch): boolean {
  const name = (each: QueueSearch) => JSON.stringify(Object.entries(listQueryOf(each)).sort())
  return name(search) === name(other)
}

function isTab(value: unknown): value is QueueTab {
  return queueTabs.some((tab) => tab === value)
}
