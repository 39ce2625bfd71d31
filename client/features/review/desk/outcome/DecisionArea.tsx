import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import type { ReviewDetail, Snapshot } from '#shared/contract/reviews.ts'
import { drop, sendDecision, useSending } from '../../flow/sending.ts'
import { keepDraft, useReviewStore } from '../../review.store.ts'
import { DecisionPanel } from '../decision/DecisionPanel.tsx'
import css from '../decision/decision.module.css'
import { blankDraft, changeDraft, inputOf, isBlank, type Policies } from '../decision/decision-draft.ts'
import { useLadderGround } from '../decision/ladder.ts'
import { SendFailure } from '../decision/SendFailure.tsx'
import { seenTranslations } from '../post/translation/translation.store.ts'
import { NotOffered, notOffered } from '../turns/NotOffered.tsx'
import type { LeaseHandle } from '../use-lease.ts'
import type { NextReview } from '../use-next.ts'
import { ClosedUndecided, isClosedUndecided } from './ClosedUndecided.tsx'
import { ConfirmingArea } from './ConfirmingArea.tsx'
import { Conflict } from './Conflict.tsx'
import { DecidedArea } from './DecidedArea.tsx'
import { choosePanel } from './panel-choice.ts'
import { SnapshotChange } from './SnapshotChange.tsx'

type Props = {
  detail: ReviewDetail
  seen: Snapshot
  onSeeAgain: () => void
  lease: LeaseHandle
  policies: Policies
  suspected: readonly string[]
  next: NextReview
  onPolicyText: () => void
  back: ReactNode
}

/** The place where a review is decided, and whatever came in its way. Render with a key: the clock starts here. */
export function DecisionArea({
  detail,
  seen,
  onSeeAgain,
  lease,
  policies,
  suspected,
  next,
  onPolicyText,
  back,
}: Props) {
  const { t } = useTranslation('review')
  const { review } = detail
  const reviewId = review.id
  const [blank] = useState(blankDraft)
  const shownAt = useRef(0)
  // Drawn before it was shown: the clock starts when it comes into sight.
  useEffect(() => {
    shownAt.current = performance.now()
  }, [])
  /** Asked for before the claim was answered: sent as soon as it is. */
  const [waiting, setWaiting] = useState<'next' | 'stay' | null>(null)
  const draft = useReviewStore((state) => state.drafts[reviewId]) ?? blank
  const { data: people } = useQuery(peopleQuery)
  const sent = useSending(({ list }) => list.find((each) => each.reviewId === reviewId))?.stage
  const isUnderWay = sent?.kind === 'waiting' || sent?.kind === 'late'
  const queryClient = useQueryClient()
  const mayDecide = useMay('review.decide')

  async function submit(then: 'next' | 'stay') {
    if (lease.state.kind !== 'held') return setWaiting(then)
    setWaiting(null)
    const version = Math.max(lease.state.version, detail.review.version)
    const handlingMs = Math.round(performance.now() - shownAt.current)
    const onScreen = { version, snapshotId: seen.id, handlingMs }
    const input = { ...inputOf(draft, policies, onScreen), ...seenTranslations(reviewId) }
    // The one that waits is shown in this very stroke; the answer comes behind it.
    const isBehind = then === 'next' && next.hasOne()
    const stage = sendDecision(queryClient, { detail, draft, input, isBehind })
    if (isBehind) return void next.goOn()
    if ((await stage).kind === 'accepted' && then === 'next') next.open()
    return undefined
  }

  const sendWaiting = useEffectEvent(() => waiting && void submit(waiting))
  const leaseKind = lease.state.kind
  useEffect(() => {
    if (leaseKind === 'held') sendWaiting()
    if (leaseKind !== 'held' && leaseKind !== 'claiming') setWaiting(null)
  }, [leaseKind])

  function again() {
    drop(reviewId)
    if (lease.state.kind !== 'held' || panel.kind === 'conflict') void lease.claim()
  }

  const ladder = useLadderGround(detail)
  useClaimAgain(review.state, lease)

  const notice = next.isError ? t('next.notTaken') : null
  const decided = { detail, policies, suspected, onPolicyText, notice, back }
  // What was read since may say that it is open again.
  const isStanding = sent?.kind === 'accepted' && (review.state === 'decided' || review.version <= sent.version)
  if (isStanding && !next.isPending) {
    return <DecidedArea {...decided} decision={sent.decision} onNext={next.open} />
  }
  const [newest] = detail.proposals ?? []
  const waits = sent?.kind === 'proposed' && review.version < sent.version ? sent.proposal : newest
  if (waits && waits.end === null && (review.state === 'confirming' || waits !== newest) && !next.isPending) {
    const onNext = mayDecide ? next.open : null
    return <ConfirmingArea key={waits.id} {...{ detail, policies, notice, back, seen, onNext }} proposal={waits} />
  }
  const refusal = sent?.kind === 'refused' ? sent.error : null
  const panel = choosePanel({ detail, seen, lease: lease.state, refusal, hasDraft: !isBlank(draft) })
  switch (panel.kind) {
    case 'decided':
      if (isClosedUndecided(detail))
        return <ClosedUndecided detail={detail} onNext={leaseKind === 'reading' ? null : next.open} />
      return panel.decision ? (
        <DecidedArea {...decided} decision={panel.decision} onNext={leaseKind === 'reading' ? null : next.open} />
      ) : (
        <section className={css.record} aria-label={t('record.title')} aria-busy />
      )
    case 'conflict':
      return (
        <Conflict
          code={panel.code}
          conflict={panel.conflict}
          at={panel.at}
          record={detail.decisions[0] ?? null}
          nameOf={(id) => people?.get(id)?.name ?? id}
          draft={draft}
          policies={policies}
          onNext={next.open}
          onAgain={again}
          notice={notice}
          back={back}
        />
      )
    case 'changed':
      return (
        <SnapshotChange
          seen={seen}
          now={detail.snapshot}
          onAgain={() => {
            drop(reviewId)
            onSeeAgain()
          }}
        />
      )
    case 'claim_failed': {
      const code = notOffered(panel.error)
      if (code) return <NotOffered {...{ code, detail, notice, back }} onNext={next.open} onAgain={again} />
      return (
        <section className={css.conflict} role="alert" aria-label={t('claim.failed')}>
          <b className="b">{t('claim.failed')}</b>
          <SendFailure error={panel.error} />
          <div className="row">
            <Button className="grow" variant="filled" h={34} onClick={again}>
              {t('claim.again')}
            </Button>
            {back}
          </div>
        </section>
      )
    }
    case 'reading':
      return (
        <section className={css.record} aria-label={t('decide.title')}>
          <h2>{t('reading.title')}</h2>
          <p className="sm t2">{t('reading.text')}</p>
          <div className="row">{back}</div>
        </section>
      )
    case 'form':
      return (
        <DecisionPanel
          review={detail.review}
          draft={draft}
          policies={policies}
          suspected={suspected}
          hasPost={detail.post !== null}
          ladder={ladder}
          isSending={isUnderWay || next.isPending || waiting !== null}
          failure={refusal}
          onChange={(change) =>
            keepDraft(reviewId, changeDraft(useReviewStore.getState().drafts[reviewId] ?? blank, change))
          }
          onSubmit={submit}
          onPolicyText={onPolicyText}
        />
      )
  }
}

/** What waited for a second person and was refused or taken back is anybody’s again: whoever looks at it takes it. */
function useClaimAgain(state: ReviewDetail['review']['state'], lease: LeaseHandle) {
  const before = useRef(state)
  const mayDecide = useMay('review.decide')
  const claim = useEffectEvent(() => void lease.claim())
  useEffect(() => {
    if (before.current === 'confirming' && (state === 'open' || state === 'escalated') && mayDecide) claim()
    before.current = state
  }, [state, mayDecide])
}
