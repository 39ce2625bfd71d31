import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './filter-fields.module.css'

type Ends = { from?: number; to?: number }
type Props = Ends & {
  name: string
  isWhole: boolean
  most: number
  onChange: (ends: Ends) => void
}

/** From a figure to a figure, either of which may be missing. */
export function RangeFields({ name, from, to, isWhole, most, onChange }: Props) {
  const { t } = useTranslation('ui')
  const [texts, setTexts] = useState({ from: from?.toString() ?? '', to: to?.toString() ?? '' })
  const ends = { from: readFigure(texts.from), to: readFigure(texts.to) }
  const isWrong = (end: number | null) =>
    end !== null && (Number.isNaN(end) || end < 0 || end > most || (isWhole && !Number.isInteger(end)))
  const faults = {
    from: isWrong(ends.from) ? t('range.figure', { most }) : null,
    to: isWrong(ends.to)
      ? t('range.figure', { most })
      : ends.from !== null && ends.to !== null && ends.to < ends.from
        ? t('range.order')
        : null,
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (faults.from || faults.to) return
    onChange({ ...(ends.from !== null && { from: ends.from }), ...(ends.to !== null && { to: ends.to }) })
  }
  const field = (end: 'from' | 'to') => (
    <TextInput
      {...(end === 'from' && { 'data-autofocus': true })}
      inputMode={isWhole ? 'numeric' : 'decimal'}
      label={t(`range.${end}`)}
      aria-label={`${name}: ${t(`range.${end}`)}`}
      error={faults[end]}
      value={texts[end]}
      onChange={({ currentTarget: { value } }) => setTexts({ ...texts, [end]: value })}
    />
  )
  return (
    <form className={css.fields} onSubmit={submit} aria-label={name}>
      <div className={css.ends}>
        {field('from')}
        {field('to')}
      </div>
      <Button type="submit" variant="filled">
        {t('range.set')}
      </Button>
    </form>
  )
}

/** Null where nothing was typed. People write both `1,000` and `1 000`; a comma before one or two digits is a point. */
function readFigure(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[\s']/g, '')
    .replace(/,(?=\d{3}(\D|$))/g, '')
    .replace(',', '.')
  return plain === '' ? null : Number(plain)
}
