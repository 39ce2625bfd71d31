import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useViewing } from '#client/api/presence.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { announce } from '#client/ui/announce.tsx'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { readPlace } from '../flow/Place.tsx'
import type { QueueSearch } from '../queue.search.ts'
import { useReviewStore } from '../review.store.ts'
import { suspectedOf } from './decision/clause-options.ts'
import decisionCss from './decision/decision.module.css'
import { noViolation, type Policies } from './decision/decision-draft.ts'
import { PolicyText } from './decision/PolicyText.tsx'
import css from './desk.module.css'
import { ItemBar } from './ItemBar.tsx'
import { Legend } from './Legend.tsx'
import { MediaPane } from './media/MediaPane.tsx'
import { Notes } from './notes/Notes.tsx'
import { DecisionArea } from './outcome/DecisionArea.tsx'
import { Capture } from './post/Capture.tsx'
import { PostText } from './post/PostText.tsx'
import { useTranslated } from './post/translation/use-translated.ts'
import { WhyFlagged } from './post/WhyFlagged.tsx'
import { SafetyMenu } from './safety/SafetyMenu.tsx'
import { ThreatNote } from './safety/ThreatNote.tsx'
import { Standing } from './standing/Standing.tsx'
import { TurnActs } from './turns/TurnActs.tsx'
import { TurnStrip } from './turns/TurnStrip.tsx'
import { useNoticeLoss } from './turns/use-notice-loss.ts'
import type { LeaseHandle } from './use-lease.ts'
import type { NextReview } from './use-next.ts'

type Props = { detail: ReviewDetail; lease: LeaseHandle; list: QueueSearch; next: NextReview }

const noPolicies: Policies = new Map()

/** Post, person, reason and decision on one screen. What is read stays as it was opened until the reviewer looks again. */
export function Desk({ detail, lease, list, next }: Props) {
  const { t } = useTranslation('review')
  const { review } = detail
  const { data: policies = noPolicies, isError, refetch } = useQuery(policiesQuery)
  const [seen, setSeen] = useState(detail.snapshot)
  const [at, setAt] = useState(0)
  const [isReadingPolicy, setReadingPolicy] = useState(false)
  const start = useRef<HTMLElement>(null)
  // Only files' own states move by themselves: a preview that was being made is ready.
  const snapshot = seen.id === detail.snapshot.id ? detail.snapshot : seen
  const hasMedia = snapshot.media.length > 0
  const suspected = suspectedOf(review.policy, detail.flags)

  const translated = useTranslated(detail, snapshot)
  const { post, otherSnapshot: other, account } = detail
  const text = { post, snapshot, other, at, name: account.displayName, q: list.q, translated }

  useArrival(detail, list, start)
  // It was drawn before it was shown: what it says now is what is seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the review comes into sight
  useLayoutEffect(() => setSeen(detail.snapshot), [])
  useViewing(review.id)
  useNoticeLoss(detail, lease)

  return (
    <div className={css.desk} data-media={hasMedia || undefined}>
      <ItemBar
        review={review}
        lease={lease}
        list={list}
        safety={
          <>
            <TurnActs detail={detail} lease={lease} next={next} />
            <SafetyMenu review={review} file={snapshot.media[at]} lease={lease} next={next} />
          </>
        }
      />
      {hasMedia ? (
        <MediaPane
          key={snapshot.id}
          ref={start}
          reviewId={review.id}
          snapshot={snapshot}
          policyId={review.policy}
          at={Math.min(at, snapshot.media.length - 1)}
          onAt={setAt}
          isLost={lease.state.kind === 'lost' || lease.state.kind === 'refused'}
        />
      ) : (
        <PostText ref={start} {...text} isWide />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard */}
      <section className={css.text} tabIndex={0} aria-label={t('bar.textPane')}>
        <TurnStrip detail={detail} />
        <ThreatNote review={review} />
        {hasMedia ? <PostText {...text} /> : null}
        <WhyFlagged detail={detail} />
        <Notes detail={detail} />
        {hasMedia ? <Capture post={detail.post} snapshot={snapshot} /> : null}
      </section>
      <aside className={css.aside} aria-label={t('bar.aside')}>
        <Standing detail={detail} />
        {isReadingPolicy ? (
          <PolicyInHand
            reviewId={review.id}
            policies={policies}
            suspected={suspected}
            onClose={() => setReadingPolicy(false)}
          />
        ) : null}
        {isError && policies === noPolicies ? (
          <PoliciesFailed onRetry={() => void refetch()} />
        ) : (
          <DecisionArea
            detail={detail}
            seen={seen}
            onSeeAgain={() => setSeen(detail.snapshot)}
            lease={lease}
            policies={policies}
            suspected={suspected}
            next={next}
            onPolicyText={() => setReadingPolicy(!isReadingPolicy)}
            back={
              <ButtonLink to="/queue" search={list} h={34}>
                {t('bar.back')}
              </ButtonLink>
            }
          />
        )}
      </aside>
      <Legend
        hasMedia={hasMedia}
        isDeciding={review.state !== 'decided' && (lease.state.kind === 'held' || lease.state.kind === 'claiming')}
      />
    </div>
  )
}

/** Without them nothing can be decided; what was typed is kept. */
function PoliciesFailed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation('review')
  return (
    <section className={decisionCss.conflict} role="alert">
      <b className="b">{t('policies.failed')}</b>
      <p className="sm t2">{t('failed.kept')}</p>
      <Button variant="filled" onClick={onRetry}>
        {t('policies.again')}
      </Button>
    </section>
  )
}

type InHandProps = { reviewId: string; policies: Policies; suspected: readonly string[]; onClose: () => void }

/** Follows the clause that is chosen, or else the first suspected one. */
function PolicyInHand({ reviewId, policies, suspected, onClose }: InHandProps) {
  const draft = useReviewStore((state) => state.drafts[reviewId])
  const clause = draft?.clause && draft.clause !== noViolation ? draft.clause : suspected[0]
  return (
    <PolicyText
      policy={policies.get(clause ?? '') ?? null}
      exemption={policies.get(draft?.exemption ?? '') ?? null}
      onClose={onClose}
    />
  )
}

/** On opening a review the focus goes to what was published, and screen readers hear what it is. */
function useArrival(
  { review, account, post }: ReviewDetail,
  list: QueueSearch,
  start: { current: HTMLElement | null },
) {
  const { t } = useTranslation('review')
  const { t: ui } = useTranslation('ui')
  const { t: flow } = useTranslation('flow')
  const format = useFormat()
  const queryClient = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the review is opened
  useEffect(() => {
    start.current?.focus({ preventScroll: true })
    const left = Date.parse(review.dueAt) - Date.now()
    const due = ui(left < 0 ? 'time.over' : 'time.left', { t: format.span(left) })
    const status = [account.isNew ? ui('status.new') : null, ui(`status.${account.status}`)].filter(Boolean).join(', ')
    const kind = post ? 'post' : 'account'
    const said = { reference: review.reference, handle: account.handle, status, due }
    const place = readPlace(queryClient, list)
    const hasOrder = review.sources.includes('removal_order')
    announce(place ? flow(`arrival.${hasOrder ? 'order' : kind}`, { ...place, ...said }) : t(`arrival.${kind}`, said))
  }, [])
}
