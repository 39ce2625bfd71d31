import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { usePolicyChoices } from '#client/api/choices.ts'
import { useWriteTemplate } from '#client/api/messages.ts'
import { announce } from '#client/ui/announce.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Panel } from '#client/ui/Panel.tsx'
import { MeasureName, type MessageTemplate } from '#shared/contract/messages.ts'
import { facts, freeFields, Occasion, unknownPlaceholders } from '#shared/domain/messages.ts'
import css from './messages.module.css'
import { Preview } from './OneTemplate.tsx'

/** Those that reviewers' screens speak, and others that people are written to in. */
const languages = ['en', 'ru', 'kk', 'ar', 'uk', 'uz', 'tr', 'de', 'fr', 'es'] as const

type Props = { template: MessageTemplate | null; onDone: (made: MessageTemplate | null) => void }

/** Writes a template or its next version, with how it will read beside it. What is typed stays until it is saved. */
export function TemplateForm({ template, onDone }: Props) {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const clauses = usePolicyChoices('clause')
  const write = useWriteTemplate()
  const [draft, setDraft] = useState(() => ({
    clientId: crypto.randomUUID(),
    name: template?.name ?? '',
    occasion: template?.occasion ?? ('decision' as Occasion),
    policyId: template?.policyId ?? null,
    measure: template?.measure ?? null,
    texts: { ...(template?.texts ?? { en: '' }) } as Record<string, string>,
  }))
  const [isTried, setTried] = useState(false)
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part, clientId: crypto.randomUUID() })
  const left = languages.filter((language) => !(language in draft.texts))
  const fault = faultOf(draft)

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (fault || write.isPending) return
    const texts = Object.fromEntries(Object.entries(draft.texts).filter(([, text]) => text.trim() !== ''))
    const supersedes = template && { id: template.id, version: template.version }
    write.mutate(
      { ...draft, texts, supersedes },
      {
        onSuccess: (made) => {
          announce(t('saved'))
          onDone(made)
        },
      },
    )
  }
  return (
    <form className={css.article} onSubmit={submit} aria-label={t(template ? 'change' : 'add')}>
      <header className="row wrap">
        <h2 className="b">{template ? template.name : t('add')}</h2>
        <span className="row6 push">
          <Button onClick={() => onDone(null)}>{t('cancel')}</Button>
          <Button type="submit" variant="filled" loading={write.isPending}>
            {template ? t('saveVersion', { n: template.version + 1 }) : t('save')}
          </Button>
        </span>
      </header>
      {isTried && fault ? (
        <p className="sm bad" role="alert">
          {t(`fault.${fault.kind}`, { names: fault.names })}
        </p>
      ) : null}
      {write.isError ? (
        <p className="sm bad" role="alert">
          {t(errorCode(write.error) === 'already_superseded' ? 'fail.superseded' : 'fail.save')}
        </p>
      ) : null}
      <div className={css.pair}>
        <TextInput
          label={t('name')}
          maxLength={60}
          autoFocus
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Select
          label={t('occasion')}
          data={Occasion.options.map((value) => ({ value, label: t(`occasion.${value}`) }))}
          value={draft.occasion}
          allowDeselect={false}
          onChange={(occasion) => change({ occasion: Occasion.parse(occasion) })}
        />
        <Select
          label={t('clause')}
          placeholder={t('everyClause')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          data={clauses}
          value={draft.policyId}
          onChange={(policyId) => change({ policyId })}
        />
        <Select
          label={t('measure')}
          placeholder={t('everyMeasure')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          data={MeasureName.options.map((value) => ({ value, label: t(`measure.${value}`) }))}
          value={draft.measure}
          onChange={(measure) => change({ measure: measure as MessageTemplate['measure'] })}
        />
      </div>
      {Object.entries(draft.texts).map(([language, text]) => (
        <Textarea
          key={language}
          label={t('words', { language: format.language(language) })}
          dir="auto"
          lang={language}
          rows={4}
          maxLength={5_000}
          value={text}
          error={
            unknownPlaceholders(text).length > 0
              ? t('fault.placeholder', { names: named(unknownPlaceholders(text)) })
              : undefined
          }
          onChange={(event) => change({ texts: { ...draft.texts, [language]: event.currentTarget.value } })}
        />
      ))}
      <p className="xs t3">{t('wordsHint', { facts: named(facts), free: named(freeFields) })}</p>
      {left.length > 0 ? (
        <div className={css.pair}>
          <Select
            aria-label={t('addLanguage')}
            placeholder={t('addLanguage')}
            data={left.map((language) => ({ value: language, label: format.language(language) }))}
            value={null}
            onChange={(language) => language && change({ texts: { ...draft.texts, [language]: '' } })}
          />
        </div>
      ) : null}
      <Panel title={t('preview')}>
        <Preview texts={draft.texts} policyId={draft.policyId} measure={draft.measure} occasion={draft.occasion} />
      </Panel>
    </form>
  )
}

const named = (names: readonly string[]) => names.map((name) => `{{${name}}}`).join(', ')

function faultOf({ name, texts }: { name: string; texts: Record<string, string> }) {
  const words = Object.values(texts).filter((text) => text.trim() !== '')
  const unknown = words.flatMap(unknownPlaceholders)
  if (name.trim() === '') return { kind: 'name', names: '' } as const
  if (words.length === 0) return { kind: 'words', names: '' } as const
  if (unknown.length > 0) return { kind: 'placeholder', names: named(unknown) } as const
  return null
}
