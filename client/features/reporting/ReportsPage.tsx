import { IconChartBar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { queuesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState, NoPermission } from '#client/ui/states.tsx'
import { wallOf } from '#client/ui/wall-clock.ts'
import type { Report } from '#shared/contract/reports.ts'
import '@mantine/charts/styles.layer.css'
import { BacklogPanel } from './BacklogPanel.tsx'
import { Breakdown } from './Breakdown.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { Against, Filters } from './Filters.tsx'
import { KeyFigures } from './KeyFigures.tsx'
import { Loading } from './Loading.tsx'
import { PeriodChoice } from './PeriodChoice.tsx'
import { Proof } from './Proof.tsx'
import { against, type Period, type Preset, step } from './range.ts'
import css from './reports.module.css'
import { reportQuery } from './reports.queries.ts'
import { askOf, filterNames, periodIn, type ReportSearch, readReportSearch } from './reports.search.ts'
import { AppealsTable, ExposureTable, SharesTable, TimesTable } from './Tables.tsx'
import { TimesPanel } from './TimesPanel.tsx'
import { VolumePanel } from './VolumePanel.tsx'

/** How the work went in a period, counted from the log. */
export function ReportsPage() {
  const { t } = useTranslation('reports')
  usePageTitle(t('title'))
  return useMay('report.read') ? <Reports /> : <NoPermission heading="h1" />
}

function Reports() {
  const { t } = useTranslation('reports')
  const { house } = useFormat()
  const navigate = useNavigate()
  const search = readReportSearch(useSearch({ strict: false }))
  const today = wallOf(Date.now(), house).slice(0, 10)
  const { data: report, error, refetch, isPlaceholderData } = useQuery(reportQuery(askOf(search, today)))
  const period = periodIn(search, today)
  const comparison = search.against ?? 'before'
  // What was pinned was pinned for these days: others are counted up to now.
  const { seq: _, range: __, from: ___, to: ____, ...rest } = search
  const go = (next: ReportSearch) => void navigate({ to: '/reports', search: next, replace: true })
  return (
    <div className="page">
      <header className={css.head}>
        <h1>{t('title')}</h1>
        <PeriodChoice
          period={period}
          preset={search.from ? null : (search.range ?? '28d')}
          today={today}
          zone={house}
          onPreset={(preset: Preset) => go({ ...rest, ...(preset !== '28d' && { range: preset }) })}
          onPeriod={({ from, to }: Period) => go({ ...rest, from, to })}
        />
        <Filters search={search} go={go} />
        <Against
          comparison={comparison}
          against={against(period, comparison)}
          onChange={(next) => go(without({ ...search, against: next }, next === 'before' ? 'against' : null))}
        />
        {report ? (
          <span className={`push ${css.proofs}`}>
            <Proof report={report} search={search} />
            <ExportMenu report={report} />
          </span>
        ) : null}
      </header>
      {error && report ? (
        <p className={`sm ${css.stale}`} role="alert">
          {t('stale')}
        </p>
      ) : null}
      {report ? (
        <div className={css.body} aria-busy={isPlaceholderData || undefined}>
          <Content report={report} search={search} go={go} onEarlier={() => go({ ...rest, ...step(period, -1) })} />
        </div>
      ) : error ? (
        <ErrorState title={t('failed')} {...errorFacts(error)} kept={t('failedKept')} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

function without(search: ReportSearch, name: keyof ReportSearch | null): ReportSearch {
  if (!name) return search
  const { [name]: _, ...rest } = search
  return rest
}

type ContentProps = { report: Report; search: ReportSearch; go: (next: ReportSearch) => void; onEarlier: () => void }

function Content({ report, search, go, onEarlier }: ContentProps) {
  const { t } = useTranslation('reports')
  const target = useTarget(search)
  const change = (next: Partial<ReportSearch>) => go(readReportSearch({ ...search, ...next }))
  const { flags, reviews, decisions, backlog, reveals, appealsFiled } = report.figures
  if (flags + reviews + decisions + backlog.value + reveals + appealsFiled === 0) {
    const isNarrowed = filterNames.some((name) => search[name])
    return (
      <EmptyState
        icon={IconChartBar}
        title={t('empty')}
        action={
          isNarrowed ? (
            <ButtonLink to="/reports">{t('emptyClear')}</ButtonLink>
          ) : (
            <button type="button" className={css.chip} onClick={onEarlier}>
              {t('earlier')}
            </button>
          )
        }
      >
        {t(isNarrowed ? 'emptyNarrowed' : 'emptyWhy')}
      </EmptyState>
    )
  }
  return (
    <>
      <KeyFigures report={report} target={target} />
      <div className={css.grid}>
        <VolumePanel report={report} search={search} onChange={change} className={css.s7} />
        <TimesPanel report={report} search={search} onChange={change} target={target} className={css.s5} />
        <Breakdown report={report} dimension="clause" className={css.s4} />
        <Breakdown report={report} dimension="language" className={css.s4} />
        <Breakdown report={report} dimension="queue" className={css.s4} />
        <Breakdown report={report} dimension="platform" className={css.s4} />
        <Breakdown report={report} dimension="source" className={css.s4} />
        <Breakdown report={report} dimension="accountStatus" className={css.s4} />
        <BacklogPanel report={report} className={css.s7} />
        <div className={`${css.s5} ${css.column}`}>
          <TimesTable report={report} />
          <SharesTable report={report} />
        </div>
        <Breakdown report={report} dimension="outcome" className={css.s6} />
        <Breakdown report={report} dimension="measure" className={css.s6} />
        <AppealsTable report={report} className={css.s6} />
        <ExposureTable report={report} className={css.s6} />
      </div>
      <p className="xs t3">{t('foot')}</p>
    </>
  )
}

/** The target of the queues in sight, in milliseconds; null where they differ. */
function useTarget({ queue }: ReportSearch): number | null {
  const { data } = useQuery(queuesQuery)
  const chosen = queue?.split(',')
  const targets = new Set(
    data?.items.filter(({ id }) => !chosen || chosen.includes(id)).map(({ targetMs }) => targetMs),
  )
  return targets.size === 1 ? [...targets][0]! : null
}
