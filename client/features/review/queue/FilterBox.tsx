import { Button, Radio, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceList } from '#client/ui/ChoiceList.tsx'
import fields from '#client/ui/filter-fields.module.css'
import { MomentFields } from '#client/ui/MomentFields.tsx'
import { RangeFields } from '#client/ui/RangeFields.tsx'
import {
  type ChipName,
  type Filters,
  figuresIn,
  isList,
  isRange,
  isSwitch,
  isTime,
  momentsIn,
  ranges,
  toWord,
  valuesIn,
} from '../filters.ts'
import type { QueueSearch } from '../queue.search.ts'
import { useChoices } from './choices.ts'
import { useValueWords } from './filter-words.ts'
import { ReporterChoice } from './ReporterChoice.tsx'

type Props = {
  name: ChipName
  search: QueueSearch
  onChange: (value: Filters[ChipName]) => void
  onClose: () => void
}

/** The fields of one filter. */
export function FilterBox({ name, search, onChange, onClose }: Props) {
  const { t } = useTranslation('queue')
  const choicesOf = useChoices(search)
  const labelOf = useValueWords(search)
  const label = t(`facet.${name}`)
  const closing = (value: Filters[ChipName]) => {
    onChange(value)
    onClose()
  }
  if (isList(name)) {
    const chosen = valuesIn(name, search[name])
    const change = (values: string[]) => onChange(values.length > 0 ? values.join(',') : undefined)
    const nameOf = (value: string) => labelOf(name, value)
    if (name === 'reporter') return <ReporterChoice {...{ name: label, chosen, nameOf }} onChange={change} />
    return <ChoiceList name={label} choices={choicesOf(name)} chosen={chosen} onChange={change} nameOf={nameOf} />
  }
  if (isRange(name)) {
    const set = (ends: { from?: number; to?: number }) => closing(toWord(ends))
    return <RangeFields name={label} {...figuresIn(name, search[name])} {...ranges[name]} onChange={set} />
  }
  if (isTime(name)) {
    return (
      <MomentFields
        name={label}
        {...momentsIn(search[name])}
        looks={name === 'due' ? 'ahead' : 'back'}
        onChange={(ends) => onChange(toWord(ends))}
        onDone={onClose}
      />
    )
  }
  if (isSwitch(name)) {
    const options = [
      { value: 'true', label: t('facet.yes') },
      { value: 'false', label: t('facet.no') },
    ]
    const value = search[name] === undefined ? null : String(search[name])
    return <OneOf {...{ label, options, value }} onChange={(chosen) => onChange(chosen === 'true')} />
  }
  if (name === 'subject') {
    const options = (['post', 'account'] as const).map((value) => ({ value, label: t(`subject.${value}`) }))
    return <OneOf {...{ label, options }} value={search.subject ?? null} onChange={onChange} />
  }
  return <TextField label={label} value={search[name] ?? ''} onSet={(text) => closing(text || undefined)} />
}

type OneOfProps = {
  label: string
  options: { value: string; label: string }[]
  value: string | null
  onChange: (value: string) => void
}

function OneOf({ label, options, value, onChange }: OneOfProps) {
  return (
    <Radio.Group aria-label={label} value={value} onChange={onChange} className={fields.fields}>
      <Stack gap={8}>
        {options.map((option) => (
          <Radio key={option.value} size="xs" {...option} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

function TextField({ label, value, onSet }: { label: string; value: string; onSet: (text: string) => void }) {
  const { t } = useTranslation('ui')
  const [text, setText] = useState(value)
  function submit(event: FormEvent) {
    event.preventDefault()
    onSet(text.trim())
  }
  return (
    <form className={fields.fields} onSubmit={submit}>
      <TextInput
        data-autofocus
        aria-label={label}
        maxLength={300}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled">
        {t('range.set')}
      </Button>
    </form>
  )
}
