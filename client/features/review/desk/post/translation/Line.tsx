import { useTranslation } from 'react-i18next'
import { Faithful } from '#client/ui/caption/Faithful.tsx'
import type { TextPlace } from '#shared/contract/translations.ts'
import { useTermMarks } from '../../terms/use-term-marks.tsx'
import type { Translated } from './use-translated.ts'

type Props = { text: string; part: TextPlace['part']; index: number; translated?: Translated | undefined }

/** A short text of a post, and behind it what it means. */
export function Line({ text, part, index, translated }: Props) {
  const { t } = useTranslation('caption')
  const marks = useTermMarks(text)
  const translation = translated?.of(part, index)
  if (!translation || translated?.mode === 'original') return <Faithful text={text} marks={marks} />
  const { language, isMachine, translator } = translation
  const by = `${isMachine ? `${t('seen.machine')}, ` : ''}${translator}`
  return (
    <>
      {translated?.mode === 'both' ? (
        <>
          <Faithful text={text} marks={marks} />{' '}
        </>
      ) : null}
      <bdi className="t3" dir="auto" lang={language} title={by}>
        <Faithful text={translation.text} isPlain />
      </bdi>
    </>
  )
}
