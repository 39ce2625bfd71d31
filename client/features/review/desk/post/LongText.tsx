import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Caption } from '#client/ui/Caption.tsx'
import { useFormat } from '#client/ui/format.ts'
import { TextButton } from '../TextButton.tsx'

/** Characters shown before somebody asks for the rest. */
const folded = 700
/** A little more than the fold is shown whole: a button for one line would be a nuisance. */
const slack = 200

type Props = { text: string; lang: string | null; className?: string | undefined }

/** Folds what is very long, at the end of a word where there is one near. */
export function LongText({ text, lang, className = '' }: Props) {
  const { t } = useTranslation('review')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  if (text.length <= folded + slack) return <Caption text={text} lang={lang} className={className} />
  return (
    <div>
      <Caption text={isOpen ? text : `${cut(text)}…`} lang={lang} className={className} />
      <TextButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? t('post.fold') : t('post.showAll', { n: format.number(text.length) })}
      </TextButton>
    </div>
  )
}

/** Never inside a letter: an emoji or a letter with its marks stays whole. */
function cut(text: string) {
  const head = text.slice(0, folded + 40)
  const word = head.lastIndexOf(' ', folded)
  if (word > folded - 100) return head.slice(0, word)
  let end = 0
  for (const { index } of new Intl.Segmenter().segment(head)) if (index <= folded) end = index
  return head.slice(0, end)
}
