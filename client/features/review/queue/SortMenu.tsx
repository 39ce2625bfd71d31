import { Menu } from '@mantine/core'
import { IconArrowsSort, IconChevronDown } from '@tabler/icons-react'
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
        <Menu.RadioGroup value={sort} onChange={(chosen) => setSort(ReviewSort.parse(chosen))}>
          {ReviewSort.options.map((each) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick>
              {t(`sort.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
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
