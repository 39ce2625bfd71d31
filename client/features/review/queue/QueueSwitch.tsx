import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { queuesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { useMenu } from '#client/ui/hanging.tsx'
import { TopBarSlot } from '#client/ui/page.tsx'
import { valuesIn } from '../filters.ts'
import { type QueueSearch, withFilter } from '../queue.search.ts'
import css from './queue.module.css'
import { countsQuery } from './queue.queries.ts'

const load = () => import('./menus.tsx')
const QueueChoice = lazy(async () => ({ default: (await load()).QueueChoice }))

/** One queue or all of them, with how many wait in each. */
export function QueueSwitch({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const { data: queues } = useQuery(queuesQuery)
  const waiting = useWaitingCounts(search)
  const { target, hang } = useMenu({ position: 'bottom-start', width: 250, warm: load })
  const chosen = valuesIn('queue', search.queue)
  const isIn = (id: string) => chosen.length === 0 || chosen.includes(id)
  const names = queues?.items.filter(({ id }) => chosen.includes(id)).map(({ name }) => name) ?? []

  return (
    <TopBarSlot at="start">
      <button type="button" className={css.switch} {...target}>
        <span className="vh">{t('facet.queue')}: </span>
        {names.length > 0 ? names.join(', ') : t('queue.all')}{' '}
        <span className={`t3 num ${css.count}`}>{waiting(isIn)}</span>
        <IconChevronDown size={13} className="t3" aria-hidden />
      </button>
      {hang(<QueueChoice search={search} />)}
    </TopBarSlot>
  )
}

/** How many wait in some of the queues under the other filters, in words. */
export function useWaitingCounts(search: QueueSearch) {
  const format = useFormat()
  const { data: counts } = useQuery(countsQuery(withFilter(search, 'queue', undefined)))
  return (isIn: (queueId: string) => boolean): string => {
    if (!counts) return ''
    const counted = counts.byQueue.filter(({ queueId }) => isIn(queueId))
    const sum = counted.reduce((total, { value }) => total + value, 0)
    return `${format.number(sum)}${counted.every(({ exact }) => exact) ? '' : '+'}`
  }
}
