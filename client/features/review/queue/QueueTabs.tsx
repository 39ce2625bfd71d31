import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { createLink, useNavigate } from '@tanstack/react-router'
import { type ComponentProps, Fragment, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import type { SavedView } from '#shared/contract/views.ts'
import { listOf, type QueueSearch, type QueueTab, queueTabs, searchOfView } from '../queue.search.ts'
import css from './queue.module.css'
import { countsQuery, viewCountsQuery } from './queue.queries.ts'
import { NewView, ViewTabMenu } from './ViewTools.tsx'
import type { View } from './view.ts'

/** Says itself which list is open: to the router every one of these addresses is the queue's. */
const Tab = createLink(({ isOpen, ...anchor }: ComponentProps<'a'> & { isOpen: boolean }) => (
  <a {...anchor} className={css.tab} aria-current={isOpen ? 'page' : undefined} />
))

type Props = { search: QueueSearch; views: readonly SavedView[]; view: View }

/** The lists of the queue and the saved views, each with how many there are. */
export function QueueTabs({ search, views, view }: Props) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const format = useFormat()
  // A view has filters of its own; the lists beside it then have none.
  const plain = search.view ? {} : search
  const countOf = useTabCounts(plain)
  const { data: counts } = useQuery({ ...viewCountsQuery, enabled: views.length > 0 })
  const opened = views.find(({ id }) => id === search.view)
  const current = opened ? null : (search.tab ?? 'waiting')
  const stops = [
    ...queueTabs.map((tab) => ({ isOpen: tab === current, to: tabSearch(search, tab) })),
    ...views.map((each) => ({ isOpen: each === opened, to: searchOfView(each) })),
  ]

  function step(by: 1 | -1) {
    const at = stops.findIndex(({ isOpen }) => isOpen)
    navigate({ to: '/queue', search: stops[(at + by + stops.length) % stops.length]!.to })
  }
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is open, which may be out of sight
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [search.tab, search.view, views.length])
  useKeys({ previousTab: () => step(-1), nextTab: () => step(1) })

  return (
    <nav className={css.tabs} aria-label={t('views')} ref={nav}>
      {queueTabs.map((tab) => (
        <Tab key={tab} to="/queue" search={tabSearch(search, tab)} isOpen={tab === current}>
          {t(`tab.${tab}`)} <span>{countOf(tab)}</span>
        </Tab>
      ))}
      {views.map((each) => {
        const count = counts?.get(each.id)
        return (
          <Fragment key={each.id}>
            <Tab to="/queue" search={searchOfView(each)} isOpen={each === opened} title={each.name}>
              {each.isShared ? <IconUsers size={13} aria-label={t('saved.shared')} /> : null}
              <bdi className={css.tabName}>{each.name}</bdi>{' '}
              <span>{count ? `${format.number(count.value)}${count.exact ? '' : '+'}` : ''}</span>
            </Tab>
            {each === opened ? <ViewTabMenu {...{ search, views, view }} opened={each} /> : null}
          </Fragment>
        )
      })}
      <NewView {...{ search, view }} />
    </nav>
  )
}

/** Another tab keeps the filters and the order, not the cursor; those of a saved view stay with it. */
export function tabSearch(search: QueueSearch, tab: QueueTab): QueueSearch {
  const { tab: _, view, ...rest } = listOf(search)
  const kept = view ? {} : rest
  return tab === 'waiting' ? kept : { ...kept, tab }
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
