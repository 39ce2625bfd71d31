import { IconUserSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { usePlatformChoices } from '#client/api/choices.ts'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { Lines } from '#client/ui/list/Lines.tsx'
import type { ListFilter } from '#client/ui/list/ListFilters.tsx'
import { ListScreen } from '#client/ui/list/ListScreen.tsx'
import type { ListColumn } from '#client/ui/list/ListTable.tsx'
import { valuesIn, withValues } from '#client/ui/list/list-search.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { PlatformTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { AccountRow, Count } from '#shared/contract/accounts.ts'
import { AccountStatus } from '#shared/domain/words.ts'
import { accountsQuery } from './accounts.queries.ts'
import { type AccountsSearch, readAccountsSearch } from './accounts.search.ts'

/** Every account that was heard of. */
export function AccountsPage() {
  const { t } = useTranslation('accounts')
  const { t: words } = useTranslation('list')
  usePageTitle(t('title'))
  const search = readAccountsSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const list = useInfiniteQuery(accountsQuery(search))
  const columns = useColumns()
  const go = (next: AccountsSearch) => void navigate({ to: '/accounts', search: next, replace: true })
  const filters = useFilters(search, go)
  const isFiltered = Object.keys(search).some((name) => name !== 'sort')
  return (
    <ListScreen
      title={t('title')}
      find={{ label: t('find'), value: search.q, onChange: (q) => go(withValues(search, { q })) }}
      filters={filters}
      sort={{
        value: search.sort ?? 'newest',
        choices: (['newest', 'oldest'] as const).map((value) => ({ value, label: t(`sort.${value}`) })),
        onChange: (value) => go(withValues(search, { sort: value === 'newest' ? undefined : value })),
      }}
      columns={columns}
      rowId={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/accounts/$accountId', params: { accountId: id } })}
      list={list}
      listKey={JSON.stringify(search)}
      countOf={(count, value) => t('count', { count, value })}
      empty={{
        icon: IconUserSearch,
        title: t(isFiltered ? 'empty.filtered' : 'empty.title'),
        text: t(isFiltered ? 'empty.filteredText' : 'empty.text'),
        action: isFiltered ? <ButtonLink to="/accounts">{words('clear')}</ButtonLink> : null,
      }}
      failed={{ title: t('failed.list'), ...errorFacts(list.error) }}
    />
  )
}

function useFilters(search: AccountsSearch, go: (next: AccountsSearch) => void): ListFilter[] {
  const { t } = useTranslation('accounts')
  const { t: words } = useTranslation('list')
  const { t: ui } = useTranslation('ui')
  const platforms = usePlatformChoices()
  return [
    {
      kind: 'values',
      name: 'platform',
      label: t('filter.platform'),
      choices: platforms,
      chosen: valuesIn(search.platform),
      onChange: (chosen) => go(withValues(search, { platform: chosen.join(',') })),
    },
    {
      kind: 'values',
      name: 'status',
      label: t('filter.status'),
      choices: AccountStatus.options.map((value) => ({ value, label: ui(`status.${value}`) })),
      chosen: valuesIn(search.status),
      onChange: (chosen) => go(withValues(search, { status: chosen.join(',') })),
    },
    {
      kind: 'one',
      name: 'new',
      label: t('filter.new'),
      choices: (['yes', 'no'] as const).map((value) => ({ value, label: words(value) })),
      chosen: search.new,
      onChange: (isNew) => go(withValues(search, { new: isNew })),
    },
  ]
}

function useColumns(): ListColumn<AccountRow>[] {
  const { t } = useTranslation('accounts')
  const figure = (id: 'flags' | 'posts' | 'decisions' | 'openReviews'): ListColumn<AccountRow> => ({
    id,
    header: t(`column.${id}`),
    width: 84,
    isEnd: true,
    isWide: true,
    cell: ({ counts }) => <Figure count={counts[id]} />,
  })
  return [
    { id: 'account', header: t('column.account'), cell: Name },
    { id: 'status', header: t('column.status'), width: 190, cell: Status },
    { id: 'opened', header: t('column.opened'), width: 120, isWide: true, cell: Opened },
    { id: 'seen', header: t('column.seen'), width: 120, isWide: true, cell: Seen },
    figure('flags'),
    figure('posts'),
    figure('decisions'),
    figure('openReviews'),
  ]
}

function Name({ id, handle, displayName, externalId, platform }: AccountRow) {
  return (
    <Lines
      first={
        <Link to="/accounts/$accountId" params={{ accountId: id }} tabIndex={-1} preload={false}>
          <bdi dir="auto">{handle}</bdi>
        </Link>
      }
      second={
        <>
          <PlatformTag platform={platform} />
          {displayName && displayName !== handle ? (
            <bdi dir="auto" className="cut">
              {displayName}
            </bdi>
          ) : null}
          <span className="mono cut">{externalId}</span>
        </>
      }
    />
  )
}

function Status({ status, statusSince, isNew }: AccountRow) {
  return (
    <Lines
      first={
        <span className="row6">
          {isNew ? <StatusBadge status="new" bare /> : null}
          <StatusBadge status={status} bare />
        </span>
      }
      second={statusSince ? <DateTime at={statusSince} form="date" /> : null}
    />
  )
}

function Opened({ createdAt }: AccountRow) {
  return createdAt ? <DateTime at={createdAt} form="date" /> : null
}

function Seen({ firstSeenAt }: AccountRow) {
  return <DateTime at={firstSeenAt} form="date" />
}

/** Nothing for none: a column of noughts hides the rest. */
function Figure({ count }: { count: Count }) {
  const format = useFormat()
  if (count.value === 0) return null
  return (
    <span className="num">
      {format.number(count.value)}
      {count.exact ? '' : '+'}
    </span>
  )
}
