import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { queuesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { TopBarSlot } from '#client/ui/page.tsx'
import { chosenOf, listOf, type QueueSearch } from '../queue.search.ts'
import css from './queue.module.css'
import { countsQuery } from './queue.queries.ts'

/** One queue or all of them, with how many wait in each. */
export function QueueSwitch({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const format = useFormat()
  const navigate = useNavigate()
  const { data: queues } = useQuery(queuesQuery)
  const { queue: _, ...withoutQueue } = listOf(search)
  const { data: counts } = useQuery(countsQuery(withoutQueue))
  const chosen = chosenOf(search, 'queue')
  const isIn = (id: string) => chosen.length === 0 || chosen.includes(id)
  const names = queues?.items.filter(({ id }) => chosen.includes(id)).map(({ name }) => name) ?? []
  const name = names.length > 0 ? names.join(', ') : t('queue.all')
  const waiting = (ids: (id: string) => boolean) => {
    const counted = counts?.byQueue.filter(({ queueId }) => ids(queueId)) ?? []
    const sum = counted.reduce((total, { value }) => total + value, 0)
    return counts ? `${format.number(sum)}${counted.every(({ exact }) => exact) ? '' : '+'}` : ''
  }
  const choose = (queue: string | null) =>
    navigate({ to: '/queue', search: queue ? { ...withoutQueue, queue } : withoutQueue })

  return (
    <TopBarSlot at="start">
      <Menu position="bottom-start" width={250}>
        <Menu.Target>
          <button type="button" className={css.switch}>
            <span className="vh">{t('facet.queue')}: </span>
            {name} <span className={`t3 num ${css.count}`}>{waiting(isIn)}</span>
            <IconChevronDown size={13} className="t3" aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => choose(null)} rightSection={<span className="t3 num">{waiting(() => true)}</span>}>
            {t('queue.all')}
          </Menu.Item>
          {queues?.items.map((queue) => (
            <Menu.Item
              key={queue.id}
              onClick={() => choose(queue.id)}
              rightSection={<span className="t3 num">{waiting((id) => id === queue.id)}</span>}
            >
              {queue.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </TopBarSlot>
  )
}
