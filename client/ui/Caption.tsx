import type { CSSProperties } from 'react'
import css from './Caption.module.css'

type Props = {
  /** What somebody wrote. Text, never markup. */
  text: string
  lang: string | null
  /** Cut to one line, in a table: keeps its own direction but starts where the column starts. */
  isLine?: boolean
  className?: string
  style?: CSSProperties
}

export function Caption({ text, lang, isLine = false, className = '', style }: Props) {
  const shared = { dir: 'auto', lang: lang ?? undefined, style } as const
  if (isLine) {
    return (
      <span className={`${css.line} cut ${className}`} {...shared}>
        {text}
      </span>
    )
  }
  return (
    <p className={`${css.text} ${className}`} {...shared}>
      {text}
    </p>
  )
}
