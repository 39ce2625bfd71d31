import { IconMaximize, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exposureQuery, isUsedUp } from '#client/api/exposure.ts'
import { redactedSrc } from '#client/api/look.ts'
import { useSession } from '#client/api/session.ts'
import type { SnapshotMedia } from '#shared/contract/reviews.ts'
import type { Look } from '#shared/domain/redaction.ts'
import { BudgetNotice } from './BudgetNotice.tsx'
import css from './media.module.css'
import { RevealPill } from './RevealPill.tsx'
import { NoPicture, StageNotice } from './StageNotice.tsx'
import type { Reveal } from './use-reveal.ts'
import { ZoomFrame } from './ZoomFrame.tsx'

type Props = {
  file: SnapshotMedia
  /** Alt text of the original; the redacted copy has its own. */
  alt: string
  reveal: Reveal
  look: Look
  /** One press shows and another hides. */
  isPress: boolean
  /** Null where nobody at this screen may see the original. */
  onLook: (() => void) | null
  onLookEnd: () => void
  zoom: number
  /** One step in or out; zero fits. */
  onZoom: (step: -1 | 0 | 1) => void
}

/** One file on a dark ground: the derivative the server made, and over it, while held, the original. */
export function MediaStage({ file, alt, reveal, look, isPress, onLook, onLookEnd, zoom, onZoom }: Props) {
  const { t } = useTranslation('review')
  const { scope } = useSession()
  const { data: exposure } = useQuery({ ...exposureQuery, enabled: onLook !== null })
  const [load, setLoad] = useState<{ tries: number; failed: boolean }>({ tries: 0, failed: false })
  if (file.kind !== 'image' || file.sha256 === null)
    return (
      <Stage>
        <NoPicture file={file} />
      </Stage>
    )
  if (file.isRestricted && !scope.seesRestricted)
    return (
      <Stage>
        <StageNotice kind="restricted" />
      </Stage>
    )

  const src = redactedSrc(file.sha256, 'redacted', look)
  const isShown = reveal.kind === 'shown'
  const hasFailed = reveal.kind === 'failed' && reveal.sha256 === file.sha256
  const preview =
    file.state === 'pending' ? (
      <StageNotice kind="pending" />
    ) : file.state === 'failed' ? (
      <StageNotice kind="failed" />
    ) : load.failed ? (
      <StageNotice kind="unloaded" onRetry={() => setLoad({ tries: load.tries + 1, failed: false })} />
    ) : (
      <img
        key={load.tries}
        src={src}
        alt={t(look.endsWith('grey') ? 'media.alt.redacted' : 'media.alt.blurred')}
        className={css.picture}
        draggable={false}
        onError={() => setLoad({ ...load, failed: true })}
      />
    )
  return (
    <Stage>
      <ZoomFrame zoom={zoom}>
        {preview}
        {isShown ? <img src={reveal.src} alt={alt} className={css.original} draggable={false} /> : null}
      </ZoomFrame>
      {isShown ? (
        <div className={css.shown} role="status">
          {t('media.shown')}
        </div>
      ) : null}
      {hasFailed ? (
        <div className={css.notShown} role="alert">
          {t('media.notShown')}
        </div>
      ) : null}
      {onLook && exposure && isUsedUp(exposure) && reveal.kind !== 'shown' ? (
        <BudgetNotice exposure={exposure} />
      ) : onLook ? (
        <RevealPill kind={reveal.kind} isPress={isPress} onLook={onLook} onLookEnd={onLookEnd} />
      ) : null}
      <fieldset className={css.zoom} aria-label={t('media.zoom')}>
        <button type="button" aria-label={t('media.zoomOut')} disabled={zoom === 1} onClick={() => onZoom(-1)}>
          <IconZoomOut size={14} aria-hidden />
        </button>
        <button type="button" aria-label={t('media.zoomIn')} disabled={zoom === 3} onClick={() => onZoom(1)}>
          <IconZoomIn size={14} aria-hidden />
        </button>
        <button type="button" aria-label={t('media.fit')} disabled={zoom === 1} onClick={() => onZoom(0)}>
          <IconMaximize size={14} aria-hidden />
        </button>
      </fieldset>
    </Stage>
  )
}

function Stage({ children }: { children: ReactNode }) {
  return <div className={css.stage}>{children}</div>
}
