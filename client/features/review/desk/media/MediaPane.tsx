import { useDirection } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { type Ref, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLook } from '#client/api/look.ts'
import { usePreferences } from '#client/api/preferences.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { DateTime } from '#client/ui/time.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewId, Snapshot } from '#shared/contract/reviews.ts'
import { MediaStage } from './MediaStage.tsx'
import { MediaStrip } from './MediaStrip.tsx'
import css from './media.module.css'
import { mostPressMs, useReveal } from './use-reveal.ts'

type Props = {
  reviewId: ReviewId
  snapshot: Snapshot
  /** The suspected clause, which says how pictures are redacted. */
  policyId: string | null
  /** Index of the file on the stage. */
  at: number
  onAt: (index: number) => void
  /** Hides an original at once: the lease was lost. */
  isLost: boolean
  ref?: Ref<HTMLElement>
}

const zoomSteps = [1, 1.5, 2, 3] as const

/** The post's files in their order, one on the stage, redacted until asked for. */
export function MediaPane({ reviewId, snapshot, policyId, at, onAt, isLost, ref }: Props) {
  const { t } = useTranslation('review')
  const { media } = snapshot
  const file = media[at]!
  const mayReveal = useMay('media.reveal')
  const { scope } = useSession()
  const look = useLook(policyId)
  const isPress = usePreferences().revealBy === 'press'
  const { reveal, show, hide } = useReveal(reviewId, isPress ? mostPressMs : undefined)
  const [zoom, setZoom] = useState(0)
  const canReveal =
    mayReveal && file.kind === 'image' && file.sha256 !== null && (!file.isRestricted || scope.seesRestricted)

  function go(index: number) {
    if (index === at || index < 0 || index >= media.length) return
    hide()
    setZoom(0)
    onAt(index)
  }
  const isAsked = reveal.kind === 'shown' || reveal.kind === 'asking'
  function lookCloser() {
    if (isPress && isAsked) hide()
    else if (canReveal && file.sha256) show(file.sha256)
  }
  const letGo = isPress ? () => {} : hide
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the loss itself hides, not a new `hide`
  useEffect(() => {
    if (isLost) hide()
  }, [isLost])

  // The strip runs as one reads, and the arrows point along it.
  const onward = useDirection().dir === 'rtl' ? -1 : 1
  useKeys({
    look: { down: lookCloser, up: letGo },
    previousPhoto: () => go(at - onward),
    nextPhoto: () => go(at + onward),
    zoom: () => setZoom(zoom === 0 ? 2 : 0),
  })

  const name = t(`media.name.${file.kind}`, { n: at + 1, of: media.length })
  const isShown = reveal.kind === 'shown'
  return (
    <section className={css.media} aria-label={name} ref={ref} tabIndex={-1}>
      <div className={css.head}>
        <h2>{name}</h2>
        {file.kind === 'image' ? (
          <span className={`row4 xs ${isShown ? 'warn b' : 't3'}`}>
            {isShown ? <IconEye size={13} aria-hidden /> : <IconEyeOff size={13} aria-hidden />}
            {t(isShown ? 'media.original' : 'media.redacted')}
          </span>
        ) : null}
        <span className="xs t3 push cut" title={t('media.capturedBy', { source: snapshot.sourceName })}>
          {t('media.captured')} <DateTime at={snapshot.capturedAt} form="short" />
        </span>
      </div>
      <MediaStage
        key={at}
        file={file}
        alt={t('media.alt.original', { n: at + 1, of: media.length })}
        reveal={reveal}
        look={look}
        isPress={isPress}
        onLook={canReveal ? lookCloser : null}
        onLookEnd={letGo}
        zoom={zoomSteps[zoom]!}
        onZoom={(step) => setZoom(step === 0 ? 0 : Math.min(zoomSteps.length - 1, Math.max(0, zoom + step)))}
      />
      {media.length > 1 ? <MediaStrip media={media} at={at} onAt={go} look={look} /> : null}
    </section>
  )
}
