import { useQuery } from '@tanstack/react-query'
import { createLink, useNavigate } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import { listOf, type QueueSearch, type QueueTab, queueTabs } from '../queue.search.ts'
import css from './queue.module.css'
import { countsQuery } from './queue.queries.ts'

/** Says itself which list is open: to the router every one of these addresses is the queue's. */
const Tab = createLink(({ isOpen, ...anchor }: ComponentProps<'a'> & { isOpen: boolean }) => (
  <a {...anchor} className={css.tab} aria-current={isOpen ? 'page' : undefined} />
))

/** The lists of the queue, each with how many wait in it under the filters in force. */
export function QueueTabs({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const countOf = useTabCounts(search)
  const current = search.tab ?? 'waiting'

  function step(by: 1 | -1) {
    const next = queueTabs[(queueTabs.indexOf(current) + by + queueTabs.length) % queueTabs.length]!
    navigate({ to: '/queue', search: tabSearch(search, next) })
  }
  useKeys({ previousTab: () => step(-1), nextTab: () => step(1) })

  return (
    <nav className={css.tabs} aria-label={t('views')}>
      {queueTabs.map((tab) => (
        <Tab key={tab} to="/queue" search={tabSearch(search, tab)} isOpen={tab === current}>
          {t(`tab.${tab}`)} <span>{countOf(tab)}</span>
        </Tab>
      ))}
    </nav>
  )
}

/** Another tab keeps the filters and the order, not the cursor. */
export function tabSearch(search: QueueSearch, tab: QueueTab): QueueSearch {
  const { tab: _, ...rest } = listOf(search)
  return tab === 'waiting' ? rest : { ...rest, tab }
}

export type Count = { value: number; exact: boolean }

/** How many a tab holds under the filters; null until it is known. */
export function useTabCount(search: QueueSearch) {
  const { data } = useQuery(countsQuery(search))
  return (tab: QueueTab): Count | null => {
    if (!data) return null
    if (tab === 'mine') return { value: data.mine, exact: true }
    if (tab === 'for_me') return { value: data.forMe ?? 0, exact: true }
    const { byState } = data
    const states = tab === 'waiting' ? (['open', 'on_hold', 'escalated', 'confirming'] as const) : ([tab] as const)
    const value = states.reduce((sum, state) => sum + byState[state].value, 0)
    return { value, exact: states.every((state) => byState[state].exact) }
  }
}

/** The same in words: `214`, `10,000+` when nobody counted further, empty until it is known. */
export function useTabCounts(search: QueueSearch) {
  const format = useFormat()
  const countOf = useTabCount(search)
  return (tab: QueueTab): string => {
    const count = countOf(tab)
    return count ? `${format.number(count.value)}${count.exact ? '' : '+'}` : ''
  }
}
