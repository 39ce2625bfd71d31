import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { redactedSrc, useLook } from '#client/api/look.ts'
import type { ReviewRow, SnapshotMedia } from '#shared/contract/reviews.ts'
import css from './Peek.module.css'

/** Pictures side by side, at most. */
const most = 3

type Props = {
  row: ReviewRow
  /** Null until the review was read: then the first one is known from its row. */
  media: readonly SnapshotMedia[] | null
}

/** Redacted copies of the first pictures. What cannot be shown says why. */
export function PeekMedia({ row, media }: Props) {
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  const look = useLook(row.policy)
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set())
  if (row.media.count === 0) return null
  const isFirstShown = row.media.firstState === 'ready' && !row.isRestricted
  const first = isFirstShown && row.media.first ? [row.media.first] : []
  const ready = media
    ? media.filter(({ state, isRestricted }) => state === 'ready' && !isRestricted).map(({ sha256 }) => sha256!)
    : first
  const shown = ready.filter((sha256) => !failed.has(sha256)).slice(0, most)
  if (shown.length === 0) {
    const isWithheld = media?.some(({ isRestricted }) => isRestricted)
    const isPending = row.media.firstState === 'pending'
    return (
      <p className={css.none}>
        {isWithheld ? t('peek.withheld') : isPending ? t('row.pending') : ui('thumb.noPreview')}
      </p>
    )
  }
  return (
    <div className={css.stage} data-count={shown.length}>
      {shown.map((sha256) => (
        <img
          key={sha256}
          src={redactedSrc(sha256, 'redacted', look)}
          alt={ui('thumb.redacted')}
          onError={() => setFailed((before) => new Set(before).add(sha256))}
        />
      ))}
      {row.media.count > shown.length ? (
        <span className={css.more}>
          <bdi dir="ltr">+{row.media.count - shown.length}</bdi>
        </span>
      ) : null}
    </div>
  )
}
