import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './audit.module.css'

export type Choice = { value: string; label: string }

/** From this many on a list is searched rather than read. */
const longList = 9

type Props = {
  name: string
  choices: readonly Choice[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** The values of one filter to tick; what was ticked stays on the list although nothing is called that any more. */
export function ChoiceList({ name, choices, chosen, onChange }: Props) {
  const { t } = useTranslation('audit')
  const [find, setFind] = useState('')
  const gone = chosen.filter((value) => !choices.some((choice) => choice.value === value))
  const all = [...gone.map((value) => ({ value, label: value })), ...choices]
  const shown = all.filter(({ label }) => label.toLowerCase().includes(find.trim().toLowerCase()))
  function toggle(value: string) {
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value])
  }
  return (
    <fieldset className={css.choices}>
      <legend className="vh">{name}</legend>
      {all.length >= longList ? (
        <TextInput
          data-autofocus
          aria-label={`${t('facet.find')}: ${name}`}
          placeholder={t('facet.find')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
      ) : null}
      <div className={css.choiceList}>
        {shown.map(({ value, label }) => (
          <Checkbox key={value} label={label} checked={chosen.includes(value)} onChange={() => toggle(value)} />
        ))}
        {shown.length === 0 ? <p className="sm t3">{t('facet.nothing')}</p> : null}
      </div>
    </fieldset>
  )
}
