import { IconScale } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { usePlatformChoices, usePolicyChoices, useQueueChoices } from '#client/api/choices.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink, Drill } from '#client/ui/links.tsx'
import type { ListFilter } from '#client/ui/list/ListFilters.tsx'
import { ListScreen } from '#client/ui/list/ListScreen.tsx'
import { ListTab, ListTabs } from '#client/ui/list/ListTabs.tsx'
import { valuesIn, withValues } from '#client/ui/list/list-search.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { Ago } from '#client/ui/time.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { AppealOutcome, Appellant } from '#shared/domain/appeals.ts'
import { useAppealColumns } from './appeals.columns.tsx'
import css from './appeals.module.css'
import { appealCountsQuery, appealsQuery, usualSort } from './appeals.queries.ts'
import { type AppealsSearch, readAppealsSearch } from './appeals.search.ts'

const tabs = ['waiting', 'mine', 'decided'] as const
type Tab = (typeof tabs)[number] | 'all'

/** What was appealed: what waits, what is mine, what was decided. A row opens the appeal. */
export function AppealsPage() {
  const { t } = useTranslation('appeals')
  const { t: words } = useTranslation('list')
  const { t: shell } = useTranslation('shell')
  usePageTitle(t('title'))
  const search = readAppealsSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const list = useInfiniteQuery(appealsQuery(search))
  const columns = useAppealColumns()
  const go = (next: AppealsSearch) => void navigate({ to: '/appeals', search: next, replace: true })
  const filters = useFilters(search, go)
  const tab = (search.tab ?? 'waiting') as Tab
  const usual = usualSort(tab)
  const sort = search.sort ?? usual
  const isFiltered = Object.keys(search).some((name) => name !== 'tab' && name !== 'sort')
  const searchOf = (to: string) => (to === 'waiting' ? {} : { tab: to })
  const move = (by: number) => {
    const at = tabs.indexOf(tab as (typeof tabs)[number])
    go(searchOf(tabs[(at + by + tabs.length) % tabs.length]!))
  }
  useKeys({ previousTab: () => move(-1), nextTab: () => move(1) })
  const mayFile = useMay('appeal.file')

  return (
    <ListScreen
      title={t('title')}
      tabs={
        <ListTabs label={t('title')}>
          {tabs.map((each) => (
            <ListTab key={each} to="/appeals" search={searchOf(each)} isOn={tab === each}>
              {t(`tab.${each}`)}
            </ListTab>
          ))}
          <Waiting />
        </ListTabs>
      }
      side={
        <>
          <ButtonLink to="/templates" className="hideS">
            {shell('nav.templates')}
          </ButtonLink>
          {mayFile ? <ButtonLink to="/appeals/new">{t('file')}</ButtonLink> : null}
        </>
      }
      filters={filters}
      sort={{
        value: sort,
        choices: (['due', 'oldest', 'newest'] as const).map((value) => ({ value, label: t(`sort.${value}`) })),
        onChange: (value) => go(withValues(search, { sort: value === usual ? undefined : value })),
      }}
      columns={columns}
      rowId={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/appeals/$appealId', params: { appealId: id } })}
      list={list}
      listKey={JSON.stringify(search)}
      countOf={(count, value) => t('count', { count, value })}
      empty={{
        icon: IconScale,
        title: t(isFiltered ? 'empty.filtered' : `empty.${tab}`),
        text: t(isFiltered ? 'empty.filteredText' : `empty.${tab}Text`),
        action: isFiltered ? (
          <ButtonLink to="/appeals" search={searchOf(tab)}>
            {words('clear')}
          </ButtonLink>
        ) : null,
      }}
      failed={{ title: t('failed'), ...errorFacts(list.error) }}
    />
  )
}

/** How many wait, how many of them too long, and since when the oldest does. */
function Waiting() {
  const { t } = useTranslation('appeals')
  const format = useFormat()
  const { data } = useQuery(appealCountsQuery)
  if (!data || data.waiting === 0) return null
  return (
    <span className={`${css.waiting} sm t2 push hideS`}>
      <span>
        {t('head.waiting')} <b className="num">{format.number(data.waiting)}</b>
      </span>
      <span className={data.overdue > 0 ? 'bad' : undefined}>
        {t('head.overdue')}{' '}
        {data.overdue > 0 ? (
          <Drill to="/appeals" search={{ overdue: 'yes' }} className="num">
            {format.number(data.overdue)}
          </Drill>
        ) : (
          <b className="num">0</b>
        )}
      </span>
      {data.oldestFiledAt ? (
        <span>
          {t('head.oldest')} <Ago at={data.oldestFiledAt} as="age" />
        </span>
      ) : null}
    </span>
  )
}

function useFilters(search: AppealsSearch, go: (next: AppealsSearch) => void): ListFilter[] {
  const { t } = useTranslation('appeals')
  const { t: words } = useTranslation('list')
  const { t: ui } = useTranslation('ui')
  const policies = usePolicyChoices('clause')
  const queues = useQueueChoices()
  const platforms = usePlatformChoices()
  type Values = 'clause' | 'appellant' | 'outcome' | 'queue' | 'platform'
  const values = (name: Values, choices: { value: string; label: string }[]): ListFilter => ({
    kind: 'values',
    name,
    label: t(`filter.${name}`),
    choices,
    chosen: valuesIn(search[name]),
    onChange: (chosen) => go(withValues(search, { [name]: chosen.join(',') })),
  })
  const given = (name: 'account' | 'decision', label: string): ListFilter => ({
    kind: 'given',
    name,
    label,
    value: search[name]?.slice(-8),
    onChange: () => go(withValues(search, { [name]: undefined })),
  })
  return [
    values('clause', policies),
    values(
      'appellant',
      Appellant.options.map((value) => ({ value, label: t(`appellant.${value}`) })),
    ),
    ...(search.tab
      ? [
          values(
            'outcome',
            AppealOutcome.options.map((value) => ({ value, label: ui(`appeal.${value}`) })),
          ),
        ]
      : []),
    values('queue', queues),
    values('platform', platforms),
    {
      kind: 'one',
      name: 'overdue',
      label: t('filter.overdue'),
      choices: (['yes', 'no'] as const).map((value) => ({ value, label: words(value) })),
      chosen: search.overdue,
      onChange: (overdue) => go(withValues(search, { overdue })),
    },
    {
      kind: 'time',
      name: 'when',
      label: t('filter.when'),
      ...(search.from && { from: search.from }),
      ...(search.to && { to: search.to }),
      onChange: ({ from, to }) => go(withValues(search, { from, to })),
    },
    given('account', ui('filter.account')),
    given('decision', t('filter.decision')),
  ]
}
