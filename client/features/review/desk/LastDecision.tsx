import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { QueueSearch } from '../queue.search.ts'
import { useReviewStore } from '../review.store.ts'
import css from './desk.module.css'
import { postMeasureOf } from './outcome/read-decision.ts'

/** What the person decided last, with the way back to look at it and at its delivery. */
export function LastDecision({ current, list }: { current: ReviewId; list: QueueSearch }) {
  const { t } = useTranslation('review')
  const last = useReviewStore((state) => state.last)
  if (!last || last.reviewId === current) return null
  return (
    <span className={`row6 sm t3 hideS ${css.last}`}>
      <span className={css.sep} />
      {t('bar.last')}
      <Link to="/reviews/$reviewId" params={{ reviewId: last.reviewId }} search={list} className="mono">
        {last.reviewReference}
      </Link>
      <OutcomeBadge outcome={last.outcome} postMeasure={postMeasureOf(last.measures)} bare />
    </span>
  )
}
