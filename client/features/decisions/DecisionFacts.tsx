import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { CopyId } from '#client/ui/CopyId.tsx'
import { DeliveryLines } from '#client/ui/DeliveryLines.tsx'
import { useFormat } from '#client/ui/format.ts'
import { useJudging } from '#client/ui/judging.ts'
import { MeasureBadge, OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { PlatformTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { DecisionDetail } from '#shared/contract/decision-list.ts'
import type { ClauseVersion } from '#shared/contract/decisions.ts'
import type { SeenTranslation } from '#shared/contract/translations.ts'
import { accountMeasureOf, deliveryTone, postMeasureOf } from './decisions.columns.tsx'
import css from './decisions.module.css'

/** What was decided, by which words of the policy, and on whom. */
export function DecisionFacts({ detail: { decision, account } }: { detail: DecisionDetail }) {
  const { t } = useTranslation('decisions')
  const { t: ui } = useTranslation('ui')
  const { t: caption } = useTranslation('caption')
  const { t: judging } = useTranslation('judging')
  const { test: testWords, strikes: strikeWords } = useJudging()
  const nameOf = useNameOf()
  const { data: policies } = useQuery(policiesQuery)
  const { clause, exemption, furtherClauses, measures, territory, rationale, delivery, deliveries = [] } = decision
  const { exemptionTest: test, strikes, ladderReason, confirmedById } = decision
  const onAccount = accountMeasureOf(measures)
  const ends = measures.find((measure) => measure.target === 'account')?.endsAt
  return (
    <div className="col" style={{ gap: 12 }}>
      <Panel title={t('one.record')} side={<Badge tone={deliveryTone[delivery]}>{t(`delivery.${delivery}`)}</Badge>}>
        <dl className={css.facts}>
          <Fact name={t('one.outcome')}>
            <OutcomeBadge outcome={decision.outcome} postMeasure={postMeasureOf(measures)} bare />
          </Fact>
          {clause ? (
            <Fact name={t('one.clause')}>
              <Clause clause={clause} />
            </Fact>
          ) : null}
          {furtherClauses.length > 0 ? (
            <Fact name={t('one.further')}>
              {furtherClauses.map((further) => (
                <span key={further.id} className={css.further}>
                  <Clause clause={further} />
                </span>
              ))}
            </Fact>
          ) : null}
          {exemption ? <Fact name={t('one.exemption')}>{policies?.get(exemption)?.shortName ?? exemption}</Fact> : null}
          {test ? (
            <Fact name={judging('test.title')}>
              {testWords(test)}
              {test.text ? (
                <p className="t2" dir="auto">
                  {test.text}
                </p>
              ) : null}
            </Fact>
          ) : null}
          {onAccount ? (
            <Fact name={t('one.onAccount')}>
              <MeasureBadge measure={onAccount} bare />{' '}
              {ends ? (
                <span className="t3">
                  {t('one.until')} <DateTime at={ends} form="date" />
                </span>
              ) : null}
            </Fact>
          ) : null}
          {measures.length > 0 ? (
            <Fact name={t('one.territory')}>{territory.length > 0 ? territory.join(', ') : t('one.everywhere')}</Fact>
          ) : null}
          {strikes?.step ? (
            <Fact name={judging('ladder.said')}>
              {strikeWords(strikes, policies?.get(clause?.id ?? '')?.code ?? '')}
              {ladderReason ? (
                <p className="t2" dir="auto">
                  {judging('ladder.differs', { reason: ladderReason })}
                </p>
              ) : null}
            </Fact>
          ) : null}
          {rationale ? (
            <Fact name={t('one.rationale')}>
              <span dir="auto" className={css.rationale}>
                {rationale}
              </span>
            </Fact>
          ) : null}
          {decision.message ? (
            <Fact name={t('one.message')}>
              <p dir="auto" lang={decision.message.language} className={css.rationale}>
                {decision.message.text}
              </p>
            </Fact>
          ) : null}
          {decision.translations?.length ? (
            <Fact name={caption('seen')}>
              <SeenTranslations seen={decision.translations} />
            </Fact>
          ) : null}
          {deliveries.length > 0 ? (
            <Fact name={ui('sent.to')}>
              <DeliveryLines deliveries={deliveries} />
            </Fact>
          ) : null}
          <Fact name={t('one.by')}>{nameOf(decision.decidedById)}</Fact>
          {confirmedById ? <Fact name={judging('by.confirmed')}>{nameOf(confirmedById)}</Fact> : null}
          <Fact name={t('one.when')}>
            <DateTime at={decision.decidedAt} />
          </Fact>
        </dl>
      </Panel>
      {clause ? <ClauseText clause={clause} /> : null}
      <Panel title={t('one.account')}>
        <dl className={css.facts}>
          <Fact name={t('column.account')}>
            <span className="row6">
              <Link to="/accounts/$accountId" params={{ accountId: account.id }}>
                <bdi>{account.handle}</bdi>
              </Link>
              <PlatformTag platform={account.platform} />
            </span>
          </Fact>
          <Fact name={t('one.statusThen')}>
            <StatusBadge status={decision.accountStatus} bare />
          </Fact>
          <Fact name={t('one.statusNow')}>
            <StatusBadge status={account.status} bare />
          </Fact>
        </dl>
      </Panel>
    </div>
  )
}

/** With the hash of each, by which what was seen can be proved. */
function SeenTranslations({ seen }: { seen: readonly SeenTranslation[] }) {
  const { t } = useTranslation('caption')
  const format = useFormat()
  return (
    <ul>
      {seen.map(({ id, language, translator, isMachine, sha256 }) => (
        <li key={id}>
          {t(isMachine ? 'by.machine' : 'by.person', { language: format.language(language) })} <bdi>{translator}</bdi>{' '}
          <CopyId id={sha256} shown={`${sha256.slice(0, 12)}…`} />
        </li>
      ))}
    </ul>
  )
}

function Clause({ clause }: { clause: ClauseVersion }) {
  const { data: policies } = useQuery(policiesQuery)
  const cited = policies?.get(clause.id)
  return (
    <Link to="/policies/$policyId" params={{ policyId: clause.id }}>
      <b className="b num">{cited?.code ?? clause.id}</b> {cited?.shortName}, v{clause.version}
    </Link>
  )
}

/** In the version that was applied, whatever it says now. */
function ClauseText({ clause }: { clause: ClauseVersion }) {
  const { t } = useTranslation('decisions')
  const { data: policies } = useQuery(policiesQuery)
  const policy = policies?.get(clause.id)
  const version = [policy?.current, ...(policy?.earlier ?? [])].find((each) => each?.version === clause.version)
  if (!version) return null
  return (
    <Panel title={t('one.clauseText')} side={<span className="sm t3 num">v{version.version}</span>}>
      <p className="b">{version.label}</p>
      <p className="t2">{version.description}</p>
    </Panel>
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
