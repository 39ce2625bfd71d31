import { useTranslation } from 'react-i18next'
import { diffLines, diffWords, type Part } from './word-diff.ts'

/** Sign, colour and stroke for eyes, a word for screen readers. */
function Parts({ parts }: { parts: readonly Part[] }) {
  const { t } = useTranslation('policies')
  return parts.map(({ text, change }, index) => {
    const key = `${index} ${change}`
    if (change === 'kept') return <span key={key}>{text}</span>
    const Mark = change === 'added' ? 'ins' : 'del'
    return (
      <Mark key={key}>
        <span className="vh">{t(`changes.${change}`)}: </span>
        {text}
      </Mark>
    )
  })
}

/** A text as it is now; with one to compare it to, word by word what became of that. */
export function DiffText({ now, before }: { now: string; before: string | null }) {
  return (
    <p dir="auto" style={{ whiteSpace: 'pre-line' }}>
      <Parts parts={diffWords(before ?? now, now)} />
    </p>
  )
}

/** The same of a list. */
export function DiffList({ now, before }: { now: readonly string[]; before: readonly string[] | null }) {
  return (
    <ul>
      {diffLines(before ?? now, now).map(({ parts, change }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line may stand twice
        <li key={`${index} ${change}`}>
          <span dir="auto">
            <Parts parts={parts} />
          </span>
        </li>
      ))}
    </ul>
  )
}
