import { type CSSProperties, Fragment } from 'react'
import css from './Caption.module.css'

type Props = {
  /** What somebody wrote. Text, never markup. */
  text: string
  lang: string | null
  /** Cut to one line, in a table: keeps its own direction but starts where the column starts. */
  isLine?: boolean
  /** Parts of the text to mark, in order and apart from each other. */
  marks?: readonly Mark[]
  className?: string
  style?: CSSProperties
}

export type Mark = { from: number; to: number }

export function Caption({ text, lang, isLine = false, marks = [], className = '', style }: Props) {
  const shared = { dir: 'auto', lang: lang ?? undefined, style } as const
  if (isLine) {
    return (
      <span className={`${css.line} cut ${className}`} {...shared}>
        <Marked text={text} marks={marks} />
      </span>
    )
  }
  return (
    <p className={`${css.text} ${className}`} {...shared}>
      <Marked text={text} marks={marks} />
    </p>
  )
}

/** A text with some of its parts marked. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  return (
    <>
      {marks.map(({ from, to }, index) => (
        <Fragment key={from}>
          {text.slice(marks[index - 1]?.to ?? 0, from)}
          <mark>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(marks.at(-1)?.to ?? 0)}
    </>
  )
}
