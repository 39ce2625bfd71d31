import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useLayoutEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { loadWords } from '#client/i18n/i18n.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { Delayed } from '#client/ui/waiting.tsx'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { SavedView } from '#shared/contract/views.ts'
import type { BulkState } from './bulk/BulkParts.tsx'
import { ExportMenu } from './queue/ExportMenu.tsx'
import { NewOnes, OfflineNote } from './queue/LiveNotes.tsx'
import { ListContext, type Listed } from './queue/list-context.ts'
import { useLiveCounts } from './queue/live-counts.ts'
import { useLiveList } from './queue/live-list.ts'
import { QueueFilters } from './queue/QueueFilters.tsx'
import { QueueFoot } from './queue/QueueFoot.tsx'
import { NothingHere, NotLoaded } from './queue/QueueStates.tsx'
import { QueueSwitch } from './queue/QueueSwitch.tsx'
import { QueueTable } from './queue/QueueTable.tsx'
import { QueueTabs } from './queue/QueueTabs.tsx'
import css from './queue/queue.module.css'
import { reviewsQuery, viewsQuery } from './queue/queue.queries.ts'
import { SearchBox } from './queue/SearchBox.tsx'
import { SortMenu, useSetSort } from './queue/SortMenu.tsx'
import { selectIn, useSelection } from './queue/selection.ts'
import { LoadingTable } from './queue/TableHead.tsx'
import { TakeTen } from './queue/TakeTen.tsx'
import { useHits } from './queue/use-hits.ts'
import { PeekButton, ViewMenu } from './queue/ViewMenu.tsx'
import { useShownView } from './queue/view.ts'
import { listOf, type QueueSearch, readQueueSearch } from './queue.search.ts'

const Peek = lazy(async () => ({ default: (await import('./queue/Peek.tsx')).Peek }))

const loadBulk = async () => (await Promise.all([import('./bulk/BulkParts.tsx'), loadWords('bulk', 'turns')]))[0]
const BulkFloat = lazy(async () => ({ default: (await loadBulk()).BulkFloat }))
const BulkSide = lazy(async () => ({ default: (await loadBulk()).BulkSide }))

/** The same every time, since rows are drawn again for another. */
const none: readonly SavedView[] = []

const route = getRouteApi('/shell/queue')

export function QueuePage() {
  const { t } = useTranslation('queue')
  usePageTitle(t('title'))
  // The router leaves in what `validateSearch` dropped.
  const search = readQueueSearch(route.useSearch())
  const navigate = useNavigate()
  const reviews = useInfiniteQuery(reviewsQuery(search))
  const rows = reviews.data?.rows ?? []
  const live = useLiveList(search, rows, reviews.hasNextPage)
  useLiveCounts()
  const { data: views = none } = useQuery(viewsQuery)
  const [view, setView] = useShownView(views.find(({ id }) => id === search.view))
  const setSort = useSetSort(search)
  const { cursorId, moveCursor, dropCursor } = useCursor(search)
  const [shown, setShown] = useState({ from: 0, to: -1 })
  const isDecided = search.tab === 'decided'
  const hasTicks = useMay('review.bulk') && !isDecided
  const isTicking = useSelection(({ ticked, all }) => all !== null || ticked.size > 0) && hasTicks
  const [bulk, setBulk] = useState<BulkState>({ kind: null, done: null })
  const hasRoom = useMediaQuery('(min-width: 1024px)', false, { getInitialValueInEffect: false })
  const peeked = hasRoom && view.isPeeking ? (rows.find(({ id }) => id === cursorId) ?? rows[0]) : undefined
  const context = useListContext(search, live.fates, view.density === 'compact')
  const open = (reviewId: ReviewId) =>
    navigate({ to: '/reviews/$reviewId', params: { reviewId }, search: listOf(search) })
  const listName = JSON.stringify(context.list)
  useLayoutEffect(() => selectIn(listName), [listName])
  const parts = { search, rows, count: reviews.data?.count ?? null, state: bulk, onChange: setBulk }
  const peek = () => setView({ isPeeking: !view.isPeeking })

  return (
    <ListContext value={context}>
      <div className={css.screen}>
        <div className={css.main}>
          <h1 className="vh">{t('title')}</h1>
          <QueueSwitch search={search} />
          <SearchBox search={search} />
          <QueueTabs {...{ search, views, view }} />
          <div className={css.tools}>
            <QueueFilters search={search} />
            <TakeTen search={search} />
            <SortMenu search={search} />
            <ViewMenu view={view} onChange={setView} />
            <ExportMenu search={search} />
            <PeekButton isPeeking={view.isPeeking} onChange={peek} />
          </div>
          <div className={css.body}>
            {reviews.isPending ? (
              <Delayed>
                <LoadingTable {...{ view, isDecided, hasTicks }} />
              </Delayed>
            ) : reviews.isError && rows.length === 0 ? (
              <NotLoaded error={reviews.error} onRetry={() => reviews.refetch()} />
            ) : rows.length === 0 ? (
              <NothingHere search={search} />
            ) : (
              <QueueTable
                key={`${live.edition} ${listName}`}
                rows={rows}
                count={reviews.data?.count ?? null}
                view={view}
                sort={search.sort ?? 'priority'}
                isDecided={isDecided}
                hasTicks={hasTicks}
                cursorId={cursorId}
                onCursor={moveCursor}
                onOpen={({ id }) => open(id)}
                onPeek={peek}
                onSort={setSort}
                onEnd={() => {
                  const canLoad = reviews.hasNextPage && !reviews.isFetchingNextPage && !reviews.isFetchNextPageError
                  if (canLoad) reviews.fetchNextPage()
                }}
                onShown={(from, to) => {
                  setShown({ from, to })
                  live.onShown(from, to)
                }}
              />
            )}
            <NewOnes
              count={live.fresh.ids.size}
              hasMore={live.fresh.hasMore}
              isLoading={live.isReloading}
              onLoad={() => {
                dropCursor()
                void live.reload().catch(() => {})
              }}
            />
            <OfflineNote />
            {isTicking || bulk.done ? (
              <Suspense fallback={null}>
                <BulkFloat {...parts} />
              </Suspense>
            ) : null}
          </div>
          <QueueFoot search={search} reviews={reviews} shown={shown} />
        </div>
        {isTicking && bulk.kind ? (
          <Suspense fallback={<div className={css.peekPlace} />}>
            <BulkSide {...parts} />
          </Suspense>
        ) : peeked ? (
          <Suspense fallback={<div className={css.peekPlace} />}>
            <Peek row={peeked} onOpen={() => open(peeked.id)} onClose={peek} />
          </Suspense>
        ) : null}
      </div>
    </ListContext>
  )
}

/** The same as long as nothing in it changes, as every row reads it. */
function useListContext(search: QueueSearch, fates: Listed['fates'], isCompact: boolean): Listed {
  const name = JSON.stringify(listOf(search))
  const hitsIn = useHits(search.q)
  return useMemo(
    () => ({ list: JSON.parse(name) as QueueSearch, fates, isCompact, hitsIn }),
    [name, fates, isCompact, hitsIn],
  )
}

/** Milliseconds the cursor must rest before its place is written to the address. */
const restMs = 250

/** The row under the cursor: at once on screen, a moment later in the address, so that the way back finds it. */
function useCursor(search: QueueSearch) {
  const router = useRouter()
  const [cursorId, setCursorId] = useState(search.at)
  const write = useDebouncedCallback(
    (at: string) => {
      // Somebody who opened the row meanwhile is on the way elsewhere, and must not be called back.
      if (router.latestLocation.pathname !== '/queue') return
      router.navigate({ to: '/queue', search: { ...listOf(search), at }, replace: true })
    },
    { delay: restMs, flushOnUnmount: false },
  )
  function moveCursor(id: ReviewId) {
    setCursorId(id)
    write(id)
  }
  /** Back to the top, where the new ones are. */
  function dropCursor() {
    write.cancel()
    setCursorId(undefined)
  }
  return { cursorId, moveCursor, dropCursor }
}
