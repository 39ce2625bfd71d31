import { IconLoader2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '#client/ui/Kbd.tsx'
import css from './media.module.css'
import type { Reveal } from './use-reveal.ts'

type Props = { kind: Reveal['kind']; isPress: boolean; onLook: () => void; onLookEnd: () => void }

/**
 * Press and hold, or press once, by pointer or, when it has the focus, by Space or Enter. Stays under the finger while the
 * original shows.
 */
export function RevealPill({ kind, isPress, onLook, onLookEnd }: Props) {
  const { t } = useTranslation('review')
  const isShown = kind === 'shown'
  const isStroke = (event: { code: string }) => event.code === 'Space' || event.code === 'Enter'
  return (
    <button
      type="button"
      className={css.reveal}
      data-shown={(isShown && (isPress ? 'aside' : 'under')) || undefined}
      aria-pressed={isShown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture?.(event.pointerId)
        onLook()
      }}
      onPointerUp={onLookEnd}
      onPointerCancel={onLookEnd}
      onLostPointerCapture={onLookEnd}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (!isStroke(event)) return
        event.preventDefault()
        if (!event.repeat) onLook()
      }}
      onKeyUp={(event) => isStroke(event) && onLookEnd()}
      onBlur={onLookEnd}
    >
      {kind === 'asking' ? (
        <>
          <IconLoader2 size={14} aria-hidden /> {t('media.asking')}
        </>
      ) : (
        <>
          <span>{t(isPress ? 'media.press' : 'media.hold')}</span>{' '}
          <span className={css.pillKey}>
            <Kbd>{t('media.space')}</Kbd>
          </span>{' '}
          <span>{t(isPress && isShown ? 'media.toHide' : 'media.toReveal')}</span>
        </>
      )}
    </button>
  )
}
