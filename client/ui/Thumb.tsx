import { IconFileText, IconShieldLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Thumb.module.css'

type Props = {
  /** Address of a redacted derivative; null for a post of text alone. Never an original. */
  src: string | null
  width?: number
  height?: number
  /** Files of the post; shown from two on. */
  count?: number
  /** There is something that is not shown to anybody here. */
  isWithheld?: boolean
}

/** A redacted derivative, or a text glyph. A picture that does not load becomes the glyph and says so. */
export function Thumb({ src, width = 44, height = 33, count = 0, isWithheld = false }: Props) {
  const { t } = useTranslation('ui')
  const [failed, setFailed] = useState<string | null>(null)
  const size = { width, height }
  if (isWithheld || !src || failed === src) {
    const name = t(isWithheld ? 'thumb.withheld' : src ? 'thumb.noPreview' : 'thumb.text')
    const Glyph = isWithheld ? IconShieldLock : IconFileText
    return (
      <span className={css.thumb} data-text style={size} role="img" aria-label={name} title={name}>
        <Glyph size={15} stroke={1.6} aria-hidden />
      </span>
    )
  }
  const alt = count > 1 ? t('thumb.redactedOf', { count }) : t('thumb.redacted')
  return (
    <span className={css.thumb} style={size}>
      <img
        src={src}
        alt={alt}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        onError={() => setFailed(src)}
      />
      {count > 1 ? <i aria-hidden>{count}</i> : null}
    </span>
  )
}
