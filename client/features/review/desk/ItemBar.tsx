import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconGavel, IconLock } from '@tabler/icons-react'
import { createLink } from '@tanstack/react-router'
import { type ComponentProps, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { CopyId } from '#client/ui/CopyId.tsx'
import { Countdown } from '#client/ui/Countdown.tsx'
import { clockText, useClock, useSecondsLeft } from '#client/ui/clock.ts'
import { Due } from '#client/ui/Due.tsx'
import { Priority } from '#client/ui/Priority.tsx'
import { StateBadge } from '#client/ui/StateBadge.tsx'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import { Place } from '../flow/Place.tsx'
import { usePriorityTerms } from '../priority-terms.ts'
import type { QueueSearch } from '../queue.search.ts'
import css from './desk.module.css'
import { LastDecision } from './LastDecision.tsx'
import { Viewers } from './turns/Viewers.tsx'
import type { LeaseHandle } from './use-lease.ts'

const Back = createLink(({ color: _, ...props }: ComponentProps<'a'>) => (
  <ActionIcon component="a" {...props}>
    <IconArrowLeft size={16} className="flip" aria-hidden />
  </ActionIcon>
))

type Props = { review: ReviewRow; lease: LeaseHandle; list: QueueSearch; safety: ReactNode }

/** Which review this is, whether it is mine, and how much time is left. */
export function ItemBar({ review, lease, list, safety }: Props) {
  const { t } = useTranslation('review')
  const terms = usePriorityTerms()
  const isWaiting = review.state !== 'decided'
  const isUndecided = !isWaiting && review.outcome === null
  const hasOrder = review.sources.includes('removal_order')
  return (
    <header className={css.bar}>
      <Back to="/queue" search={list} aria-label={t('bar.back')} title={t('bar.back')} />
      <h1>
        <CopyId id={review.reference} />
      </h1>
      <Place list={list} />
      {review.state === 'open' ? null : <StateBadge state={isUndecided ? 'undecided' : review.state} />}
      <LeaseSign lease={lease} />
      <Viewers
        reviewId={review.id}
        {...(lease.state.kind === 'refused' && { exceptId: lease.state.conflict?.byId ?? '' })}
      />
      <LastDecision current={review.id} list={list} />
      <span className="push" />
      <span className="hideS">
        <Priority score={review.priority} terms={terms(review.priorityTerms)} />
      </span>
      {isWaiting && hasOrder ? <OrderClock dueAt={review.dueAt} /> : null}
      {isWaiting && !hasOrder ? (
        <span className="row4 sm t2">
          <span className="hideS">{t('bar.due')}</span> <Due at={review.dueAt} />
        </span>
      ) : null}
      {safety}
    </header>
  )
}

function LeaseSign({ lease }: { lease: LeaseHandle }) {
  const { t } = useTranslation('review')
  const { state } = lease
  switch (state.kind) {
    case 'held':
      return (
        <span className="row6 sm t2" title={t('lease.help')}>
          <span className={`${css.sep} hideS`} />
          <span className="hideS">{t('lease.mine')}</span>
          <Countdown
            until={state.lease.expiresAt}
            of={state.seconds}
            label={t('lease.left')}
            onEnd={lease.expire}
            isQuiet
          />
        </span>
      )
    case 'lost':
      return (
        <Badge tone="warn" icon={IconLock}>
          {t('lease.lost')}
        </Badge>
      )
    case 'refused':
      return state.code === 'held_by_other' ? (
        <Badge tone="warn" icon={IconLock}>
          {t('lease.held', { who: state.conflict?.byName ?? t('conflict.somebody') })}
        </Badge>
      ) : null
    case 'reading':
      return <Badge tone="gone">{t('lease.reading')}</Badge>
    default:
      return null
  }
}

/** A removal order runs out: said aloud in its last half hour, quarter and five minutes. */
function OrderClock({ dueAt }: { dueAt: string }) {
  const { t } = useTranslation('review')
  const left = useSecondsLeft(dueAt)
  const late = useClock((now) => Math.max(0, Math.floor((now - Date.parse(dueAt)) / 1_000)))
  const [spoken] = useState(() => new Set<number>())
  useEffect(() => {
    const mark = [5, 15, 30].find((minutes) => left > 0 && left <= minutes * 60)
    if (mark === undefined || spoken.has(mark)) return
    spoken.add(mark)
    announce(t('order.minutes', { count: Math.ceil(left / 60) }), left <= 15 * 60 ? 'assertive' : 'polite')
  }, [left, spoken, t])
  const time = left > 0 ? t('order.left', { time: clockText(left) }) : t('order.over', { time: clockText(late) })
  return (
    <span className={css.order} role="timer" aria-live="off" aria-label={`${t('order.title')}, ${time}`}>
      <IconGavel size={14} stroke={2} aria-hidden />
      <span className="hideS">{t('order.title')} ·</span>
      <bdi>{time}</bdi>
    </span>
  )
}
