import { IconDice5 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { DataTable } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink, Drill } from '#client/ui/links.tsx'
import { OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { Fate, getSample, RereviewResult } from '#shared/contract/rereviews.ts'
import { PolicyText } from '../PolicyText.tsx'
import page from '../policies.module.css'
import { sampleQuery } from '../policies.queries.ts'
import { Judge } from './Judge.tsx'
import css from './rereviews.module.css'
import { ShareWords } from './SamplePanel.tsx'

type Props = { sampleId: string; onUnder: (policyId: string) => void }
type Sample = z.output<typeof getSample.reply>

/** One sample: the next post to judge, what was judged, and the wording it is judged under. */
export function SamplePage({ sampleId, onUnder }: Props) {
  const { t } = useTranslation('rereview')
  const { data, error, refetch } = useQuery(sampleQuery(sampleId))
  const { data: policies } = useQuery(policiesQuery)
  const policyId = data?.policyId
  const policy = policyId ? policies?.get(policyId) : undefined
  usePageTitle(policy ? t('page.title', { code: policy.code }) : t('title'))
  useEffect(() => {
    if (policyId) onUnder(policyId)
  }, [policyId, onUnder])
  if (data) return <One sample={data} kind={policy?.kind ?? 'clause'} code={policy?.code ?? ''} />
  if (!error) return <SkeletonText lines={8} />
  if (errorCode(error) === 'not_found' || errorCode(error) === 'invalid_request') {
    return (
      <EmptyState
        heading="h1"
        icon={IconDice5}
        title={t('page.missing')}
        action={<ButtonLink to="/policies">{t('page.back')}</ButtonLink>}
      >
        {t('page.missingText')}
      </EmptyState>
    )
  }
  return <ErrorState heading="h1" title={t('page.failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
}

type OneProps = { sample: Sample; kind: 'clause' | 'exemption'; code: string }

function One({ sample, kind, code }: OneProps) {
  const { t } = useTranslation('rereview')
  const format = useFormat()
  const mayAnswer = useMay('rereview.answer')
  const under =
    sample.draftId === null
      ? t('page.under.version', { version: sample.version ?? 1 })
      : t('page.under.draft', { day: format.date(sample.drawnAt, 'short') })
  return (
    <>
      <div className={page.main}>
        <div className={css.page}>
          <div className="row wrap">
            <h1>{t('page.title', { code })}</h1>
            <span className="t3 sm">{under}</span>
            <span className="push">
              <ButtonLink to="/policies/$policyId" params={{ policyId: sample.policyId }}>
                {t('page.back')}
              </ButtonLink>
            </span>
          </div>
          {mayAnswer ? <Judge sample={sample} /> : null}
          <Results results={sample.results} />
        </div>
      </div>
      <div className={page.side}>
        <Figures sample={sample} />
        <Panel title={t('page.wording')}>
          <div className={css.wording}>
            <h3 dir="auto">{sample.content.label}</h3>
            <PolicyText kind={kind} now={sample.content} before={null} />
          </div>
        </Panel>
      </div>
    </>
  )
}

function Figures({ sample }: { sample: Sample }) {
  const { t } = useTranslation('rereview')
  const format = useFormat()
  const rows = [
    ['judged', `${format.number(sample.answered)} / ${format.number(sample.size)}`],
    ['changed', format.number(sample.changed)],
    ['population', format.number(sample.population)],
  ] as const
  return (
    <Panel title={t('page.figures')}>
      <dl className="col sm" style={{ gap: 6 }}>
        {rows.map(([name, value]) => (
          <div key={name} className="row">
            <dt className="t3 grow">{t(`figure.${name}`)}</dt>
            <dd className="b num">{value}</dd>
          </div>
        ))}
        <div className="row">
          <dt className="t3 grow">{t('figure.share')}</dt>
          <dd className="num">
            <ShareWords sample={sample} />
          </dd>
        </div>
      </dl>
      <p className="xs t3" style={{ marginBlockStart: 8 }}>
        {t('page.seed', { seed: sample.seed })}
      </p>
    </Panel>
  )
}

const Outcome = ({ fate: { outcome, postMeasure } }: { fate: Fate }) => (
  <OutcomeBadge outcome={outcome} postMeasure={outcome === 'violation' ? postMeasure : null} bare />
)

function Results({ results }: { results: readonly RereviewResult[] }) {
  const { t } = useTranslation('rereview')
  const nameOf = useNameOf()
  const format = useFormat()
  if (results.length === 0) return <p className="sm t3">{t('page.noResults')}</p>
  return (
    <section className={css.results}>
      <h2>{t('page.results')}</h2>
      <DataTable
        label={t('page.results')}
        rows={results}
        rowId={({ decisionId }) => decisionId}
        columns={[
          {
            id: 'review',
            header: t('column.review'),
            cell: ({ decisionId, reviewReference }) => (
              <Drill to="/decisions/$decisionId" params={{ decisionId }}>
                {reviewReference}
              </Drill>
            ),
          },
          { id: 'first', header: t('column.first'), cell: ({ first }) => <Outcome fate={first} /> },
          { id: 'now', header: t('column.now'), cell: ({ now }) => <Outcome fate={now} /> },
          {
            id: 'change',
            header: t('column.change'),
            cell: ({ isChanged }) => (
              <span className={isChanged ? 'warn b' : 't3'}>{t(isChanged ? 'result.changed' : 'result.same')}</span>
            ),
          },
          {
            id: 'by',
            header: t('column.by'),
            cell: ({ answeredById, answeredAt }) =>
              t('result.firstBy', { name: nameOf(answeredById), day: format.date(answeredAt, 'day') }),
          },
          {
            id: 'why',
            header: t('column.why'),
            cell: ({ rationale }) => (
              <span dir="auto" title={rationale}>
                {rationale}
              </span>
            ),
            isWide: true,
          },
        ]}
      />
    </section>
  )
}
