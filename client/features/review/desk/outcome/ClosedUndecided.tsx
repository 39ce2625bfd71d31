import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import css from '../decision/decision.module.css'

/** Its flags were set aside: it left the queue, and nobody judged it. */
export function isClosedUndecided({ review, decisions }: ReviewDetail): boolean {
  return review.state === 'decided' && review.outcome === null && decisions.length === 0
}

type Props = {
  detail: ReviewDetail
  /** Null for those who decide nothing. */
  onNext: (() => void) | null
}

export function ClosedUndecided({ detail: { review }, onNext }: Props) {
  const { t } = useTranslation('review')
  useKeys(onNext ? { accept: onNext, enter: onNext } : {})
  return (
    <section className={css.record} aria-label={t('undecided.title')}>
      <h2>{t('undecided.title')}</h2>
      <p className="t2">{t('undecided.text')}</p>
      {review.decidedAt ? (
        <p className="sm t3">
          <DateTime at={review.decidedAt} />
        </p>
      ) : null}
      {onNext ? (
        <Button variant="filled" h={34} onClick={onNext} rightSection={<KeyCap action="enter" />}>
          {t('conflict.next')}
        </Button>
      ) : null}
    </section>
  )
}
