import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { z } from 'zod'
import { isKnown, useLive } from '#client/api/live.ts'
import type { LiveChanges, LiveReview } from '#shared/contract/live.ts'
import type { listReviews, ReviewId, ReviewRow } from '#shared/contract/reviews.ts'
import { listOf, type QueueSearch } from '../queue.search.ts'
import type { Fate } from './list-context.ts'
import { mostIds, readAnywhere, readRows, readTop, reviewsQuery } from './queue.queries.ts'
import { comesBefore } from './row-order.ts'

type Pages = InfiniteData<z.output<(typeof listReviews)['reply']>, string>
type Fresh = {
  ids: ReadonlySet<string>
  /** There may be more than were named. */
  hasMore: boolean
}
type Known = {
  fates: ReadonlyMap<string, Fate>
  fresh: Fresh
  /** Rises as the list is loaded anew. */
  edition: number
}

/** Milliseconds that changes are gathered, and the least between two readings. */
const gatherMs = 400
const restMs = 1_000
/** A list that was read this long ago is taken as it is, in milliseconds. */
const justNowMs = 1_000
/** Least milliseconds between two looks at the top of the list, however often everything is in doubt. */
const doubtMs = 5_000
/** Reviews that may be new; beyond this many, the top of the list is looked at instead. */
const mostCandidates = 500
/** Rows above and below the view that are kept up to date with it. */
const around = 12

const untouched: Known = { fates: new Map(), fresh: { ids: new Set(), hasMore: false }, edition: 0 }

/**
 * Keeps a list true without moving it: rows that changed are read again when they are in view, those that do not belong
 * to it any more stay where they are, with what became of them, and new ones are only counted. `reload` puts all in order.
 */
export function useLiveList(search: QueueSearch, rows: readonly ReviewRow[], hasNextPage: boolean) {
  const queryClient = useQueryClient()
  const list = listOf(search)
  const listName = JSON.stringify(list)
  const { queryKey } = reviewsQuery(search)
  const [known, setKnown] = useState(untouched)
  const [isReloading, setReloading] = useState(false)
  const view = useRef({ from: 0, to: 40 })
  const dirty = useRef(new Set<string>())
  const candidates = useRef(new Map<string, boolean>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const readAt = useRef(0)
  const isReading = useRef(false)
  const doubtedAt = useRef(0)
  const doubtTimer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const shownList = useRef(listName)

  /** Reads what is in view and changed, and what may be new; one request at a time, not more than one a second. */
  const recheck = useEffectEvent(async () => {
    timer.current = undefined
    // Whoever is reading plans the next reading.
    if (isReading.current) return
    const { from, to } = view.current
    const inView = rows.slice(Math.max(0, from - around), to + around + 1).filter(({ id }) => dirty.current.has(id))
    const ids = [...inView.map(({ id }) => id), ...(candidates.current.keys() as Iterable<ReviewId>)].slice(0, mostIds)
    if (ids.length === 0) return
    // What changes from here on is asked for again.
    const opened = new Map(ids.map((id) => [id, candidates.current.get(id)]))
    for (const id of ids) {
      dirty.current.delete(id)
      candidates.current.delete(id)
    }
    isReading.current = true
    readAt.current = Date.now()
    try {
      const found = new Map((await readRows(search, ids)).map((row) => [row.id, row]))
      const lost = inView.filter(({ id }) => ids.includes(id) && !found.has(id)).map(({ id }) => id)
      const elsewhere = new Map(lost.length > 0 ? (await readAnywhere(lost)).map((row) => [row.id, row]) : [])
      if (shownList.current !== listName) return
      take(opened, found, new Map(lost.map((id) => [id, elsewhere.get(id) ?? null])))
      plan()
    } catch {
      // Asked for again with the next change.
      for (const [id, isOpened] of opened) {
        if (isOpened === undefined) dirty.current.add(id)
        else candidates.current.set(id, isOpened || candidates.current.get(id) === true)
      }
    } finally {
      isReading.current = false
    }
  })

  /** What is loaded now, also if pages came since the last drawing. */
  const loadedRows = () => queryClient.getQueryData<Pages>(queryKey)?.pages.flatMap(({ items }) => items) ?? []

  /** `opened` holds what was asked for; true for those that were just opened. */
  function take(
    opened: ReadonlyMap<string, boolean | undefined>,
    found: Map<ReviewId, ReviewRow>,
    lost: Map<ReviewId, Fate>,
  ) {
    const present = loadedRows()
    const loaded = new Set<string>(present.map(({ id }) => id))
    const last = present.at(-1)
    const isNew = (row: ReviewRow) =>
      opened.get(row.id) || !hasNextPage || !last || comesBefore(row, last, search.sort ?? 'priority')
    const fresh = [...found.values()].filter((row) => !loaded.has(row.id) && isNew(row)).map(({ id }) => id)
    setKnown(({ fates, fresh: before, edition }) => {
      const kept = [...before.ids].filter((id) => !opened.has(id))
      const still = [...fates].filter(([id]) => !found.has(id as ReviewId))
      return {
        fates: new Map<string, Fate>([...still, ...lost]),
        fresh: { ids: new Set([...kept, ...fresh]), hasMore: before.hasMore },
        edition,
      }
    })
    const now = [...found, ...[...lost].map(([id, row]) => [id, row ?? withheld] as const)]
    queryClient.setQueryData<Pages>(queryKey, (data) => data && withRows(data, new Map<string, Now>(now)))
  }

  function plan() {
    if (timer.current) return
    timer.current = setTimeout(() => void recheck(), Math.max(gatherMs, readAt.current + restMs - Date.now()))
  }

  /** The top of the list as it is now, in place of all that was loaded. */
  async function reload() {
    setReloading(true)
    try {
      const page = await readTop(search)
      queryClient.setQueryData<Pages>(queryKey, { pages: [page], pageParams: [''] })
      dirty.current.clear()
      candidates.current.clear()
      setKnown(({ edition }) => ({ ...untouched, edition: edition + 1 }))
    } finally {
      setReloading(false)
    }
  }

  /** Nothing is known for certain: rows in view are read again, and the top is looked at for new ones. */
  async function doubt() {
    for (const { id } of rows) dirty.current.add(id)
    plan()
    const rest = doubtedAt.current + doubtMs - Date.now()
    if (rest > 0) {
      doubtTimer.current ??= setTimeout(() => void doubtAgain(), rest)
      return
    }
    doubtedAt.current = Date.now()
    const page = await readTop(search).catch(() => null)
    if (!page || shownList.current !== listName) return
    const loaded = new Set<string>(loadedRows().map(({ id }) => id))
    const unknown = page.items.filter(({ id }) => !loaded.has(id)).map(({ id }) => id)
    if (unknown.length === 0) return
    const hasMore = unknown.length === page.items.length && page.nextCursor !== null
    setKnown((before) => ({
      ...before,
      fresh: { ids: new Set([...before.fresh.ids, ...unknown]), hasMore: before.fresh.hasMore || hasMore },
    }))
  }

  const doubtAgain = useEffectEvent(() => {
    doubtTimer.current = undefined
    return doubt()
  })

  /** On coming (back) to a list that was read before: a list at its top is loaded anew, one left further down is not moved. */
  const arrive = useEffectEvent(() => {
    dirty.current.clear()
    candidates.current.clear()
    setKnown((before) =>
      before.fates.size + before.fresh.ids.size > 0 ? { ...untouched, edition: before.edition } : before,
    )
    const state = queryClient.getQueryState<Pages>(queryKey)
    if (!state?.data || (!state.isInvalidated && Date.now() - state.dataUpdatedAt < justNowMs)) return
    const top = state.data.pages[0]?.items ?? []
    const isAtTop = !search.at || top.some(({ id }) => id === search.at) || state.data.pages.length === 1
    void (isAtTop ? reload().catch(() => {}) : doubt())
  })
  // Another list is another arrival.
  useEffect(() => {
    shownList.current = listName
    arrive()
    return () => {
      clearTimeout(timer.current)
      clearTimeout(doubtTimer.current)
      timer.current = undefined
      doubtTimer.current = undefined
    }
  }, [listName])

  const isEmptyNoMore = rows.length === 0 && known.fresh.ids.size > 0
  const fill = useEffectEvent(() => void reload().catch(() => {}))
  useEffect(() => {
    // Nothing is there that could move.
    if (isEmptyNoMore) fill()
  }, [isEmptyNoMore])

  useLive({
    onChanges: ({ reviews, gone, accounts }: LiveChanges) => {
      const loaded = new Map<string, ReviewRow>(rows.map((row) => [row.id, row]))
      for (const review of reviews) noteChange(review, loaded.get(review.id))
      for (const { id, accountId } of rows) if (accounts.includes(accountId)) dirty.current.add(id)
      const lost = gone.filter((id) => loaded.has(id))
      if (lost.length > 0) {
        setKnown((before) => ({
          ...before,
          fates: new Map([...before.fates, ...lost.map((id) => [id, null] as const)]),
        }))
        const now = new Map<string, Now>(lost.map((id) => [id, withheld]))
        queryClient.setQueryData<Pages>(queryKey, (data) => data && withRows(data, now))
      }
      if (candidates.current.size > mostCandidates) {
        candidates.current.clear()
        void doubt()
      } else if (dirty.current.size + candidates.current.size > 0) plan()
    },
    onReset: (reason) => {
      const state = queryClient.getQueryState(queryKey)
      // What is on its way is new enough, and so is a list that began together with the stream.
      if (!state?.data) return
      if (reason === 'start' && Date.now() - state.dataUpdatedAt < 5 * justNowMs) return
      void doubt()
    },
  })

  function noteChange(change: LiveReview, row: ReviewRow | undefined) {
    const { id, kinds } = change
    if (row && !isKnown(change, row)) dirty.current.add(id)
    if (row) return
    candidates.current.set(id, candidates.current.get(id) === true || kinds.includes('review.opened'))
  }

  function onShown(from: number, to: number) {
    view.current = { from, to }
    if (dirty.current.size > 0) plan()
  }
  return { ...known, isReloading, reload, onShown }
}

/** What is left of a row that went out of sight: its place. */
const withheld = {
  captionExcerpt: '',
  handle: '',
  displayName: null,
  claimedPlace: null,
  priorityTerms: [],
  media: { count: 0, kinds: [], first: null, firstState: null },
} satisfies Partial<ReviewRow>

type Now = ReviewRow | typeof withheld

function withRows(data: Pages, now: ReadonlyMap<string, Now>): Pages {
  const pages = data.pages.map((page) =>
    page.items.some(({ id }) => now.has(id))
      ? { ...page, items: page.items.map((row) => (now.has(row.id) ? { ...row, ...now.get(row.id) } : row)) }
      : page,
  )
  return { ...data, pages }
}
