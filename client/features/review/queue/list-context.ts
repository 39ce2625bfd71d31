import { createContext, useContext } from 'react'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import type { QueueSearch } from '../queue.search.ts'
import type { Hits } from './use-hits.ts'

/** What became of a row that the list holds no more: the review as it is now, or null when it is out of sight. */
export type Fate = ReviewRow | null

/** What the cells of a row need beside the row. */
export type Listed = {
  /** The list as a link to one of its rows carries it. */
  list: QueueSearch
  fates: ReadonlyMap<string, Fate>
  isCompact: boolean
  /** Where a text has what is searched for; null while nothing is. */
  hitsIn: Hits | null
}

export const ListContext = createContext<Listed>({ list: {}, fates: new Map(), isCompact: false, hitsIn: null })

export const useList = () => useContext(ListContext)
