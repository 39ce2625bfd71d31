import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { MeasureBadge, OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { PlatformTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { DecisionDetail } from '#shared/contract/decision-list.ts'
import type { ClauseVersion, DecisionRecord } from '#shared/contract/decisions.ts'
import css from './appeals.module.css'
import { Fact } from './Fact.tsx'

/** What was decided first and why, by which words of the policy, and on whom. */
export function FirstDecision({ detail: { decision, account } }: { detail: DecisionDetail }) {
  const { t } = useTranslation('appeals')
  return (
    <>
      <Panel
        title={t('first.title')}
        side={
          <span className="sm t3">
            <DateTime at={decision.decidedAt} />
          </span>
        }
      >
        <DecisionFacts decision={decision} />
      </Panel>
      {decision.clause ? <ClauseThen clause={decision.clause} /> : null}
      <Panel title={t('first.account')}>
        <dl className={css.facts}>
          <Fact name={t('column.account')}>
            <span className="row6">
              <Link to="/accounts/$accountId" params={{ accountId: account.id }}>
                <bdi>{account.handle}</bdi>
              </Link>
              <PlatformTag platform={account.platform} />
            </span>
          </Fact>
          <Fact name={t('first.then')}>
            <StatusBadge status={decision.accountStatus} bare />
          </Fact>
          <Fact name={t('first.now')}>
            <StatusBadge status={account.status} bare />
          </Fact>
        </dl>
      </Panel>
    </>
  )
}

export function DecisionFacts({ decision }: { decision: DecisionRecord }) {
  const { t } = useTranslation('appeals')
  const nameOf = useNameOf()
  const { data: policies } = useQuery(policiesQuery)
  const { outcome, clause, exemption, measures, territory, rationale, decidedById, confirmedById } = decision
  const onPost = measures.find((measure) => measure.target === 'post')
  const onAccount = measures.find((measure) => measure.target === 'account')
  const cited = clause && policies?.get(clause.id)
  return (
    <dl className={css.facts}>
      <Fact name={t('first.outcome')}>
        <span className="row6 wrap">
          <OutcomeBadge outcome={outcome} postMeasure={onPost?.kind ?? null} bare />
          {onAccount ? <MeasureBadge measure={onAccount.kind} bare /> : null}
        </span>
      </Fact>
      {outcome === 'exempt' && onPost ? (
        <Fact name={t('ruling.post')}>
          {t(`post.${onPost.kind}`)}
          {onPost.by ? `, ${t(`by.${onPost.by}`)}` : ''}
        </Fact>
      ) : null}
      {clause ? (
        <Fact name={t('column.clause')}>
          <Link to="/policies/$policyId" params={{ policyId: clause.id }}>
            <b className="b num">{cited?.code ?? clause.id}</b> {cited?.shortName}, v{clause.version}
          </Link>
        </Fact>
      ) : null}
      {exemption ? <Fact name={t('first.exemption')}>{policies?.get(exemption)?.shortName ?? exemption}</Fact> : null}
      {territory.length > 0 ? <Fact name={t('first.territory')}>{territory.join(', ')}</Fact> : null}
      {rationale ? (
        <Fact name={t('first.rationale')}>
          <span dir="auto" className={css.said}>
            {rationale}
          </span>
        </Fact>
      ) : null}
      <Fact name={t('first.by')}>
        {nameOf(decidedById)}
        {confirmedById ? `, ${nameOf(confirmedById)}` : ''}
      </Fact>
    </dl>
  )
}

/** In the version that was applied, whatever it says now. */
function ClauseThen({ clause }: { clause: ClauseVersion }) {
  const { t } = useTranslation('appeals')
  const { data: policies } = useQuery(policiesQuery)
  const policy = policies?.get(clause.id)
  const version = [policy?.current, ...(policy?.earlier ?? [])].find((each) => each?.version === clause.version)
  if (!version) return null
  const now = policy?.current.version ?? clause.version
  return (
    <Panel
      title={t('first.clauseText')}
      side={
        <span className="sm t3 num">
          v{version.version}
          {now !== clause.version ? ` (${t('first.older', { version: now })})` : ''}
        </span>
      }
    >
      <p className="b">{version.label}</p>
      <p className="t2">{version.description}</p>
    </Panel>
  )
}
