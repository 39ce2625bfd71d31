import { IconBook2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { Policy } from '#shared/contract/policies.ts'
import { PolicyArticle } from './PolicyArticle.tsx'
import { PolicySide } from './PolicySide.tsx'
import { PolicyTree } from './PolicyTree.tsx'
import css from './policies.module.css'
import { Reasons } from './reasons/Reasons.tsx'

/** The policy as it is in force, to read. Without a clause in the address the first one is open. */
export function PoliciesPage() {
  const { t } = useTranslation('policies')
  const { policyId } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(policiesQuery)
  const policies = data ? [...data.values()] : []
  const open = policyId ? data?.get(policyId) : policies[0]
  usePageTitle(open ? `${open.code} ${open.shortName}` : t('title'))

  if (error && !data) {
    return <ErrorState heading="h1" title={t('failed.title')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  if (!data) return <SkeletonText lines={8} />
  return (
    <div className={css.split}>
      <PolicyTree policies={policies} openId={open?.id} />
      {open ? <OnePolicy key={open.id} policy={open} /> : <NoSuchClause />}
    </div>
  )
}

function OnePolicy({ policy }: { policy: Policy }) {
  return (
    <>
      <div className={css.main}>
        <PolicyArticle policy={policy} />
        <div className={css.reasons}>
          <Reasons policyId={policy.id} />
        </div>
      </div>
      <PolicySide policy={policy} />
    </>
  )
}

function NoSuchClause() {
  const { t } = useTranslation('policies')
  return (
    <EmptyState
      icon={IconBook2}
      title={t('missing.title')}
      action={<ButtonLink to="/policies">{t('missing.action')}</ButtonLink>}
    >
      {t('missing.text')}
    </EmptyState>
  )
}
