import { Menu } from '@mantine/core'
import { IconArrowsSort, IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ReviewSort } from '#shared/contract/reviews.ts'
import { listOf, type QueueSearch } from '../queue.search.ts'
import css from './queue.module.css'

export function SortMenu({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const setSort = useSetSort(search)
  const sort = search.sort ?? 'priority'
  return (
    <Menu position="bottom-end" width={160}>
      <Menu.Target>
        <button type="button" className={`${css.tool} push`} aria-label={t('sort.label', { name: t(`sort.${sort}`) })}>
          <IconArrowsSort size={13} aria-hidden />
          {t(`sort.${sort}`)}
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {ReviewSort.options.map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={each === sort}
            leftSection={<IconCheck size={13} style={{ opacity: each === sort ? 1 : 0 }} aria-hidden />}
            onClick={() => setSort(each)}
          >
            {t(`sort.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Changes the order, in the address. */
export function useSetSort(search: QueueSearch) {
  const navigate = useNavigate()
  return (sort: ReviewSort) => {
    const { sort: _, ...rest } = listOf(search)
    navigate({ to: '/queue', search: sort === 'priority' ? rest : { ...rest, sort }, replace: true })
  }
}
