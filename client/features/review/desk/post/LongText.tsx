import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Caption } from '#client/ui/Caption.tsx'
import { useFormat } from '#client/ui/format.ts'
import { TextButton } from '../TextButton.tsx'

/** A little more than the fold is shown whole: a button for one line would be a nuisance. */
const slack = 200

type Props = {
  text: string
  lang: string | null
  /** Characters shown before somebody asks for the rest. */
  fold: number
  className?: string | undefined
}

/** Folds what is very long, at the end of a word where there is one near. */
export function LongText({ text, lang, fold, className = '' }: Props) {
  const { t } = useTranslation('review')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  if (text.length <= fold + slack) return <Caption text={text} lang={lang} className={className} />
  return (
    <div>
      <Caption text={isOpen ? text : `${cut(text, fold)}…`} lang={lang} className={className} />
      <TextButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? t('post.fold') : t('post.showAll', { n: format.number(text.length) })}
      </TextButton>
    </div>
  )
}

/** Never inside a letter: an emoji or a letter with its marks stays whole. */
function cut(text: string, fold: number) {
  const head = text.slice(0, fold + 40)
  const word = head.lastIndexOf(' ', fold)
  if (word > fold - 100) return head.slice(0, word)
  let end = 0
  for (const { index } of new Intl.Segmenter().segment(head)) if (index <= fold) end = index
  return head.slice(0, end)
}
