import { IconArrowLeft, IconScale } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { AppealBadge } from '#client/ui/AppealBadge.tsx'
import { Due } from '#client/ui/Due.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { AppealDetail } from '#shared/contract/appeals.ts'
import css from './appeals.module.css'
import { appealQuery, useLiveAppeal } from './appeals.queries.ts'
import { FirstDecision } from './FirstDecision.tsx'
import { Hearing } from './hear/Hearing.tsx'
import { FlagsThen, NotesThen, SeenThen } from './Then.tsx'
import { WhatIsSaid } from './WhatIsSaid.tsx'

/** One appeal: what is asked, what was decided and on what, and the ways to answer it. */
export function AppealPage() {
  const { t } = useTranslation('appeals')
  const { appealId = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(appealQuery(appealId))
  usePageTitle(data ? t('one.title', { reference: data.reference }) : t('title'))
  const back = <ButtonLink to="/appeals">{t('one.back')}</ButtonLink>
  if (data) return <One key={data.id} appeal={data} />
  if (!error) return <SkeletonText lines={8} />
  if (errorCode(error) === 'not_found' || errorCode(error) === 'invalid_request') {
    return (
      <EmptyState heading="h1" icon={IconScale} title={t('one.missing')} action={back}>
        {t('one.missingText')}
      </EmptyState>
    )
  }
  return (
    <ErrorState
      heading="h1"
      title={t('one.failed')}
      {...errorFacts(error)}
      onRetry={() => void refetch()}
      action={back}
    />
  )
}

function One({ appeal }: { appeal: AppealDetail }) {
  const { t } = useTranslation('appeals')
  useLiveAppeal(appeal.id)
  const { first } = appeal
  return (
    <div className={css.page}>
      <header className="row wrap">
        <ButtonLink to="/appeals" leftSection={<IconArrowLeft size={14} className="flip" aria-hidden />}>
          {t('one.back')}
        </ButtonLink>
        <h1>{t('one.title', { reference: appeal.reference })}</h1>
        <AppealBadge state={appeal.state} outcome={appeal.outcome} />
        {appeal.state === 'waiting' ? (
          <span className="row6 sm t3">
            {t('one.due')} <Due at={appeal.dueAt} />
          </span>
        ) : null}
        <span className="push row6">
          <ButtonLink to="/decisions/$decisionId" params={{ decisionId: appeal.decision.id }}>
            {t('one.openDecision')}
          </ButtonLink>
          <ButtonLink to="/reviews/$reviewId" params={{ reviewId: appeal.review.id }}>
            {t('one.openReview')}
          </ButtonLink>
        </span>
      </header>
      <div className={css.cols}>
        <div className="col" style={{ gap: 12 }}>
          <WhatIsSaid appeal={appeal} />
          <SeenThen detail={first} />
          <FlagsThen flags={first.flags} />
          <NotesThen detail={first} />
        </div>
        <div className={css.side}>
          <Hearing appeal={appeal} />
          <FirstDecision detail={first} />
        </div>
      </div>
    </div>
  )
}
