import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { addressOf } from '#client/api/call.ts'
import { queuesQuery } from '#client/api/reference-data.ts'
import { exportRows } from '#shared/contract/exports.ts'
import { ReviewSort } from '#shared/contract/reviews.ts'
import { listQueryOf, type QueueSearch, withFilter } from '../queue.search.ts'
import { useWaitingCounts } from './QueueSwitch.tsx'
import { useSetSort } from './SortMenu.tsx'

/* What the menus of the list hold; the buttons they hang on are on the page before. */

type Props = { search: QueueSearch }

export function QueueChoice({ search }: Props) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const { data: queues } = useQuery(queuesQuery)
  const waiting = useWaitingCounts(search)
  const choose = (queue: string | undefined) => navigate({ to: '/queue', search: withFilter(search, 'queue', queue) })
  const figure = (isIn: (id: string) => boolean) => <span className="t3 num">{waiting(isIn)}</span>
  return (
    <>
      <Menu.Item onClick={() => choose(undefined)} rightSection={figure(() => true)}>
        {t('queue.all')}
      </Menu.Item>
      {queues?.items.map((queue) => (
        <Menu.Item key={queue.id} onClick={() => choose(queue.id)} rightSection={figure((id) => id === queue.id)}>
          {queue.name}
        </Menu.Item>
      ))}
    </>
  )
}

export function SortChoice({ search }: Props) {
  const { t } = useTranslation('queue')
  const setSort = useSetSort(search)
  return (
    <Menu.RadioGroup value={search.sort ?? 'priority'} onChange={(chosen) => setSort(ReviewSort.parse(chosen))}>
      {ReviewSort.options.map((each) => (
        <Menu.RadioItem key={each} value={each} closeMenuOnClick>
          {t(`sort.${each}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}

export function ExportChoice({ search }: Props) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const { sort: _, ...filter } = listQueryOf(search)
  return (
    <>
      <Menu.Label>{t('export.title')}</Menu.Label>
      {(['reviews', 'decisions'] as const).flatMap((kind) =>
        (['xlsx', 'csv'] as const).map((format) => (
          <Menu.Item
            key={`${kind} ${format}`}
            component="a"
            href={addressOf(exportRows, { params: { kind, format }, query: listQueryOf(search) })}
            download
            rightSection={<span className="xs t3 mono">{format.toUpperCase()}</span>}
          >
            {t(`export.${kind}`)}
          </Menu.Item>
        )),
      )}
      <Menu.Item onClick={() => void navigate({ to: '/exports', search: { kind: 'reviews', filter } })}>
        {t('export.more')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Label>{t('export.defused')}</Menu.Label>
    </>
  )
}
