import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './filter-fields.module.css'

export type Choice = { value: string; label: string }

/** From this many on a list is searched rather than read. */
const longList = 9

type Props = {
  name: string
  choices: readonly Choice[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  /** What to call a chosen value that is not offered any more. */
  nameOf?: (value: string) => string
}

/** The values of one filter to tick. What was ticked but is not offered any more still stands, so it can be unticked. */
export function ChoiceList({ name, choices, chosen, onChange, nameOf = (value) => value }: Props) {
  const { t } = useTranslation('ui')
  const [find, setFind] = useState('')
  const gone = chosen.filter((value) => !choices.some((choice) => choice.value === value))
  const all = [...gone.map((value) => ({ value, label: nameOf(value) })), ...choices]
  const shown = all.filter(({ label }) => label.toLowerCase().includes(find.trim().toLowerCase()))
  function toggle(value: string) {
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value])
  }
  return (
    <fieldset className={css.fields}>
      <legend className="vh">{name}</legend>
      {all.length >= longList ? (
        <TextInput
          data-autofocus
          aria-label={`${t('choice.find')}: ${name}`}
          placeholder={t('choice.find')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
      ) : null}
      <div className={css.ticks}>
        {shown.map(({ value, label }) => (
          <Checkbox key={value} label={label} checked={chosen.includes(value)} onChange={() => toggle(value)} />
        ))}
        {shown.length === 0 ? <p className="sm t3">{t('choice.nothing')}</p> : null}
      </div>
    </fieldset>
  )
}
