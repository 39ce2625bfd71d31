import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { AppealBadge } from '#client/ui/AppealBadge.tsx'
import { Caption } from '#client/ui/Caption.tsx'
import { Due } from '#client/ui/Due.tsx'
import { Lines } from '#client/ui/list/Lines.tsx'
import type { ListColumn } from '#client/ui/list/ListTable.tsx'
import { MeasureBadge, OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { LangTag, PlatformTag } from '#client/ui/tags.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { AppealRow } from '#shared/contract/appeals.ts'

/** The columns in the reader's language. */
export function useAppealColumns(): ListColumn<AppealRow>[] {
  const { t } = useTranslation('appeals')
  return [
    { id: 'text', header: t('column.text'), cell: Words },
    { id: 'account', header: t('column.account'), isWide: true, width: 156, cell: Account },
    { id: 'first', header: t('column.first'), width: 128, cell: First },
    { id: 'clause', header: t('column.clause'), isWide: true, width: 140, cell: Clause },
    { id: 'filed', header: t('column.filed'), isWide: true, width: 112, cell: Filed },
    { id: 'state', header: t('column.state'), width: 128, cell: State },
    { id: 'due', header: t('column.due'), width: 122, cell: DueOrDone },
  ].map((column) => ({ ...column, cell: (row) => <column.cell {...row} /> }))
}

function Words({ id, reference, textExcerpt, language, appellant }: AppealRow) {
  const { t } = useTranslation('appeals')
  return (
    <Lines
      first={
        <Link to="/appeals/$appealId" params={{ appealId: id }} tabIndex={-1} preload={false}>
          <Caption text={textExcerpt} lang={language} isLine />
        </Link>
      }
      second={
        <>
          <LangTag code={language} />
          <span className="mono">{reference}</span>
          <span className="cut">{t(`appellant.${appellant}`)}</span>
        </>
      }
    />
  )
}

function Account({ account }: AppealRow) {
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

function First({ decision: { outcome, postMeasure, accountMeasure } }: AppealRow) {
  return (
    <Lines
      first={<OutcomeBadge outcome={outcome} postMeasure={postMeasure} bare />}
      second={accountMeasure ? <MeasureBadge measure={accountMeasure} bare /> : null}
    />
  )
}

function Clause({ decision: { clause }, review }: AppealRow) {
  const { data: policies } = useQuery(policiesQuery)
  const cited = clause && policies?.get(clause.id)
  return (
    <Lines
      first={
        clause ? (
          <span title={cited?.current.label}>
            <b className="b num">{cited?.code ?? clause.id}</b> <span className="t2">{cited?.shortName}</span>
          </span>
        ) : null
      }
      second={<span className="mono">{review.reference}</span>}
    />
  )
}

function Filed({ filedAt, isLate }: AppealRow) {
  const { t } = useTranslation('appeals')
  return (
    <Lines
      first={<DateTime at={filedAt} form="short" />}
      second={isLate ? <span className="warn">{t('late')}</span> : <Ago at={filedAt} />}
    />
  )
}

function State({ state, outcome, holderId, decidedById, isOwn }: AppealRow) {
  const { t } = useTranslation('appeals')
  const nameOf = useNameOf()
  const by = state === 'decided' ? decidedById : holderId
  return (
    <Lines
      first={<AppealBadge state={state} outcome={outcome} bare />}
      second={
        by ? (
          <bdi className="cut">{nameOf(by)}</bdi>
        ) : state === 'waiting' && isOwn ? (
          <span className="cut">{t('row.own')}</span>
        ) : null
      }
    />
  )
}

function DueOrDone({ state, dueAt, decidedAt }: AppealRow) {
  const { t } = useTranslation('appeals')
  if (state === 'waiting') return <Due at={dueAt} />
  if (!decidedAt) return null
  return (
    <Lines
      first={<DateTime at={decidedAt} form="short" />}
      second={decidedAt > dueAt ? <span className="bad">{t('row.after')}</span> : t('row.inTime')}
    />
  )
}
