import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format.ts'
import css from './caption.module.css'
import { Faithful } from './Faithful.tsx'
import { countLetters, countLines, type Fold, foldAt } from './fold.ts'
import type { TextMark } from './segments.ts'

type Props = {
  text: string
  lang: string | null
  fold: Fold
  marks?: readonly TextMark[] | undefined
  className?: string | undefined
}

/** What somebody wrote, every line in its own direction. What is long is folded, and says how much there is. */
export function CaptionText({ text, lang, fold, marks, className = '' }: Props) {
  const { t } = useTranslation('caption')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const end = useMemo(() => foldAt(text, fold), [text, fold])
  const rest = useMemo(
    () => ({ letters: countLetters(text.slice(end)), lines: countLines(text.slice(end)) }),
    [text, end],
  )
  const isFolded = end < text.length
  const shown = isFolded && !isOpen ? text.slice(0, end) : text
  const within = useMemo(() => marks?.filter((mark) => mark.end <= shown.length), [marks, shown])
  return (
    <div>
      <div className={`${css.text} ${className}`} dir="auto" lang={lang ?? undefined}>
        <Faithful text={shown} marks={within} />
        {isFolded && !isOpen ? '…' : null}
      </div>
      {isFolded ? (
        <button type="button" className={css.textButton} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen
            ? t('fold')
            : rest.lines > 2
              ? t('unfold.lines', { n: format.number(rest.letters), lines: t('lines', { count: rest.lines - 1 }) })
              : t('unfold', { count: rest.letters, n: format.number(rest.letters) })}
        </button>
      ) : null}
    </div>
  )
}
