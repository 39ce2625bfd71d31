import { CaptionText } from '#client/ui/caption/CaptionText.tsx'
import type { Fold } from '#client/ui/caption/fold.ts'
import type { TextMark } from '#client/ui/caption/segments.ts'
import { Translator } from './TranslationChoice.tsx'
import css from './translation.module.css'
import type { Translated } from './use-translated.ts'

type Props = {
  text: string
  lang: string | null
  fold: Fold
  marks?: readonly TextMark[] | undefined
  className?: string | undefined
  isWide: boolean
  translated: Translated | undefined
}

/** Under the original, what is long is folded sooner. */
const half: Fold = { characters: 300, lines: 6 }

/** The caption, its translation, or one beside the other. */
export function CaptionAndTranslation({ text, lang, fold, marks, className, isWide, translated }: Props) {
  const translation = translated?.of('caption', 0)
  const original = <CaptionText text={text} lang={lang} fold={fold} marks={marks} className={className} />
  if (!translation || translated?.mode === 'original') return original
  const isBoth = translated?.mode === 'both'
  return (
    <div className={css.pair} data-wide={(isWide && isBoth) || undefined}>
      {isBoth ? original : null}
      <div>
        <CaptionText
          text={translation.text}
          lang={translation.language}
          fold={isBoth && !isWide ? half : fold}
          className={isBoth ? css.second : className}
        />
        <Translator translation={translation} />
      </div>
    </div>
  )
}
