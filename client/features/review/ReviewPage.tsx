import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { Desk } from './desk/Desk.tsx'
import { DeskSkeleton } from './desk/DeskSkeleton.tsx'
import { useLease } from './desk/use-lease.ts'
import { useNext } from './desk/use-next.ts'
import { listOf, type QueueSearch, readQueueSearch } from './queue.search.ts'
import { findMine, reviewQuery } from './review.queries.ts'

const route = getRouteApi('/shell/reviews/$reviewId')

/** The desk. `next` in place of an id opens the review in hand, or else takes one. */
export function ReviewPage() {
  const { reviewId } = route.useParams()
  const list = listOf(readQueueSearch(route.useSearch()))
  if (reviewId === 'next') return <NextOne list={list} />
  return <OneReview key={reviewId} reviewId={reviewId as ReviewId} list={list} />
}

function OneReview({ reviewId, list }: { reviewId: ReviewId; list: QueueSearch }) {
  const { t } = useTranslation('review')
  const lease = useLease(reviewId)
  const next = useNext(list, [reviewId])
  const { data, error, refetch } = useQuery(reviewQuery(reviewId))
  usePageTitle(data?.review.reference ?? t('title'))
  // Also when it was read before: it has gone out of this person's sight.
  const isMissing = errorCode(error) === 'not_found'
  if (data && !isMissing) return <Desk detail={data} lease={lease} list={list} next={next} />
  if (!error) return <DeskSkeleton />
  const back = (
    <ButtonLink to="/queue" search={list}>
      {t('bar.back')}
    </ButtonLink>
  )
  if (isMissing) {
    return (
      <EmptyState icon={IconArrowLeft} title={t('missing.title')} action={back}>
        {t('missing.text')}
      </EmptyState>
    )
  }
  return (
    <ErrorState
      title={t('failed.title')}
      {...errorFacts(error)}
      kept={t('failed.kept')}
      onRetry={() => void refetch()}
      action={back}
    />
  )
}

function NextOne({ list }: { list: QueueSearch }) {
  const { t } = useTranslation('review')
  const navigate = useNavigate()
  const next = useNext(list, [])
  const [error, setError] = useState<unknown>(null)
  usePageTitle(t('title'))

  async function open() {
    setError(null)
    try {
      const reviewId = await findMine()
      if (!reviewId) return next.open()
      await navigate({ to: '/reviews/$reviewId', params: { reviewId }, search: list, replace: true })
    } catch (err) {
      setError(err)
    }
  }
  const start = useEffectEvent(() => void open())
  useEffect(() => start(), [])

  const failure = error ?? next.error
  if (!failure) return <DeskSkeleton />
  return (
    <ErrorState title={t('next.failed')} {...errorFacts(failure)} kept={t('failed.kept')} onRetry={() => void open()} />
  )
}
