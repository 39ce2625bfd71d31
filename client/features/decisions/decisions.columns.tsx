import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { redactedSrc, useLook } from '#client/api/look.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Caption } from '#client/ui/Caption.tsx'
import { Face } from '#client/ui/Face.tsx'
import { Lines } from '#client/ui/list/Lines.tsx'
import type { ListColumn } from '#client/ui/list/ListTable.tsx'
import { MeasureBadge, OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { Thumb } from '#client/ui/Thumb.tsx'
import { LangTag, PlatformTag } from '#client/ui/tags.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { Tone } from '#client/ui/tone.ts'
import type { DecisionRow } from '#shared/contract/decision-list.ts'
import type { Measure } from '#shared/contract/decisions.ts'
import type { AccountMeasure, PostMeasure } from '#shared/domain/outcomes.ts'
import type { OutboxState } from '#shared/domain/words.ts'

export const deliveryTone: Record<OutboxState, Tone> = {
  pending: 'warn',
  sending: 'warn',
  delivered: 'ok',
  failed: 'bad',
  cancelled: 'gone',
  recorded: 'gone',
}

export function postMeasureOf(measures: readonly Measure[]): PostMeasure | null {
  return measures.find((measure) => measure.target === 'post')?.kind ?? null
}
export function accountMeasureOf(measures: readonly Measure[]): AccountMeasure | null {
  return measures.find((measure) => measure.target === 'account')?.kind ?? null
}

/** The columns in the reader's language. */
export function useDecisionColumns(): ListColumn<DecisionRow>[] {
  const { t } = useTranslation('decisions')
  return [
    { id: 'preview', header: t('column.preview'), isQuiet: true, isWide: true, width: 72, cell: Preview },
    { id: 'post', header: t('column.post'), cell: Post },
    { id: 'account', header: t('column.account'), isWide: true, width: 168, cell: Account },
    { id: 'outcome', header: t('column.outcome'), width: 132, cell: Outcome },
    { id: 'clause', header: t('column.clause'), isWide: true, width: 156, cell: Clause },
    { id: 'by', header: t('column.by'), width: 132, cell: By },
    { id: 'when', header: t('column.when'), width: 118, cell: When },
    { id: 'delivery', header: t('column.delivery'), isWide: true, width: 116, cell: Delivery },
  ].map((column) => ({ ...column, cell: (row) => <column.cell {...row} /> }))
}

function Preview({ media, decision }: DecisionRow) {
  const look = useLook(decision.clause?.id)
  const isReady = media.first !== null && media.firstState === 'ready'
  const src = isReady ? redactedSrc(media.first!, 'thumbnail', look) : null
  return <Thumb src={src} count={media.count} />
}

function Post({ decision, captionExcerpt, language, subject }: DecisionRow) {
  const { t } = useTranslation('decisions')
  return (
    <Lines
      first={
        <Link to="/decisions/$decisionId" params={{ decisionId: decision.id }} tabIndex={-1} preload={false}>
          {captionExcerpt.trim() ? (
            <Caption text={captionExcerpt} lang={language} isLine />
          ) : (
            <span className="t3">{t(subject === 'account' ? 'row.account' : 'row.noCaption')}</span>
          )}
        </Link>
      }
      second={
        <>
          <LangTag code={language} />
          <span className="mono">{decision.reviewReference}</span>
        </>
      }
    />
  )
}

function Account({ account }: DecisionRow) {
  return (
    <Lines
      first={
        <Link to="/accounts/$accountId" params={{ accountId: account.id }} tabIndex={-1} preload={false}>
          <bdi>{account.handle}</bdi>
        </Link>
      }
      second={<PlatformTag platform={account.platform} />}
    />
  )
}

function Outcome({ decision: { outcome, measures }, supersededById }: DecisionRow) {
  const { t } = useTranslation('decisions')
  const onAccount = accountMeasureOf(measures)
  return (
    <Lines
      first={<OutcomeBadge outcome={outcome} postMeasure={postMeasureOf(measures)} bare />}
      second={
        <>
          {onAccount ? <MeasureBadge measure={onAccount} bare /> : null}
          {supersededById ? <span>{t('superseded')}</span> : null}
        </>
      }
    />
  )
}

function Clause({ decision: { clause, exemption, furtherClauses } }: DecisionRow) {
  const { t } = useTranslation('decisions')
  const { data: policies } = useQuery(policiesQuery)
  if (!clause) return null
  const cited = policies?.get(clause.id)
  const granted = exemption ? (policies?.get(exemption)?.shortName ?? exemption) : null
  return (
    <Lines
      first={
        <span title={cited?.current.label}>
          <b className="b num">{cited?.code ?? clause.id}</b> <span className="t2">{cited?.shortName}</span>
        </span>
      }
      second={
        <>
          <span className="num">v{clause.version}</span>
          {furtherClauses.length > 0 ? <span>{t('further', { count: furtherClauses.length })}</span> : null}
          {granted ? <span className="cut">{granted}</span> : null}
        </>
      }
    />
  )
}

function By({ decision: { decidedById } }: DecisionRow) {
  const nameOf = useNameOf()
  const name = nameOf(decidedById)
  return (
    <span className="row6">
      {decidedById ? <Face id={decidedById} name={name} size={18} isPlain /> : null}
      <bdi className="cut">{name}</bdi>
    </span>
  )
}

function When({ decision: { decidedAt } }: DecisionRow) {
  return <Lines first={<DateTime at={decidedAt} form="short" />} second={<Ago at={decidedAt} />} />
}

function Delivery({ decision: { delivery } }: DecisionRow) {
  const { t } = useTranslation('decisions')
  return (
    <Badge tone={deliveryTone[delivery]} bare>
      {t(`delivery.${delivery}`)}
    </Badge>
  )
}
