import { ActionIcon, Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { endingsModes } from '#shared/domain/glossary/endings.ts'
import { blankForm, blankSense, blankSource, type Draft } from './draft.ts'
import css from './glossary.module.css'

/** Rows of one kind, with a button for another. */
function Rows({ title, hint, add, onAdd, children }: RowsProps) {
  return (
    <fieldset className={css.rows}>
      <legend>{title}</legend>
      {hint ? <p className="xs t3">{hint}</p> : null}
      {children}
      <div>
        <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={onAdd}>
          {add}
        </Button>
      </div>
    </fieldset>
  )
}

type RowsProps = { title: string; hint?: string; add: string; onAdd: () => void; children: ReactNode }

function RemoveRow({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon aria-label={label} onClick={onClick}>
      <IconX size={14} aria-hidden />
    </ActionIcon>
  )
}

type Keyed = { key: string }
/** The same rows with one changed. */
const withRow = <Row extends Keyed>(rows: readonly Row[], key: string, part: Partial<Row>) =>
  rows.map((row) => (row.key === key ? { ...row, ...part } : row))
const without = <Row extends Keyed>(rows: readonly Row[], key: string) => rows.filter((row) => row.key !== key)

type FormsProps = { forms: Draft['forms']; language: string; onChange: (forms: Draft['forms']) => void }

export function FormFields({ forms, language, onChange }: FormsProps) {
  const { t } = useTranslation('glossary')
  const endings = endingsModes.map((value) => ({ value, label: t(`endings.${value}`) }))
  return (
    <Rows
      title={t('forms')}
      hint={t('form.forms.hint')}
      add={t('form.addForm')}
      onAdd={() => onChange([...forms, blankForm(forms.at(-1)?.language ?? language)])}
    >
      {forms.map(({ key, text, language: own, endings: mode }) => (
        <div key={key} className={css.formRow}>
          <TextInput
            aria-label={t('forms.text')}
            placeholder={t('forms.text')}
            maxLength={100}
            lang={own}
            value={text}
            onChange={(event) => onChange(withRow(forms, key, { text: event.currentTarget.value }))}
          />
          <TextInput
            aria-label={t('forms.language')}
            maxLength={16}
            dir="ltr"
            value={own}
            onChange={(event) => onChange(withRow(forms, key, { language: event.currentTarget.value.trim() }))}
          />
          <Select
            aria-label={t('forms.endings')}
            allowDeselect={false}
            data={endings}
            value={mode}
            onChange={(value) => value && onChange(withRow(forms, key, { endings: value }))}
          />
          <RemoveRow label={t('form.removeForm', { text })} onClick={() => onChange(without(forms, key))} />
        </div>
      ))}
    </Rows>
  )
}

type SensesProps = { senses: Draft['senses']; onChange: (senses: Draft['senses']) => void }

export function SenseFields({ senses, onChange }: SensesProps) {
  const { t } = useTranslation('glossary')
  return (
    <Rows title={t('senses')} add={t('form.addSense')} onAdd={() => onChange([...senses, blankSense(false)])}>
      {senses.map(({ key, meaning, isCoded, examples }, index) => (
        <fieldset key={key} className={css.senseRow}>
          <legend className="xs t3">{t('form.sense', { n: index + 1 })}</legend>
          <Textarea
            aria-label={t('form.meaning')}
            placeholder={t('form.meaning')}
            maxLength={1_000}
            rows={2}
            value={meaning}
            onChange={(event) => onChange(withRow(senses, key, { meaning: event.currentTarget.value }))}
          />
          <Textarea
            aria-label={t('form.examples')}
            placeholder={t('form.examples')}
            rows={2}
            value={examples}
            onChange={(event) => onChange(withRow(senses, key, { examples: event.currentTarget.value }))}
          />
          <div className="row">
            <Checkbox
              size="xs"
              label={t('form.isCoded')}
              checked={isCoded}
              onChange={(event) => onChange(withRow(senses, key, { isCoded: event.currentTarget.checked }))}
            />
            <span className="push">
              <RemoveRow
                label={t('form.removeSense', { n: index + 1 })}
                onClick={() => onChange(without(senses, key))}
              />
            </span>
          </div>
        </fieldset>
      ))}
    </Rows>
  )
}

type SourcesProps = { sources: Draft['sources']; onChange: (sources: Draft['sources']) => void }

export function SourceFields({ sources, onChange }: SourcesProps) {
  const { t } = useTranslation('glossary')
  return (
    <Rows title={t('sources')} add={t('form.addSource')} onAdd={() => onChange([...sources, blankSource()])}>
      {sources.map(({ key, citation, url }, index) => (
        <div key={key} className={css.sourceRow}>
          <TextInput
            aria-label={t('form.citation', { n: index + 1 })}
            placeholder={t('form.citation', { n: index + 1 })}
            maxLength={500}
            value={citation}
            onChange={(event) => onChange(withRow(sources, key, { citation: event.currentTarget.value }))}
          />
          <TextInput
            aria-label={t('form.url', { n: index + 1 })}
            placeholder="https://"
            maxLength={2_000}
            dir="ltr"
            value={url}
            onChange={(event) => onChange(withRow(sources, key, { url: event.currentTarget.value }))}
          />
          <RemoveRow label={t('form.removeSource', { n: index + 1 })} onClick={() => onChange(without(sources, key))} />
        </div>
      ))}
    </Rows>
  )
}
