import { type ReactNode, useMemo } from 'react'
import css from './caption.module.css'
import { findHidden, type Hidden } from './hidden.ts'
import { codeName } from './hidden-names.ts'
import { type FoundLink, findLinks } from './links.ts'
import { findMixedWords } from './mixed.ts'
import { grouped, type Segment, segmentsOf, type TextMark } from './segments.ts'
import { useHiddenShown } from './shown.store.ts'
import { TextLink } from './TextLink.tsx'

type Props = {
  /** What somebody wrote. Text, never markup. */
  text: string
  marks?: readonly TextMark[] | undefined
  /** A name, or a table's cell: no button stands in it. */
  isPlain?: boolean
}

/**
 * A text as it was written: emoji whole, links that lead nowhere by themselves, and, once that is asked for, a chip for
 * every character that cannot be seen. The chips stand in place of the characters, so that controls of direction do
 * nothing then, and the letters stand in the order in which they were written.
 */
export function Faithful({ text, marks, isPlain = false }: Props) {
  const { isShown } = useHiddenShown()
  const segments = useMemo(
    () =>
      segmentsOf(text, {
        ...(marks && { marks }),
        links: isPlain ? [] : findLinks(text),
        mixed: findMixedWords(text),
        hidden: isShown ? findHidden(text) : [],
      }),
    [text, marks, isPlain, isShown],
  )
  return grouped(segments, ({ link }) => link).map(({ key: link, of }) => (
    <Linked key={of[0]!.start} link={link}>
      <Marked segments={of} />
    </Linked>
  ))
}

function Linked({ link, children }: { link: FoundLink | null; children: ReactNode }) {
  return link ? <TextLink link={link}>{children}</TextLink> : children
}

function Marked({ segments }: { segments: readonly Segment[] }) {
  return grouped(segments, ({ mark }) => mark).map(({ key: mark, of }) => (
    <Stretch key={of[0]!.start} mark={mark}>
      {of.map((segment) => (
        <Piece key={segment.start} segment={segment} />
      ))}
    </Stretch>
  ))
}

function Stretch({ mark, children }: { mark: TextMark | null; children: ReactNode }) {
  return mark ? mark.render(children) : children
}

function Piece({ segment: { text, hidden, isHost, isMixed } }: { segment: Segment }) {
  if (hidden) return <Chip hidden={hidden} />
  if (isHost) return <b className={css.host}>{text}</b>
  if (isMixed) return <span className={css.mixed}>{text}</span>
  return text
}

function Chip({ hidden: { code, times, label, name } }: { hidden: Hidden }) {
  const full = `${codeName(code)} ${name}${times > 1 ? ` × ${times}` : ''}`
  return (
    <span className={css.chip} title={full} role="img" aria-label={full} dir="ltr">
      {label}
      {times > 1 ? ` ×${times}` : null}
    </span>
  )
}
