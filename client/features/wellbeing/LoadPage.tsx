import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconEyeOff, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { loadQuery } from '#client/api/exposure.ts'
import { useMay } from '#client/api/session.ts'
import { DataTable } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState, NoPermission } from '#client/ui/states.tsx'
import { Delayed, SkeletonRows } from '#client/ui/waiting.tsx'
import { useLoadColumns } from './load.columns.tsx'
import css from './load.module.css'
import { dayAfter, readLoadSearch } from './load.search.ts'

/** What each person looked at on one day, for supervisors, in the order of names and no other. */
export function LoadPage() {
  const { t } = useTranslation('wellbeing')
  usePageTitle(t('load.title'))
  return useMay('exposure.read') ? <Load /> : <NoPermission heading="h1" />
}

function Load() {
  const { t } = useTranslation('wellbeing')
  const { day } = readLoadSearch(useSearch({ strict: false }))
  const { data: today } = useQuery(loadQuery(undefined))
  const { data, error, isPending, refetch } = useQuery(loadQuery(day))
  const isToday = day === undefined || day === today?.day
  const columns = useLoadColumns(isToday)
  if (error && !data) {
    return <ErrorState heading="h1" title={t('load.failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  const instead = isPending ? (
    <Delayed>
      <SkeletonRows columns={[60, { box: [120, 12] }, 30, 30, 70]} />
    </Delayed>
  ) : null
  return (
    <div className={css.page}>
      <header className="row wrap">
        <h1>{t('load.title')}</h1>
        {data ? <Days day={data.day} today={today?.day ?? data.day} /> : null}
      </header>
      <p className="sm t2">{t('load.about')}</p>
      {data && !data.isCounted ? (
        <EmptyState icon={IconEyeOff} title={t('load.off')}>
          {t('load.offWhy')}
        </EmptyState>
      ) : data?.items.length === 0 ? (
        <EmptyState icon={IconUsers} title={t('load.empty')}>
          {t('load.emptyWhy')}
        </EmptyState>
      ) : (
        <section className={`panel ${css.table}`}>
          <DataTable
            label={t('load.label')}
            columns={columns}
            rows={data?.items ?? []}
            rowId={({ personId }) => personId}
            rowCount={data?.items.length}
            instead={instead}
          />
        </section>
      )}
    </div>
  )
}

function Days({ day, today }: { day: string; today: string }) {
  const { t } = useTranslation('wellbeing')
  const format = useFormat()
  const navigate = useNavigate()
  const go = (to: string) => navigate({ to: '/load', search: to === today ? {} : { day: to }, replace: true })
  return (
    <div className="row4 push">
      <ActionIcon aria-label={t('load.before')} onClick={() => void go(dayAfter(day, -1))}>
        <IconChevronLeft size={16} className="flip" aria-hidden />
      </ActionIcon>
      <span className={`sm b num ${css.day}`}>
        {format.date(`${day}T12:00:00Z`, 'date', 'utc')}
        {day === today ? <span className="t3"> · {t('load.today')}</span> : null}
      </span>
      <ActionIcon aria-label={t('load.after')} disabled={day >= today} onClick={() => void go(dayAfter(day, 1))}>
        <IconChevronRight size={16} className="flip" aria-hidden />
      </ActionIcon>
    </div>
  )
}
