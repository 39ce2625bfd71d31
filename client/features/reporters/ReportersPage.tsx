import { IconUserExclamation } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { Lines } from '#client/ui/list/Lines.tsx'
import type { ListFilter } from '#client/ui/list/ListFilters.tsx'
import { ListScreen } from '#client/ui/list/ListScreen.tsx'
import type { ListColumn } from '#client/ui/list/ListTable.tsx'
import { valuesIn, withValues } from '#client/ui/list/list-search.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { NoPermission } from '#client/ui/states.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { ReporterRow } from '#shared/contract/reporters.ts'
import { FlagTabs } from './FlagTabs.tsx'
import { Marks } from './Marks.tsx'
import { OutcomesCell } from './Outcomes.tsx'
import { reportersQuery } from './reporters.queries.ts'
import { type ReportersSearch, readReportersSearch } from './reporters.search.ts'

/** Who flagged, and how often they were right. Only for those who need to know. */
export function ReportersPage() {
  const { t } = useTranslation('reporters')
  usePageTitle(t('title'))
  return useMay('reporter.read') ? <Reporters /> : <NoPermission heading="h1" />
}

function Reporters() {
  const { t } = useTranslation('reporters')
  const { t: words } = useTranslation('list')
  const search = readReportersSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const list = useInfiniteQuery(reportersQuery(search))
  const sort = search.sort === 'newest' ? 'newest' : 'busiest'
  const columns = useColumns(sort)
  const go = (next: ReportersSearch) => void navigate({ to: '/flags/reporters', search: next, replace: true })
  const filters = useFilters(search, go)
  const isFiltered = Object.keys(search).some((name) => name !== 'sort')
  return (
    <ListScreen
      title={t('title')}
      tabs={<FlagTabs on="reporters" />}
      find={{ label: t('find'), value: search.q, onChange: (q) => go(withValues(search, { q })) }}
      filters={filters}
      sort={{
        value: sort,
        choices: (['busiest', 'newest'] as const).map((value) => ({ value, label: t(`sort.${value}`) })),
        onChange: (value) => go(withValues(search, { sort: value === 'busiest' ? undefined : value })),
      }}
      columns={columns}
      rowId={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/flags/reporters/$reporterId', params: { reporterId: id } })}
      list={list}
      listKey={JSON.stringify(search)}
      countOf={(count, value) => t(sort === 'busiest' ? 'count.recent' : 'count.all', { count, value })}
      empty={{
        icon: IconUserExclamation,
        title: t(isFiltered ? 'empty.filtered' : 'empty.title'),
        text: t(isFiltered ? 'empty.filteredText' : 'empty.text'),
        action: isFiltered ? <ButtonLink to="/flags/reporters">{words('clear')}</ButtonLink> : null,
      }}
      failed={{ title: t('failed.list'), ...errorFacts(list.error) }}
    />
  )
}

function useFilters(search: ReportersSearch, go: (next: ReportersSearch) => void): ListFilter[] {
  const { t } = useTranslation('reporters')
  const { t: words } = useTranslation('list')
  const yesOrNo = (['yes', 'no'] as const).map((value) => ({ value, label: words(value) }))
  const one = (name: 'trusted' | 'muted'): ListFilter => ({
    kind: 'one',
    name,
    label: t(`filter.${name}`),
    choices: yesOrNo,
    chosen: search[name],
    onChange: (chosen) => go(withValues(search, { [name]: chosen })),
  })
  const names = valuesIn(search.sourceName)
  return [
    one('trusted'),
    one('muted'),
    ...(names.length > 0
      ? [
          {
            kind: 'given' as const,
            name: 'sourceName',
            label: t('filter.sourceName'),
            value: names.join(', '),
            onChange: () => go(withValues(search, { sourceName: undefined })),
          },
        ]
      : []),
  ]
}

function useColumns(sort: 'busiest' | 'newest'): ListColumn<ReporterRow>[] {
  const { t } = useTranslation('reporters')
  const format = useFormat()
  return [
    { id: 'reporter', header: t('column.reporter'), cell: Name },
    { id: 'marks', header: t('column.marks'), width: 210, isWide: true, cell: (row) => <Marks reporter={row} /> },
    {
      id: 'flags',
      header: t(sort === 'busiest' ? 'column.recent' : 'column.flags'),
      width: 128,
      isEnd: true,
      cell: ({ recent, flags }) => {
        const all = `${format.number(flags.value)}${flags.exact ? '' : '+'}`
        return (
          <Lines
            first={<span className="num">{recent === null ? all : format.number(recent)}</span>}
            second={recent === null ? null : <span className="num push">{t('row.ofAll', { value: all })}</span>}
          />
        )
      },
    },
    {
      id: 'upheld',
      header: t('column.upheld'),
      width: 220,
      isWide: true,
      cell: ({ outcomes }) => <OutcomesCell outcomes={outcomes} />,
    },
    {
      id: 'latest',
      header: t('column.latest'),
      width: 128,
      cell: ({ latestAt }) =>
        latestAt ? <Lines first={<DateTime at={latestAt} form="short" />} second={<Ago at={latestAt} />} /> : null,
    },
  ]
}

function Name({ id, name, externalId, sourceName }: ReporterRow) {
  return (
    <Lines
      first={
        <Link to="/flags/reporters/$reporterId" params={{ reporterId: id }} tabIndex={-1} preload={false}>
          <bdi dir="auto">{name ?? externalId}</bdi>
        </Link>
      }
      second={
        <>
          <bdi>{sourceName}</bdi>
          <span className="mono cut">{externalId}</span>
        </>
      }
    />
  )
}
