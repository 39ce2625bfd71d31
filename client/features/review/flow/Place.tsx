import { type QueryClient, useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { useFormat } from '#client/ui/format.ts'
import { useCard } from '#client/ui/hanging.tsx'
import type { countReviews } from '#shared/contract/reviews.ts'
import type { QueueSearch } from '../queue.search.ts'
import { waitingQuery } from '../review.queries.ts'
import { type Ahead, useAhead } from './ahead.ts'
import css from './flow.module.css'
import { ProgressCard } from './ProgressCard.tsx'

type Counts = z.output<typeof countReviews.reply>

/** Which of those that waited in this list when the desk was opened, or which of the ten. */
const placeOf = ({ nth, ten }: Ahead, open: { value: number } | undefined) =>
  ten ? { n: ten.done + 1, of: Math.max(ten.of, ten.done + 1) } : open && { n: nth, of: Math.max(nth, open.value) }

/** What may come next: all that is open, or what of it is offered to me. */
const offeredIn = (data: Counts | undefined) => data?.offered ?? data?.byState.open

/** The place at this moment, to be said aloud; null while nobody has counted. */
export function readPlace(queryClient: QueryClient, list: QueueSearch) {
  return placeOf(useAhead.getState(), offeredIn(queryClient.getQueryData(waitingQuery(list).queryKey))) ?? null
}

function usePlace(list: QueueSearch): string | null {
  const { t } = useTranslation('flow')
  const format = useFormat()
  const ahead = useAhead()
  const { data } = useQuery({ ...waitingQuery(list), staleTime: Number.POSITIVE_INFINITY })
  const open = offeredIn(data)
  const place = placeOf(ahead, open)
  if (!place) return null
  if (ahead.ten) return ahead.ten.of === 10 ? t('place.ten', place) : t('place.tenOf', place)
  return t(open?.exact ? 'place.of' : 'place.ofMore', { n: place.n, of: format.number(place.of) })
}

/** Where one is, and on hover or focus what was done so far. */
export const Place = memo(function Place({ list }: { list: QueueSearch }) {
  const { t } = useTranslation('flow')
  const place = usePlace(list)
  const { over, card } = useCard(() => <ProgressCard />, { width: 220, position: 'bottom-start' })
  if (!place) return null
  return (
    <>
      <button
        type="button"
        className={`${css.place} sm t2 num hideS`}
        aria-label={t('place.label', { place })}
        {...over}
      >
        <bdi>{place}</bdi>
      </button>
      {card}
    </>
  )
})
