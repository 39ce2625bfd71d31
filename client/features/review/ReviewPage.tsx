import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Activity, memo, type ReactNode, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { Desk } from './desk/Desk.tsx'
import { DeskSkeleton } from './desk/DeskSkeleton.tsx'
import { QueueName } from './desk/QueueName.tsx'
import { useLease } from './desk/use-lease.ts'
import { useNext } from './desk/use-next.ts'
import { endTen, isTenDone, openAhead, startTen, takeFirst, useAhead } from './flow/ahead.ts'
import css from './flow/flow.module.css'
import { NothingLeft } from './flow/NothingLeft.tsx'
import { Strip } from './flow/Strip.tsx'
import { useShownReview } from './flow/shown.ts'
import { useDesk } from './flow/use-desk.ts'
import { useLaidOut } from './flow/use-laid-out.ts'
import { listOf, type QueueSearch, readQueueSearch } from './queue.search.ts'
import { findMine, reviewQuery } from './review.queries.ts'

const route = getRouteApi('/shell/reviews/$reviewId')

/** The desk. `next` in place of an id opens the review in hand, or else takes one. */
export function ReviewPage() {
  const { reviewId: addressed } = route.useParams()
  const search = JSON.stringify(listOf(readQueueSearch(route.useSearch())))
  const list = useMemo(() => JSON.parse(search) as QueueSearch, [search])
  const reviewId = useShownReview(addressed)
  const { isWorking } = useDesk(list, reviewId)
  return (
    <div className={css.screen}>
      {reviewId === 'next' ? <NextOne list={list} /> : <Reviews shown={reviewId as ReviewId} list={list} />}
      <Strip list={list} shown={reviewId} isWorking={isWorking} />
    </div>
  )
}

/** The review on the desk and, out of sight, the next one: drawn while there is time, so that going on only uncovers it. */
function Reviews({ shown, list }: { shown: ReviewId; list: QueueSearch }) {
  const next = useAhead(({ ids }) => ids[0])
  const { data } = useQuery(reviewQuery(shown))
  const desks = useLaidOut(`${shown} ${next}`)
  return (
    <>
      {data ? <QueueName queueId={data.review.queueId} placement={data.placement} /> : null}
      <div className={css.desks} ref={desks}>
        {[shown, ...(next && next !== shown ? [next] : [])].map((reviewId) => (
          <Activity key={reviewId} mode={reviewId === shown ? 'visible' : 'hidden'}>
            <Layer isShown={reviewId === shown}>
              <OneReview reviewId={reviewId} list={list} />
            </Layer>
          </Activity>
        ))}
      </div>
    </>
  )
}

/** Where a review is drawn: the one on the desk, or the next one behind it, unseen and out of reach. */
function Layer({ isShown, children }: { isShown: boolean; children: ReactNode }) {
  return (
    <div className={css.layer} inert={!isShown} {...(!isShown && { style: covered })}>
      {children}
    </div>
  )
}
const covered = { visibility: 'hidden' } as const

const OneReview = memo(function OneReview({ reviewId, list }: { reviewId: ReviewId; list: QueueSearch }) {
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
})

function NextOne({ list }: { list: QueueSearch }) {
  const { t } = useTranslation('review')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  /** Why there is nothing to show. */
  const [end, setEnd] = useState<'list' | 'ten' | null>(() => (isTenDone() ? 'ten' : null))
  usePageTitle(t('title'))

  async function open() {
    setError(null)
    setEnd(null)
    try {
      openAhead(list)
      const reviewId = (await findMine()) ?? (await takeFirst(queryClient, list))
      if (!reviewId) return setEnd('list')
      await navigate({ to: '/reviews/$reviewId', params: { reviewId }, search: list, replace: true })
    } catch (err) {
      setError(err)
    }
  }
  function takeTen() {
    startTen()
    void open()
  }
  const start = useEffectEvent(() => {
    if (end === null) void open()
  })
  useEffect(() => start(), [])
  useKeys(end ? { takeTen } : {})

  if (end) {
    const goOn = () => {
      endTen()
      void open()
    }
    return <NothingLeft list={list} isTenDone={end === 'ten'} onGoOn={goOn} onTakeTen={takeTen} />
  }
  if (!error) return <DeskSkeleton />
  return (
    <ErrorState title={t('next.failed')} {...errorFacts(error)} kept={t('failed.kept')} onRetry={() => void open()} />
  )
}
