import { IconArrowLeft, IconListSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import type { ListFilter } from '#client/ui/list/ListFilters.tsx'
import { type ListQuery, ListScreen } from '#client/ui/list/ListScreen.tsx'
import { TopBarSlot, usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, NoPermission } from '#client/ui/states.tsx'
import type { ReportRow } from '#shared/contract/reports.ts'
import css from './reports.module.css'
import { reportRowsQuery } from './reports.queries.ts'
import { filterNames, type RowsSearch, readRowsSearch } from './reports.search.ts'
import { useRowColumns } from './rows.columns.tsx'
import { usePlaces } from './use-axis.ts'
import { inOneLine, useNames } from './use-names.ts'

/** The rows that one figure of a report was counted from. */
export function RowsPage() {
  const { t } = useTranslation('reports')
  usePageTitle(t('rows.title'))
  const search = readRowsSearch(useSearch({ strict: false }))
  if (!useMay('report.read')) return <NoPermission heading="h1" />
  if (!search) {
    return (
      <EmptyState
        heading="h1"
        icon={IconListSearch}
        title={t('rows.unknown')}
        action={<ButtonLink to="/reports">{t('rows.back')}</ButtonLink>}
      >
        {t('rows.unknownText')}
      </EmptyState>
    )
  }
  return <Rows search={search} />
}

function Rows({ search }: { search: RowsSearch }) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  const navigate = useNavigate()
  const list = useInfiniteQuery(reportRowsQuery(search))
  const columns = useRowColumns(search.figure)
  const filters = useGiven(search)
  function open({ review }: ReportRow) {
    if (review) void navigate({ to: '/reviews/$reviewId', params: { reviewId: review.id } })
  }
  const { figure: _, day: __, by: ___, value: ____, counted: _____, ...report } = search
  const period = usePlaces()({ from: search.from, to: search.to }).name
  return (
    <>
      <TopBarSlot at="start">
        <span className={`b cut ${css.place}`}>{t(`figure.${search.figure}`)}</span>
        <span className="sm t3 cut hideS">{period}</span>
      </TopBarSlot>
      <ListScreen
        title={t('rows.of', { figure: t(`figure.${search.figure}`) })}
        filters={filters}
        side={
          <>
            {list.data ? (
              <span className="xs t3 num">{t('rows.upTo', { seq: format.number(list.data.seq) })}</span>
            ) : null}
            <Link to="/reports" search={report} className={`sm ${css.back}`}>
              <IconArrowLeft size={14} className="flip" aria-hidden /> {t('rows.back')}
            </Link>
          </>
        }
        columns={columns}
        rowId={({ kind, seq, id }) => `${kind} ${seq} ${id}`}
        onOpen={open}
        list={list as ListQuery<ReportRow>}
        listKey={JSON.stringify(search)}
        countOf={(count, value) => t('rows.count', { count, value })}
        empty={{ icon: IconListSearch, title: t('rows.empty'), text: t('rows.emptyText') }}
        failed={{ title: t('rows.failed'), ...errorFacts(list.error) }}
      />
    </>
  )
}

/** What narrows the rows, as chips; those that the report does not need can be taken away. */
function useGiven(search: RowsSearch): ListFilter[] {
  const { t } = useTranslation('reports')
  const nameOf = useNames()
  const placeOf = usePlaces()
  const navigate = useNavigate()
  const { day, by, value, counted, figure } = search
  const drop = (...names: (keyof RowsSearch)[]) => {
    const rest = Object.fromEntries(
      Object.entries(search).filter(([name]) => !names.includes(name as keyof RowsSearch)),
    )
    void navigate({ to: '/reports/rows', search: rest as RowsSearch, replace: true })
  }
  const given = (
    name: string,
    label: string,
    shown: string | undefined,
    ...names: (keyof RowsSearch)[]
  ): ListFilter => ({
    kind: 'given',
    name,
    label,
    value: shown,
    onChange: () => drop(...names),
  })
  return [
    given('day', t('day'), day ? placeOf({ from: day, to: day }).name : undefined, 'day'),
    given(
      'value',
      by ? t(`dimension.${by}`) : '',
      by && value ? inOneLine(nameOf(by, value)) : undefined,
      'by',
      'value',
    ),
    given(
      'counted',
      t('rows.only'),
      counted ? t(`counted.${figure === 'overturned' ? 'overturned' : 'deadlines'}`) : undefined,
      'counted',
    ),
    ...filterNames.map((name) =>
      given(
        name,
        t(`dimension.${name}`),
        search[name]
          ?.split(',')
          .map((each) => inOneLine(nameOf(name, each)))
          .join(', '),
        name,
      ),
    ),
  ]
}
