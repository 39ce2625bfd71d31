import { useDebouncedCallback } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePageTitle } from '#client/ui/page.tsx'
import { Delayed } from '#client/ui/waiting.tsx'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { ExportMenu } from './queue/ExportMenu.tsx'
import { ListDone } from './queue/ListDone.tsx'
import { QueueFilters } from './queue/QueueFilters.tsx'
import { QueueFoot } from './queue/QueueFoot.tsx'
import { NothingHere, NotLoaded } from './queue/QueueStates.tsx'
import { QueueSwitch } from './queue/QueueSwitch.tsx'
import { LoadingTable, QueueTable } from './queue/QueueTable.tsx'
import { QueueTabs } from './queue/QueueTabs.tsx'
import css from './queue/queue.module.css'
import { reviewsQuery } from './queue/queue.queries.ts'
import { SearchBox } from './queue/SearchBox.tsx'
import { SortMenu, useSetSort } from './queue/SortMenu.tsx'
import { listOf, type QueueSearch, readQueueSearch } from './queue.search.ts'

const route = getRouteApi('/shell/queue')

export function QueuePage() {
  const { t } = useTranslation('queue')
  usePageTitle(t('title'))
  // The router leaves in what `validateSearch` dropped.
  const search = readQueueSearch(route.useSearch())
  const navigate = useNavigate()
  const reviews = useInfiniteQuery(reviewsQuery(search))
  const setSort = useSetSort(search)
  const { cursorId, moveCursor } = useCursor(search)
  const [shown, setShown] = useState({ from: 0, to: -1 })
  const isDecided = search.tab === 'decided'
  const rows = reviews.data?.rows ?? []

  return (
    <div className={css.screen}>
      <h1 className="vh">{t('title')}</h1>
      <QueueSwitch search={search} />
      <SearchBox search={search} />
      <QueueTabs search={search} />
      <div className={css.tools}>
        <QueueFilters search={search} />
        <SortMenu search={search} />
        <ExportMenu search={search} />
      </div>
      {reviews.isPending ? (
        <Delayed>
          <LoadingTable isDecided={isDecided} />
        </Delayed>
      ) : reviews.isError && rows.length === 0 ? (
        <NotLoaded error={reviews.error} onRetry={() => reviews.refetch()} />
      ) : rows.length === 0 ? (
        <NothingHere search={search} />
      ) : (
        <QueueTable
          key={JSON.stringify(listOf(search))}
          rows={rows}
          count={reviews.data?.count ?? null}
          sort={search.sort ?? 'priority'}
          isDecided={isDecided}
          cursorId={cursorId}
          onCursor={moveCursor}
          onOpen={({ id }) => navigate({ to: '/reviews/$reviewId', params: { reviewId: id }, search: listOf(search) })}
          onSort={setSort}
          onEnd={() => {
            const canLoad = reviews.hasNextPage && !reviews.isFetchingNextPage && !reviews.isFetchNextPageError
            if (canLoad) reviews.fetchNextPage()
          }}
          onShown={(from, to) => setShown({ from, to })}
        />
      )}
      <QueueFoot reviews={reviews} shown={shown} />
      <ListDone />
    </div>
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
  return { cursorId, moveCursor }
}
