import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Faithful } from '#client/ui/caption/Faithful.tsx'
import type { Snapshot } from '#shared/contract/reviews.ts'
import { TextButton } from '../TextButton.tsx'
import css from './post.module.css'
import { Line } from './translation/Line.tsx'
import type { Translated } from './translation/use-translated.ts'

/** Messages shown before somebody asks for the rest: the last ones, nearest to the post. */
const near = 3

type Props = { messages: Snapshot['context']; lang: string | null; translated?: Translated | undefined }

/** What the post answered to, oldest first. */
export function Context({ messages, lang, translated }: Props) {
  const { t } = useTranslation('review')
  const [isOpen, setOpen] = useState(false)
  const hidden = isOpen ? 0 : Math.max(0, messages.length - near)
  return (
    <div className={css.context}>
      <h3 className="xs t3">{t('post.context', { count: messages.length })}</h3>
      {hidden > 0 ? (
        <TextButton onClick={() => setOpen(true)}>{t('post.contextMore', { count: hidden })}</TextButton>
      ) : null}
      <ol>
        {messages.slice(hidden).map(({ author, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a frozen list without ids
          <li key={hidden + index}>
            {author ? (
              <bdi className="b" dir="auto">
                <Faithful text={author} isPlain />
              </bdi>
            ) : null}
            <div dir="auto" lang={lang ?? undefined}>
              <Line text={text} part="context" index={hidden + index} translated={translated} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
