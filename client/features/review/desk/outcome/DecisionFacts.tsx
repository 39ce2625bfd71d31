import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DeliveryLines } from '#client/ui/DeliveryLines.tsx'
import { useFormat } from '#client/ui/format.ts'
import { useJudging } from '#client/ui/judging.ts'
import { MeasureBadge, OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { DecisionRecord, MeasureRecord } from '#shared/contract/decisions.ts'
import css from '../decision/decision.module.css'
import type { Policies } from '../decision/decision-draft.ts'
import { useTerritories } from '../decision/parts/territories.ts'
import { accountMeasureOf, postMeasureOf, restrictionOf } from './read-decision.ts'

type Judged = Pick<
  DecisionRecord,
  | 'outcome'
  | 'clause'
  | 'furtherClauses'
  | 'exemption'
  | 'exemptionTest'
  | 'measures'
  | 'territory'
  | 'rationale'
  | 'strikes'
  | 'ladderReason'
  | 'message'
  | 'translations'
  | 'decidedById'
  | 'confirmedById'
  | 'decidedAt'
  | 'deliveries'
>

type Props = { decision: Judged; policies: Policies; nameOf: (personId: string) => string }

/** What was decided, by whom, and what became of it. */
export function DecisionFacts({ decision, policies, nameOf }: Props) {
  const { t } = useTranslation('review')
  const { t: ui } = useTranslation('ui')
  const { t: judging } = useTranslation('judging')
  const { t: messages } = useTranslation('messages')
  const { test: testWords, strikes: strikeWords } = useJudging()
  const territories = useTerritories()
  const { clause, exemption, measures, territory, rationale, decidedById, deliveries = [] } = decision
  const { exemptionTest: test, strikes, ladderReason, confirmedById } = decision
  const cited = clause ? policies.get(clause.id) : undefined
  const restriction = restrictionOf(measures)
  const onAccount = accountMeasureOf(measures)
  return (
    <dl className={css.facts}>
      <Fact name={t('record.outcome')}>
        <OutcomeBadge outcome={decision.outcome} postMeasure={postMeasureOf(measures)} bare />
        {restriction ? ` ${t(`restriction.${restriction}`)}` : null}
        <Course measure={measures.find(({ target }) => target === 'post')} />
      </Fact>
      {clause ? (
        <Fact name={t('decide.clause')}>
          <b className="b num">{cited?.code ?? clause.id}</b> {cited?.shortName}, v{clause.version}
          {decision.furtherClauses.map((further) => (
            <span key={further.id} className="t2">
              {' · '}
              {policies.get(further.id)?.code ?? further.id} v{further.version}
            </span>
          ))}
        </Fact>
      ) : null}
      {exemption ? <Fact name={t('decide.exemption')}>{policies.get(exemption)?.shortName ?? exemption}</Fact> : null}
      {test ? (
        <Fact name={judging('test.title')}>
          {testWords(test)}
          {test.text ? (
            <span className="t2" dir="auto">
              {'\n'}
              {test.text}
            </span>
          ) : null}
        </Fact>
      ) : null}
      {onAccount ? (
        <Fact name={t('decide.account')}>
          <MeasureBadge measure={onAccount} bare />
          <Course measure={measures.find(({ target }) => target === 'account')} />
        </Fact>
      ) : null}
      {measures.length > 0 ? <Fact name={t('decide.territory')}>{territories.nameOf(territory)}</Fact> : null}
      {strikes?.step ? (
        <Fact name={judging('ladder.said')}>
          {strikeWords(strikes, cited?.code ?? '')}
          {ladderReason ? (
            <span className="t2" dir="auto">
              {'\n'}
              {judging('ladder.differs', { reason: ladderReason })}
            </span>
          ) : null}
        </Fact>
      ) : null}
      {rationale ? (
        <Fact name={t('decide.rationale')}>
          <span dir="auto">{rationale}</span>
        </Fact>
      ) : null}
      {decision.message ? (
        <Fact name={messages('desk.title')}>
          <span dir="auto" lang={decision.message.language}>
            {decision.message.text}
          </span>
        </Fact>
      ) : null}
      <SeenTranslations of={decision} />
      <Fact name={t('record.by')}>
        {decidedById ? nameOf(decidedById) : t('system')}, <DateTime at={decision.decidedAt} />
      </Fact>
      {confirmedById ? <Fact name={judging('by.confirmed')}>{nameOf(confirmedById)}</Fact> : null}
      {deliveries.length > 0 ? (
        <Fact name={ui('sent.to')}>
          <DeliveryLines deliveries={deliveries} />
        </Fact>
      ) : null}
    </dl>
  )
}

/** Until when a measure holds, or since when it does no longer. */
function Course({ measure }: { measure: MeasureRecord | undefined }) {
  const { t } = useTranslation('review')
  if (measure?.endedAs === 'already_deleted') return <span className="t3"> {t('record.gone')}</span>
  if (measure?.endedAs && measure.endedAt) {
    return (
      <span className="t3">
        {' '}
        {t(measure.endedAs === 'lapsed' ? 'record.lapsed' : 'record.lifted')}{' '}
        <DateTime at={measure.endedAt} form="short" />
      </span>
    )
  }
  if (!measure?.endsAt) return null
  return (
    <span className="t3">
      {' '}
      {t('record.until')} <DateTime at={measure.endsAt} form="short" />
    </span>
  )
}

/** Whoever reads it later knows that it was decided on somebody's words, and whose. */
function SeenTranslations({ of: { translations = [] } }: { of: Judged }) {
  const { t } = useTranslation('caption')
  const format = useFormat()
  const ways = new Map(translations.map((each) => [`${each.language} ${each.translator}`, each]))
  if (ways.size === 0) return null
  return (
    <Fact name={t('seen')}>
      {[...ways].map(([key, { language, translator, isMachine }], index) => (
        <span key={key}>
          {index > 0 ? '; ' : ''}
          {t(isMachine ? 'by.machine' : 'by.person', { language: format.language(language) })} <bdi>{translator}</bdi>
        </span>
      ))}
    </Fact>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
