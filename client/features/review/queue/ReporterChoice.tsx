import { Checkbox, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import fields from '#client/ui/filter-fields.module.css'
import { reportersQuery } from './queue.queries.ts'

type Props = {
  name: string
  chosen: readonly string[]
  nameOf: (id: string) => string
  onChange: (chosen: string[]) => void
}

/** Reporters are too many to list: those who flag most, or those whose name or id begins so. */
export function ReporterChoice({ name, chosen, nameOf, onChange }: Props) {
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 250)
  const { data, isError } = useQuery(reportersQuery(asked))
  const found = (data?.items ?? []).map(({ id, name: called, externalId, sourceName }) => ({
    id,
    label: `${called ?? externalId}, ${sourceName}`,
  }))
  const others = chosen.filter((id) => !found.some((each) => each.id === id)).map((id) => ({ id, label: nameOf(id) }))
  function toggle(id: string) {
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  }
  return (
    <fieldset className={fields.fields}>
      <legend className="vh">{name}</legend>
      <TextInput
        data-autofocus
        aria-label={`${ui('choice.find')}: ${name}`}
        placeholder={t('reporter.find')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={fields.ticks}>
        {[...others, ...found].map(({ id, label }) => (
          <Checkbox key={id} label={label} checked={chosen.includes(id)} onChange={() => toggle(id)} />
        ))}
        {isError ? <p className="sm bad">{t('reporter.failed')}</p> : null}
        {data && found.length === 0 ? <p className="sm t3">{ui('choice.nothing')}</p> : null}
      </div>
    </fieldset>
  )
}
