import { Checkbox, MultiSelect, Radio, Select, TextInput, type TextInputProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { instantOf, wallOf } from '#client/ui/wall-clock.ts'
import { type PolicyContent, RequiredField } from '#shared/contract/policies.ts'
import { Severity } from '#shared/domain/words.ts'
import { LongText } from '../LongText.tsx'
import own from './drafts.module.css'
import { Examples } from './Examples.tsx'
import type { Written } from './use-draft.ts'

type Props = { kind: 'clause' | 'exemption'; written: Written; onChange: (part: Partial<Written>) => void }
/** Fields that stand beside each other begin in one line. */
const hintBelow: NonNullable<TextInputProps['inputWrapperOrder']> = ['label', 'input', 'description', 'error']

type TextField = 'shortName' | 'label' | 'description'
type LinesField = 'signs' | 'notThis' | 'questions' | 'usualMeasures'

export function DraftForm({ kind, written, onChange }: Props) {
  const { t } = useTranslation('drafts')
  const { content } = written
  const set = (part: Partial<PolicyContent>) => onChange({ content: { ...content, ...part } })
  const text = (name: TextField, maxLength: number) => ({
    label: t(`field.${name}`),
    maxLength,
    dir: 'auto' as const,
    value: content[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  })
  const lines = (name: LinesField) => (
    <Lines label={t(`field.${name}`)} lines={content[name]} onChange={(value) => set({ [name]: value })} />
  )
  return (
    <form className={own.form} onSubmit={(event) => event.preventDefault()} aria-label={t('group.text')}>
      <fieldset className={own.group}>
        <legend>{t('group.change')}</legend>
        <TextInput
          label={t('field.change')}
          description={t('field.change.hint')}
          maxLength={500}
          dir="auto"
          value={written.change}
          onChange={(event) => onChange({ change: event.currentTarget.value })}
        />
        <Wanted from={written.wantedFrom} onChange={(wantedFrom) => onChange({ wantedFrom })} />
      </fieldset>
      <fieldset className={own.group}>
        <legend>{t('group.text')}</legend>
        <div className={own.pair}>
          <TextInput {...text('label', 200)} />
          <TextInput {...text('shortName', 60)} description={t('field.shortName.hint')} inputWrapperOrder={hintBelow} />
        </div>
        <LongText {...text('description', 10_000)} rows={3} />
        {kind === 'clause' ? lines('signs') : lines('questions')}
        {kind === 'clause' ? lines('notThis') : null}
        <Examples examples={content.examples} onChange={(examples) => set({ examples })} />
        {lines('usualMeasures')}
      </fieldset>
      {kind === 'clause' ? <Terms content={content} onChange={set} /> : null}
      <Ground content={content} onChange={set} />
    </form>
  )
}

/** A wish: whoever publishes it chooses. */
function Wanted({ from, onChange }: { from: string | null; onChange: (from: string | null) => void }) {
  const { t } = useTranslation('drafts')
  return (
    <TextInput
      type="datetime-local"
      className={own.short}
      label={t('field.wantedFrom')}
      description={t('field.wantedFrom.hint')}
      defaultValue={from ? wallOf(from, null) : ''}
      onChange={({ currentTarget: { value } }) => {
        if (value === '') onChange(null)
        else if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) && value >= '2000') onChange(instantOf(value, null))
      }}
    />
  )
}

type LinesProps = { label: string; lines: readonly string[]; onChange: (lines: string[]) => void }

/** One a line. Blank ones are left out when somebody is asked to read it, not while they are typed. */
function Lines({ label, lines, onChange }: LinesProps) {
  const { t } = useTranslation('drafts')
  return (
    <LongText
      label={label}
      description={t('field.lines')}
      rows={2}
      value={lines.join('\n')}
      onChange={({ currentTarget: { value } }) => onChange(value === '' ? [] : value.split('\n'))}
    />
  )
}

type PartProps = { content: PolicyContent; onChange: (part: Partial<PolicyContent>) => void }

function Terms({ content, onChange }: PartProps) {
  const { t } = useTranslation('drafts')
  const { t: words } = useTranslation('policies')
  return (
    <fieldset className={own.group}>
      <legend>{t('group.terms')}</legend>
      <div className={own.three}>
        <Select
          label={t('field.severity')}
          allowDeselect={false}
          data={Severity.options.map((value) => ({ value, label: words(`severity.${value}`) }))}
          value={content.severity}
          onChange={(value) => onChange({ severity: Severity.parse(value) })}
        />
        <Select
          label={t('field.strikeWeight')}
          allowDeselect={false}
          data={Array.from({ length: 11 }, (_, n) => String(n))}
          value={String(content.strikeWeight)}
          onChange={(value) => onChange({ strikeWeight: Number(value) })}
        />
        <Days value={content.appealDays} onChange={(appealDays) => onChange({ appealDays })} />
      </div>
      <fieldset className={own.checks}>
        <legend>{t('field.required')}</legend>
        {RequiredField.options.map((field) => (
          <Checkbox
            key={field}
            label={words(`required.${field}`)}
            checked={content.requiredFields.includes(field)}
            onChange={({ currentTarget: { checked } }) => {
              const others = content.requiredFields.filter((each) => each !== field)
              onChange({ requiredFields: checked ? [...others, field] : others })
            }}
          />
        ))}
      </fieldset>
      <Exemptions chosen={content.exemptions} onChange={(exemptions) => onChange({ exemptions })} />
      <div className={own.checks}>
        {(['needsPurposeTest', 'isRestricted'] as const).map((name) => (
          <Checkbox
            key={name}
            label={t(`field.${name}`)}
            checked={content[name]}
            onChange={({ currentTarget: { checked } }) => onChange({ [name]: checked })}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** What is no number of days stays in the field and out of the draft. */
function Days({ value, onChange }: { value: number; onChange: (days: number) => void }) {
  const { t } = useTranslation('drafts')
  const [typed, setTyped] = useState(String(value))
  const isDays = (text: string) => /^\d{1,4}$/.test(text) && Number(text) <= 3_650
  return (
    <TextInput
      label={t('field.appealDays')}
      description={t('field.appealDays.hint')}
      inputWrapperOrder={hintBelow}
      inputMode="numeric"
      error={!isDays(typed)}
      value={typed}
      onChange={({ currentTarget: { value: text } }) => {
        setTyped(text)
        if (isDays(text)) onChange(Number(text))
      }}
    />
  )
}

type ExemptionsProps = { chosen: string[] | null; onChange: (chosen: string[] | null) => void }

function Exemptions({ chosen, onChange }: ExemptionsProps) {
  const { t } = useTranslation('drafts')
  const { data: policies } = useQuery(policiesQuery)
  const known = [...(policies?.values() ?? [])].filter(({ kind, isRetired }) => kind === 'exemption' && !isRetired)
  return (
    <fieldset className={own.checks}>
      <legend>{t('field.exemptions')}</legend>
      <Radio.Group
        aria-label={t('field.exemptions')}
        value={chosen === null ? 'all' : 'some'}
        onChange={(value) => onChange(value === 'all' ? null : [])}
      >
        <div className="row">
          <Radio value="all" label={t('field.exemptions.all')} />
          <Radio value="some" label={t('field.exemptions.some')} />
        </div>
      </Radio.Group>
      {chosen ? (
        <MultiSelect
          aria-label={t('field.exemptions')}
          searchable
          data={known.map(({ id, code, shortName }) => ({ value: id, label: `${code} ${shortName}` }))}
          value={chosen}
          onChange={onChange}
        />
      ) : null}
    </fieldset>
  )
}

function Ground({ content: { alert, ground }, onChange }: PartProps) {
  const { t } = useTranslation('drafts')
  return (
    <fieldset className={own.group}>
      <legend>{t('group.ground')}</legend>
      <TextInput
        label={t('field.alert')}
        maxLength={1_000}
        dir="auto"
        value={alert ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ alert: value || null })}
      />
      <div className={own.pair}>
        {(['tco', 'dsaCategory'] as const).map((name) => (
          <TextInput
            key={name}
            label={t(`field.${name}`)}
            maxLength={200}
            dir="ltr"
            value={ground[name] ?? ''}
            onChange={({ currentTarget: { value } }) => onChange({ ground: { ...ground, [name]: value || null } })}
          />
        ))}
      </div>
      <Lines
        label={t('field.dsaKeywords')}
        lines={ground.dsaKeywords}
        onChange={(dsaKeywords) => onChange({ ground: { ...ground, dsaKeywords } })}
      />
    </fieldset>
  )
}
