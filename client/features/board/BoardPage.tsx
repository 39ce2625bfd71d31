import { IconLayoutDashboard } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState, NoPermission } from '#client/ui/states.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { Delayed, SkeletonText } from '#client/ui/waiting.tsx'
import css from './board.module.css'
import { boardQuery, useLiveBoard } from './board.queries.ts'
import { People } from './People.tsx'
import { Queues } from './Queues.tsx'
import { Totals } from './Totals.tsx'

/** How things stand at this moment, kept true while it is looked at. */
export function BoardPage() {
  const { t } = useTranslation('board')
  usePageTitle(t('title'))
  return useMay('team.read') ? <LiveBoard /> : <NoPermission heading="h1" />
}

function LiveBoard() {
  const { t } = useTranslation('board')
  const { data, error, isPending, refetch } = useQuery(boardQuery)
  useLiveBoard()
  if (error && !data) {
    return <ErrorState heading="h1" title={t('failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  return (
    <div className="page">
      <header className="row wrap">
        <h1>{t('title')}</h1>
        {data ? (
          <span className="sm t3">
            {t('countedAt')} <DateTime at={data.countedAt} form="seconds" />
          </span>
        ) : null}
      </header>
      {isPending ? (
        <Delayed>
          <SkeletonText lines={8} />
        </Delayed>
      ) : null}
      {data?.queues.length === 0 ? (
        <EmptyState icon={IconLayoutDashboard} title={t('empty')}>
          {t('emptyWhy')}
        </EmptyState>
      ) : null}
      {data && data.queues.length > 0 ? (
        <>
          <Totals board={data} />
          <div className={css.parts}>
            <Queues board={data} />
            <People board={data} />
          </div>
        </>
      ) : null}
    </div>
  )
}
