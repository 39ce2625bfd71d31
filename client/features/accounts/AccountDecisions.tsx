import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { type Column, DataTable } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { MeasureBadge, OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { DecisionRow } from '#shared/contract/decision-list.ts'
import { accountDecisionsQuery } from './accounts.queries.ts'

/** The newest decisions; the rest are in their list. */
export function AccountDecisions({ accountId }: { accountId: string }) {
  const { t } = useTranslation('accounts')
  const format = useFormat()
  const navigate = useNavigate()
  const columns = useColumns()
  const { data, isError } = useQuery(accountDecisionsQuery(accountId))
  const count = data?.count
  return (
    <Panel
      title={t('decisions.title')}
      isFlush={Boolean(data?.items.length)}
      side={
        count && count.value > 0 ? (
          <Link className="sm" to="/decisions" search={{ account: accountId }}>
            {t('decisions.all', { value: `${format.number(count.value)}${count.exact ? '' : '+'}` })}
          </Link>
        ) : null
      }
    >
      {!data && !isError ? <SkeletonText lines={3} /> : null}
      {isError && !data ? <p className="sm bad">{t('decisions.failed')}</p> : null}
      {data?.items.length === 0 ? <p className="sm t3">{t('decisions.none')}</p> : null}
      {data && data.items.length > 0 ? (
        <div className="scrollx">
          <DataTable
            label={t('decisions.title')}
            columns={columns}
            rows={data.items}
            rowId={({ decision }) => decision.id}
            onOpen={({ decision }) =>
              void navigate({ to: '/decisions/$decisionId', params: { decisionId: decision.id } })
            }
          />
        </div>
      ) : null}
    </Panel>
  )
}

function useColumns(): Column<DecisionRow>[] {
  const { t } = useTranslation('accounts')
  const { data: policies } = useQuery(policiesQuery)
  const nameOf = useNameOf()
  return [
    {
      id: 'when',
      header: t('decisions.when'),
      cell: ({ decision }) => <DateTime at={decision.decidedAt} form="short" />,
    },
    { id: 'review', header: t('decisions.review'), isMono: true, cell: ({ decision }) => decision.reviewReference },
    {
      id: 'outcome',
      header: t('decisions.outcome'),
      cell: ({ decision: { outcome, measures } }) => {
        const onPost = measures.find((measure) => measure.target === 'post')
        return <OutcomeBadge outcome={outcome} postMeasure={onPost?.target === 'post' ? onPost.kind : null} bare />
      },
    },
    {
      id: 'clause',
      header: t('decisions.clause'),
      cell: ({ decision: { clause } }) =>
        clause ? `${policies?.get(clause.id)?.code ?? clause.id} v${clause.version}` : null,
    },
    {
      id: 'account',
      header: t('decisions.account'),
      cell: ({ decision: { measures } }) => {
        const onAccount = measures.find((measure) => measure.target === 'account')
        return onAccount?.target === 'account' ? <MeasureBadge measure={onAccount.kind} bare /> : null
      },
    },
    { id: 'by', header: t('decisions.by'), isWide: true, cell: ({ decision }) => nameOf(decision.decidedById) },
  ]
}
