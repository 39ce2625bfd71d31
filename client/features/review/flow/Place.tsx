import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { useCard } from '#client/ui/hanging.tsx'
import type { QueueSearch } from '../queue.search.ts'
import { waitingQuery } from '../review.queries.ts'
import { useAhead } from './ahead.ts'
import css from './flow.module.css'
import { ProgressCard } from './ProgressCard.tsx'

/** “5 of 214”: which of those that waited in this list when the desk was opened, or which of the ten. */
export function usePlace(list: QueueSearch): string | null {
  const { t } = useTranslation('flow')
  const format = useFormat()
  const nth = useAhead((ahead) => ahead.nth)
  const ten = useAhead((ahead) => ahead.ten)
  const { data } = useQuery({ ...waitingQuery(list), staleTime: Number.POSITIVE_INFINITY })
  if (ten) {
    const n = ten.done + 1
    return ten.of === 10 ? t('place.ten', { n }) : t('place.tenOf', { n, of: ten.of })
  }
  const open = data?.byState.open
  if (!open) return null
  return t(open.exact ? 'place.of' : 'place.ofMore', { n: nth, of: format.number(Math.max(nth, open.value)) })
}

/** Where one is, and on hover or focus what was done so far. */
export const Place = memo(function Place({ list }: { list: QueueSearch }) {
  const { t } = useTranslation('flow')
  const place = usePlace(list)
  const { over, card } = useCard(() => <ProgressCard />, { width: 220, position: 'bottom-start' })
  if (!place) return null
  return (
    <>
      <button type="button" className={`${css.place} sm t2 num`} aria-label={t('place.label', { place })} {...over}>
        <bdi>{place}</bdi>
      </button>
      {card}
    </>
  )
})
