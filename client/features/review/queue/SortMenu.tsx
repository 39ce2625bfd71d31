import { IconArrowsSort, IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { useMenu } from '#client/ui/hanging.tsx'
import type { ReviewSort } from '#shared/contract/reviews.ts'
import { listOf, type QueueSearch } from '../queue.search.ts'
import css from './queue.module.css'

const load = () => import('./menus.tsx')
const SortChoice = lazy(async () => ({ default: (await load()).SortChoice }))

export function SortMenu({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const { target, hang } = useMenu({ position: 'bottom-end', width: 160, warm: load })
  const sort = search.sort ?? 'priority'
  return (
    <>
      <button type="button" className={css.tool} aria-label={t('sort.label', { name: t(`sort.${sort}`) })} {...target}>
        <IconArrowsSort size={13} aria-hidden />
        {t(`sort.${sort}`)}
        <IconChevronDown size={12} aria-hidden />
      </button>
      {hang(<SortChoice search={search} />)}
    </>
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
