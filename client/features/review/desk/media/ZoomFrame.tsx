import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import css from './media.module.css'

/** Scrolls what is larger than the stage; a mouse may drag it. Opens on the middle. */
export function ZoomFrame({ zoom, children }: { zoom: number; children: ReactNode }) {
  const { t } = useTranslation('review')
  const frame = useRef<HTMLDivElement>(null)
  const isZoomed = zoom > 1

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once for each step
  useEffect(() => {
    const { current } = frame
    if (!current) return
    current.scrollLeft = (current.scrollWidth - current.clientWidth) / 2
    current.scrollTop = (current.scrollHeight - current.clientHeight) / 2
  }, [zoom])

  function drag({ pointerType, buttons, movementX, movementY, currentTarget }: PointerEvent<HTMLDivElement>) {
    if (!isZoomed || pointerType !== 'mouse' || buttons !== 1) return
    currentTarget.scrollBy(-movementX, -movementY)
  }

  return (
    <div
      ref={frame}
      // Photographs do not mirror, and neither does the way to scroll over one.
      dir="ltr"
      className={css.frame}
      data-zoomed={isZoomed || undefined}
      onPointerMove={drag}
      {...(isZoomed && { role: 'region', tabIndex: 0, 'aria-label': t('media.zoomed') })}
    >
      <div className={css.sheet} style={{ width: `${zoom * 100}%`, height: `${zoom * 100}%` }}>
        {children}
      </div>
    </div>
  )
}
