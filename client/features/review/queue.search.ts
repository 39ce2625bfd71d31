import type { z } from 'zod'
import { type listReviews, ReviewSort } from '#shared/contract/reviews.ts'
import { AccountStatus } from '#shared/domain/words.ts'

export const queueTabs = ['waiting', 'mine', 'on_hold', 'escalated', 'confirming', 'decided'] as const
export type QueueTab = (typeof queueTabs)[number]

/** Filters of which several values may be in force at once; in the address they stand as `queue=hate,extremism`. */
export const facets = ['queue', 'policy', 'language', 'platform', 'accountStatus'] as const
export type Facet = (typeof facets)[number]

/**
 * What the address of the queue may say. The address of a review carries the same words: the list it was opened from,
 * to go back to and to take the next one of. `at` is the row under the cursor.
 */
export type QueueSearch = { tab?: QueueTab; sort?: ReviewSort; at?: string } & { [F in Facet]?: string }

/** Keeps what makes sense and drops the rest, so that an old or cut link still opens a list. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const read: QueueSearch = {}
  if (isTab(search.tab) && search.tab !== 'waiting') read.tab = search.tab
  const sort = ReviewSort.safeParse(search.sort)
  if (sort.success && sort.data !== 'priority') read.sort = sort.data
  if (typeof search.at === 'string') read.at = search.at
  for (const facet of facets) {
    const chosen = valuesOf(facet, search[facet])
    if (chosen.length > 0) read[facet] = chosen.join(',')
  }
  return read
}

export function chosenOf(search: QueueSearch, facet: Facet): string[] {
  return valuesOf(facet, search[facet])
}

/** The list without the place of the cursor in it: what a review's address carries. */
export function listOf({ at: _, ...list }: QueueSearch): QueueSearch {
  return list
}

type ListQuery = z.input<(typeof listReviews)['query']>
type FacetFilter = Pick<ListQuery, Facet>

/** The facets as the API takes them, also for “take the next”. */
export function facetFilterOf(search: QueueSearch): FacetFilter {
  const filter: Record<string, string[]> = {}
  for (const facet of facets) {
    const chosen = chosenOf(search, facet)
    if (chosen.length > 0) filter[facet] = chosen
  }
  return filter as FacetFilter
}

export function listQueryOf(search: QueueSearch): Omit<ListQuery, 'cursor' | 'limit'> {
  const { tab = 'waiting', sort = 'priority' } = search
  const byTab = tab === 'mine' ? { mine: 'true' as const } : tab === 'waiting' ? {} : { state: [tab] }
  return { ...facetFilterOf(search), ...byTab, sort }
}

function valuesOf(facet: Facet, raw: unknown): string[] {
  if (typeof raw !== 'string') return []
  const values = raw.split(',').filter((value) => value !== '')
  const known = facet === 'accountStatus' ? values.filter((value) => AccountStatus.safeParse(value).success) : values
  return [...new Set(known)].slice(0, 50)
}

function isTab(value: unknown): value is QueueTab {
  return queueTabs.some((tab) => tab === value)
}
