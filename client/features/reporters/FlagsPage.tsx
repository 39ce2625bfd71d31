import { IconFlag } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { usePolicyChoices } from '#client/api/choices.ts'
import { useMay } from '#client/api/session.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import type { ListFilter } from '#client/ui/list/ListFilters.tsx'
import { type ListQuery, ListScreen } from '#client/ui/list/ListScreen.tsx'
import { valuesIn, withValues } from '#client/ui/list/list-search.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import type { ListedFlag } from '#shared/contract/reporters.ts'
import { FlagEffect, SourceKind } from '#shared/domain/words.ts'
import { FlagTabs } from './FlagTabs.tsx'
import { useFlagColumns } from './flags.columns.tsx'
import { flagsQuery } from './reporters.queries.ts'
import { type FlagsSearch, readFlagsSearch } from './reporters.search.ts'

/** Everything that anybody ever stated of a post or an account. A row opens its review. */
export function FlagsPage() {
  const { t } = useTranslation('reporters')
  const { t: words } = useTranslation('list')
  usePageTitle(t('flags.title'))
  const search = readFlagsSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const list = useInfiniteQuery(flagsQuery(search))
  const columns = useFlagColumns()
  const go = (next: FlagsSearch) => void navigate({ to: '/flags', search: next, replace: true })
  const filters = useFilters(search, list.data?.sourceNames ?? [], go)
  const isFiltered = Object.keys(search).some((name) => name !== 'sort')
  function open({ review, account }: ListedFlag) {
    if (review) void navigate({ to: '/reviews/$reviewId', params: { reviewId: review.id } })
    else void navigate({ to: '/accounts/$accountId', params: { accountId: account.id } })
  }
  return (
    <ListScreen
      title={t('flags.title')}
      tabs={<FlagTabs on="flags" />}
      filters={filters}
      sort={{
        value: search.sort ?? 'newest',
        choices: (['newest', 'oldest'] as const).map((value) => ({ value, label: words(`sort.${value}`) })),
        onChange: (value) => go(withValues(search, { sort: value === 'newest' ? undefined : value })),
      }}
      columns={columns}
      rowId={({ id }) => id}
      onOpen={open}
      list={list as ListQuery<ListedFlag>}
      listKey={JSON.stringify(search)}
      countOf={(count, value) => t('flags.count', { count, value })}
      empty={{
        icon: IconFlag,
        title: t(isFiltered ? 'flags.filtered' : 'flags.empty'),
        text: t(isFiltered ? 'flags.filteredText' : 'flags.emptyText'),
        action: isFiltered ? <ButtonLink to="/flags">{words('clear')}</ButtonLink> : null,
      }}
      failed={{ title: t('flags.failed'), ...errorFacts(list.error) }}
    />
  )
}

function useFilters(search: FlagsSearch, names: string[], go: (next: FlagsSearch) => void): ListFilter[] {
  const { t } = useTranslation('reporters')
  const { t: words } = useTranslation('list')
  const { t: ui } = useTranslation('ui')
  const clauses = usePolicyChoices('clause')
  const mayKnow = useMay('reporter.read')
  type Values = 'source' | 'sourceName' | 'policy' | 'effect'
  const values = (name: Values, choices: { value: string; label: string }[]): ListFilter => ({
    kind: 'values',
    name,
    label: t(`filter.${name}`),
    choices,
    chosen: valuesIn(search[name]),
    onChange: (chosen) => go(withValues(search, { [name]: chosen.join(',') })),
  })
  return [
    values(
      'source',
      SourceKind.options.map((value) => ({ value, label: ui(`source.${value}`) })),
    ),
    values(
      'sourceName',
      names.map((value) => ({ value, label: value })),
    ),
    values('policy', [...clauses, { value: 'unsorted', label: t('unsorted') }]),
    values(
      'effect',
      FlagEffect.options.map((value) => ({ value, label: t(`effect.${value}`) })),
    ),
    {
      kind: 'one',
      name: 'setAside',
      label: t('filter.setAside'),
      choices: (['yes', 'no'] as const).map((value) => ({ value, label: words(value) })),
      chosen: search.setAside,
      onChange: (setAside) => go(withValues(search, { setAside })),
    },
    {
      kind: 'time',
      name: 'when',
      label: t('filter.when'),
      ...(search.from && { from: search.from }),
      ...(search.to && { to: search.to }),
      onChange: ({ from, to }) => go(withValues(search, { from, to })),
    },
    ...(mayKnow
      ? [
          {
            kind: 'given' as const,
            name: 'reporter',
            label: t('filter.reporter'),
            value: search.reporter?.slice(-8),
            onChange: () => go(withValues(search, { reporter: undefined })),
          },
        ]
      : []),
    {
      kind: 'given',
      name: 'account',
      label: ui('filter.account'),
      value: search.account?.slice(-8),
      onChange: () => go(withValues(search, { account: undefined })),
    },
  ]
}
