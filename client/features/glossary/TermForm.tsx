import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, errorCode } from '#client/api/call.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { type TermForm as Form, TermContent, type TermDetail } from '#shared/contract/glossary.ts'
import { type Draft, draftOf, toContent } from './draft.ts'
import { FormFields, SenseFields, SourceFields } from './FieldRows.tsx'
import css from './glossary.module.css'
import { useSaveTerm } from './glossary.queries.ts'

type Props = {
  /** Null: a new one. */
  term: TermDetail | null
  onForms: (forms: readonly Form[]) => void
  onDone: (term: TermDetail) => void
  onCancel: () => void
}

export function TermForm({ term, onForms, onDone, onCancel }: Props) {
  const { t } = useTranslation('glossary')
  const [of, setOf] = useState(term)
  const [draft, setDraft] = useState(() => draftOf(term))
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const [isLacking, setLacking] = useState(false)
  const save = useSaveTerm()

  /** Another wording is another act. */
  function change(part: Partial<Draft>) {
    const next = { ...draft, ...part }
    setDraft(next)
    setClientId(crypto.randomUUID())
    setLacking(false)
    if (part.forms) onForms(part.forms)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const content = TermContent.safeParse(toContent(draft))
    setLacking(!content.success)
    if (!content.success) return
    const input = { ...content.data, clientId, change: draft.change.trim() || null, of }
    save.mutate(input, { onSuccess: onDone })
  }

  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <h1>{of ? <bdi lang={of.language}>{of.headword}</bdi> : t('form.new')}</h1>
      <div className={css.pair}>
        <TextInput
          label={t('form.headword')}
          data-autofocus
          maxLength={100}
          value={draft.headword}
          onChange={(event) => change({ headword: event.currentTarget.value })}
        />
        <TextInput
          label={t('form.language')}
          placeholder={t('form.language.hint')}
          maxLength={16}
          dir="ltr"
          value={draft.language}
          onChange={(event) => change({ language: event.currentTarget.value.trim() })}
        />
        <ClauseChoice value={draft.clause} onChange={(clause) => change({ clause })} />
      </div>
      <FormFields forms={draft.forms} language={draft.language} onChange={(forms) => change({ forms })} />
      <SenseFields senses={draft.senses} onChange={(senses) => change({ senses })} />
      <SourceFields sources={draft.sources} onChange={(sources) => change({ sources })} />
      {of ? (
        <TextInput
          label={t('form.change')}
          maxLength={500}
          value={draft.change}
          onChange={(event) => change({ change: event.currentTarget.value })}
        />
      ) : null}
      <div className={css.submit}>
        {isLacking ? (
          <p className="sm bad" role="alert">
            {t('form.needs')}
          </p>
        ) : null}
        {save.isError ? <Failure error={save.error} newest={term} at={of} onNewest={setOf} /> : null}
        <Button type="submit" variant="filled" disabled={save.isPending}>
          {t(save.isPending ? 'form.saving' : 'form.save')}
        </Button>
        <Button onClick={onCancel}>{t('form.cancel')}</Button>
      </div>
    </form>
  )
}

type ClauseProps = { value: string | null; onChange: (clause: string | null) => void }

function ClauseChoice({ value, onChange }: ClauseProps) {
  const { t } = useTranslation('glossary')
  const { data: policies } = useQuery(policiesQuery)
  const clauses = [...(policies?.values() ?? [])].filter(({ kind }) => kind === 'clause')
  return (
    <Select
      label={t('form.clause')}
      placeholder={t('clause.none')}
      clearable
      searchable
      data={clauses.map(({ id, code, shortName }) => ({ value: id, label: `${code} ${shortName}` }))}
      value={value}
      onChange={onChange}
    />
  )
}

type FailureProps = {
  error: unknown
  newest: TermDetail | null
  /** On which the draft was written. */
  at: TermDetail | null
  onNewest: (term: TermDetail) => void
}

function Failure({ error, newest, at, onNewest }: FailureProps) {
  const { t } = useTranslation('glossary')
  const isStale = errorCode(error) === 'version_changed'
  const path = error instanceof ApiError ? error.body?.issues?.[0]?.path : undefined
  const words = isStale
    ? t('form.failed.version_changed')
    : path === 'headword'
      ? t('form.failed.taken')
      : path
        ? t('form.failed.invalid', { path })
        : t('form.failed.other')
  const isRead = newest && at && newest.version > at.version
  return (
    <div role="alert" className={css.failure}>
      <p className="sm bad">{words}</p>
      {isStale && isRead ? <Button onClick={() => onNewest(newest)}>{t('form.over')}</Button> : null}
    </div>
  )
}
