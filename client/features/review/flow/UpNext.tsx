import { useQueries, useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { redactedSrc, useLook } from '#client/api/look.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { Due } from '#client/ui/Due.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { Thumb } from '#client/ui/Thumb.tsx'
import type { ReviewDetail, ReviewId } from '#shared/contract/reviews.ts'
import { reviewQuery } from '../review.queries.ts'
import { useAhead } from './ahead.ts'
import css from './flow.module.css'

type Props = { onOpen: (reviewId: ReviewId) => void; onTakeTen: () => void }

/** Those that wait behind the one on the desk. Watching them keeps what is at hand true. */
export function UpNext({ onOpen, onTakeTen }: Props) {
  const { t } = useTranslation('flow')
  const ids = useAhead((ahead) => ahead.ids)
  const isDry = useAhead(({ dryAt }) => dryAt !== null)
  const isTen = useAhead(({ ten }) => ten !== null)
  const shown = ids.slice(0, 3)
  const details = useQueries({ queries: shown.map((id) => reviewQuery(id)) })
  const none = isTen ? t('next.tenLast') : t(isDry ? 'next.last' : 'next.taking')
  return (
    <>
      <div className={css.title}>
        <h2>{t('next.title')}</h2>
        {isTen ? null : (
          <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={onTakeTen}>
            {t('ten.take')} <KeyCap action="takeTen" />
          </button>
        )}
      </div>
      {shown.length === 0 ? <span className="sm t3">{none}</span> : null}
      <ol className={css.list}>
        {details.map(({ data }, index) => (
          <li key={shown[index]}>{data ? <Item detail={data} onOpen={onOpen} /> : null}</li>
        ))}
      </ol>
    </>
  )
}

type ItemProps = Pick<Props, 'onOpen'> & { detail: ReviewDetail }

const Item = memo(function Item({ detail: { review, snapshot }, onOpen }: ItemProps) {
  const { t } = useTranslation('flow')
  const { data: policies } = useQuery(policiesQuery)
  const look = useLook(review.policy)
  const first = snapshot.media.find(({ kind, state }) => kind === 'image' && state === 'ready')
  const isWithheld = review.isRestricted || (first?.isRestricted ?? false)
  const src = first?.sha256 && !isWithheld ? redactedSrc(first.sha256, 'thumbnail', look) : null
  const code = review.policy ? policies?.get(review.policy)?.code : null
  return (
    <button
      type="button"
      className={css.item}
      title={t('next.open', { reference: review.reference })}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onOpen(review.id)}
    >
      <Thumb src={src} isWithheld={isWithheld && snapshot.media.length > 0} width={38} height={28} />
      <span className="col">
        <bdi className="b cut">{review.handle}</bdi>
        <span className={`${css.below} t3 cut`}>
          {code ? <bdi>{code}</bdi> : null} <span className="mono">{review.reference}</span>
        </span>
      </span>
      <span className="push" />
      <Due at={review.dueAt} />
    </button>
  )
})
