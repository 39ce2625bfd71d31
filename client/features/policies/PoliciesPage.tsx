import { IconBook2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { Policy } from '#shared/contract/policies.ts'
import { DraftPage } from './drafts/DraftPage.tsx'
import { PolicyArticle } from './PolicyArticle.tsx'
import { PolicySide } from './PolicySide.tsx'
import { PolicyTree } from './PolicyTree.tsx'
import css from './policies.module.css'
import { Reasons } from './reasons/Reasons.tsx'
import { SamplePage } from './rereviews/SamplePage.tsx'

/** The policy: a clause as it is in force, a draft of one, or a sample judged again. Without any the first clause is open. */
export function PoliciesPage() {
  const { t } = useTranslation('policies')
  const { policyId, draftId, sampleId } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(policiesQuery)
  // Of a draft or a sample: which clause it is of is known when it was read.
  const [under, setUnder] = useState<string>()

  if (error && !data) {
    return <ErrorState heading="h1" title={t('failed.title')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  if (!data) return <SkeletonText lines={8} />
  const policies = [...data.values()]
  const open = policyId ? data.get(policyId) : policies[0]
  const isClause = draftId === undefined && sampleId === undefined
  return (
    <div className={css.split}>
      <PolicyTree policies={policies} openId={isClause ? open?.id : under} />
      {draftId ? (
        <DraftPage key={draftId} draftId={draftId} onUnder={setUnder} />
      ) : sampleId ? (
        <SamplePage key={sampleId} sampleId={sampleId} onUnder={setUnder} />
      ) : open ? (
        <OnePolicy key={open.id} policy={open} />
      ) : (
        <NoSuchClause />
      )}
    </div>
  )
}

function OnePolicy({ policy }: { policy: Policy }) {
  usePageTitle(`${policy.code} ${policy.shortName}`)
  const [wanted, setWanted] = useState<number | null>(null)
  const shown = policy.earlier.find(({ version }) => version === wanted) ?? policy.current
  return (
    <>
      <div className={css.main}>
        <PolicyArticle key={shown.version} policy={policy} shown={shown} />
        <div className={css.reasons}>
          <Reasons policyId={policy.id} />
        </div>
      </div>
      <PolicySide policy={policy} shown={shown.version} onShow={setWanted} />
    </>
  )
}

function NoSuchClause() {
  const { t } = useTranslation('policies')
  usePageTitle(t('title'))
  return (
    <EmptyState
      heading="h1"
      icon={IconBook2}
      title={t('missing.title')}
      action={<ButtonLink to="/policies">{t('missing.action')}</ButtonLink>}
    >
      {t('missing.text')}
    </EmptyState>
  )
}
