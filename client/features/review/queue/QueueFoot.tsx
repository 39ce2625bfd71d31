import { type UseInfiniteQueryResult, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import type { QueueSearch } from '../queue.search.ts'
import { type Count, useTabCount } from './QueueTabs.tsx'
import css from './queue.module.css'
import { countsQuery } from './queue.queries.ts'

type Props = {
  search: QueueSearch
  reviews: UseInfiniteQueryResult<{ rows: unknown[]; count: Count | null }>
  shown: { from: number; to: number }
}

/** How many there are, which of them are in view, and how fresh that is. */
export function QueueFoot({ search, reviews, shown }: Props) {
  const { t } = useTranslation('queue')
  const format = useFormat()
  const { data, dataUpdatedAt } = reviews
  const count = useCountNow(search, data?.count ?? null, dataUpdatedAt)
  const value = count ? `${format.number(count.value)}${count.exact ? '' : '+'}` : ''
  return (
    <footer className={css.foot}>
      {count ? <span>{t('foot.count', { count: count.value, value })}</span> : null}
      {data && data.rows.length > 0 && shown.to >= 0 ? (
        <span>{t('foot.shown', { from: format.number(shown.from + 1), to: format.number(shown.to + 1) })}</span>
      ) : null}
      {reviews.isFetchNextPageError ? (
        <span className="bad">
          {t('foot.moreFailed')}{' '}
          <button type="button" className={css.retry} onClick={() => reviews.fetchNextPage()}>
            {t('error.retry', { ns: 'ui' })}
          </button>
        </span>
      ) : null}
      <span className="push">
        {reviews.isFetchingNextPage
          ? t('foot.more')
          : reviews.isFetching
            ? t('foot.loading')
            : dataUpdatedAt > 0
              ? t('foot.updated', { time: format.date(new Date(dataUpdatedAt), 'seconds') })
              : null}
      </span>
    </footer>
  )
}

/** Lists are counted as they are loaded, tabs whenever something happens: the later count holds. Tabs know of no state. */
function useCountNow(search: QueueSearch, loaded: Count | null, loadedAt: number): Count | null {
  const { dataUpdatedAt: countedAt } = useQuery(countsQuery(search))
  const counted = useTabCount(search)(search.tab ?? 'waiting')
  return counted && !search.state && countedAt > loadedAt + 1_000 ? counted : loaded
}
