import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { policiesQuery, queuesQuery } from '#client/api/reference-data.ts'
import { type Column, DataTable } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Panel } from '#client/ui/Panel.tsx'
import type { RuleTrial } from '#shared/contract/routing.ts'
import { Refused } from '../Refused.tsx'
import css from '../routing.module.css'

type Props = {
  trial: RuleTrial | null
  /** The rules are other ones by now. */
  isStale: boolean
  isRunning: boolean
  error: unknown
  onRun: () => void
}

/** Where the last flags would go, before anything is published. */
export function DryRun({ trial, isStale, isRunning, error, onRun }: Props) {
  const { t } = useTranslation('routing')
  const format = useFormat()
  const nameOf = useQueueNames()
  return (
    <Panel title={t('try.title')}>
      <div className={css.form}>
        <p className="sm t2">{t('try.text')}</p>
        <Refused error={error} />
        <div className={css.acts}>
          <Button loading={isRunning} onClick={onRun}>
            {t('try.run')}
          </Button>
        </div>
        {trial ? (
          <>
            <p className="sm" role="status">
              {t('try.looked', { count: trial.looked, value: format.number(trial.looked) })},{' '}
              {t('try.moved', { count: trial.moved.length, value: format.number(trial.moved.length) })}.{' '}
              {isStale ? <span className="warn">{t('try.stale')}</span> : null}
            </p>
            <DataTable
              label={t('try.queues')}
              columns={[
                { id: 'queue', header: t('try.queue'), cell: ({ queueId }) => nameOf(queueId) },
                { id: 'before', header: t('try.before'), isEnd: true, cell: ({ before }) => format.number(before) },
                {
                  id: 'after',
                  header: t('try.after'),
                  isEnd: true,
                  cell: ({ before, after }) => (
                    <span className={before === after ? '' : 'b'}>{format.number(after)}</span>
                  ),
                },
              ]}
              rows={trial.queues}
              rowId={({ queueId }) => queueId}
            />
          </>
        ) : null}
      </div>
    </Panel>
  )
}

function useQueueNames() {
  const { data } = useQuery(queuesQuery)
  return (queueId: string) =>
    [...(data?.items ?? []), ...(data?.retired ?? [])].find(({ id }) => id === queueId)?.name ?? queueId
}

const mostShown = 200

/** The flags that go elsewhere; each opens its review. */
export function MovedFlags({ trial }: { trial: RuleTrial }) {
  const { t } = useTranslation('routing')
  const { t: ui } = useTranslation('ui')
  const nameOf = useQueueNames()
  const { data: policies } = useQuery(policiesQuery)
  type Moved = RuleTrial['moved'][number]
  const columns: Column<Moved>[] = [
    {
      id: 'flag',
      header: t('try.flag'),
      width: 108,
      isMono: true,
      cell: ({ reviewId, reference }) =>
        reviewId && reference ? (
          <Link to="/reviews/$reviewId" params={{ reviewId }} preload={false}>
            {reference}
          </Link>
        ) : (
          <span className="t3">{t('try.noReview')}</span>
        ),
    },
    { id: 'source', header: t('reasons.source'), isWide: true, cell: ({ sourceKind }) => ui(`source.${sourceKind}`) },
    {
      id: 'policy',
      header: t('try.suspected'),
      isWide: true,
      cell: ({ policy }) => {
        const clause = policy ? policies?.get(policy) : undefined
        return clause ? `${clause.code} ${clause.shortName}` : (policy ?? t('rule.unsorted'))
      },
    },
    {
      id: 'way',
      header: `${t('try.from')}, ${t('try.to')}`,
      cell: ({ from, to }) => (
        <span className="row6">
          {nameOf(from.queueId)}
          <IconArrowRight size={13} className="flip" aria-hidden />
          <b className="b">{nameOf(to.queueId)}</b>
        </span>
      ),
    },
  ]
  const rest = trial.moved.length - mostShown
  return (
    <Panel title={`${t('try.movedList')} ${trial.moved.length}`} isFlush>
      <div className={css.table}>
        <DataTable
          label={t('try.movedList')}
          columns={columns}
          rows={trial.moved.slice(0, mostShown)}
          rowId={({ flagId }) => flagId}
          rowCount={trial.moved.length}
        />
      </div>
      {rest > 0 ? <p className="panelBody sm t3">{t('try.more', { count: rest })}</p> : null}
    </Panel>
  )
}
