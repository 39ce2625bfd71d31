import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './badges.module.css'
import { type Tone, toneStyle } from './tone.ts'

type Props = {
  tone: Tone
  icon?: Icon | undefined
  children: ReactNode
  /** Without a box, for dense rows. */
  bare?: boolean | undefined
  dashed?: boolean | undefined
}

/** Any small coloured label. Always icon and word, or word alone: colour never carries the meaning. */
export function Badge({ tone, icon: Glyph, children, bare, dashed }: Props) {
  return (
    <span
      className={css.badge}
      data-bare={bare || undefined}
      data-dashed={dashed || undefined}
      style={bare ? { color: toneStyle(tone).color } : toneStyle(tone)}
    >
      {Glyph ? <Glyph size={12} stroke={2} aria-hidden /> : null}
      {children}
    </span>
  )
}
