import { Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Fact, fillMessage, freeFieldsIn, languageFor, unfilledIn, type Values } from '#shared/domain/messages.ts'
import { useFormat } from '../format.ts'
import css from './message.module.css'

/** A template as far as it is needed to write by it. */
type TemplateView = { id: string; version: number; name: string; texts: Readonly<Record<string, string>> }
/** What a person has chosen and filled in. */
export type MessageDraft = { templateId: string; version: number; language: string; values: Record<string, string> }

type Props = {
  templates: readonly TemplateView[]
  draft: MessageDraft | null
  /** The language of who reads it. */
  language: string | null
  factsIn: (language: string) => Record<Fact, string>
  onChange: (draft: MessageDraft | null) => void
}

/** The message of this template in the reader's language. */
export function startMessage(template: TemplateView, language: string | null): MessageDraft | null {
  const chosen = languageFor(template.texts, language)
  return chosen ? { templateId: template.id, version: template.version, language: chosen, values: {} } : null
}

/** What a draft still lacks: fields, or a template that is gone. */
export function lackOf(draft: MessageDraft | null, templates: readonly TemplateView[], facts: Record<Fact, string>) {
  if (!draft) return []
  const text = templates.find(({ id }) => id === draft.templateId)?.texts[draft.language]
  return text === undefined ? ['template'] : unfilledIn(text, { ...facts, ...draft.values } as Values)
}

/** Template, language, free fields, and the message as it will read. */
export function MessageFields({ templates, draft, language, factsIn, onChange }: Props) {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const template = templates.find(({ id }) => id === draft?.templateId)
  const text = draft && template?.texts[draft.language]
  const free = text ? freeFieldsIn(text) : []
  /** Only what the text asks for is sent. */
  function put(part: Partial<MessageDraft>) {
    if (!draft) return
    const next = { ...draft, ...part }
    const asked: readonly string[] = freeFieldsIn(template?.texts[next.language] ?? '')
    onChange({
      ...next,
      values: Object.fromEntries(Object.entries(next.values).filter(([name]) => asked.includes(name))),
    })
  }
  return (
    <div className={css.fields}>
      <div className={css.pair}>
        <Select
          label={t('template')}
          placeholder={t('none')}
          data={templates.map(({ id, name }) => ({ value: id, label: name }))}
          value={template?.id ?? null}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          onChange={(id) => {
            const chosen = templates.find((each) => each.id === id)
            onChange(chosen ? startMessage(chosen, language) : null)
          }}
        />
        {draft && template ? (
          <Select
            label={t('language')}
            data={Object.keys(template.texts).map((value) => ({ value, label: format.language(value) }))}
            value={draft.language}
            allowDeselect={false}
            onChange={(value) => value && put({ language: value })}
          />
        ) : null}
      </div>
      {free.map((field) =>
        field === 'quote' ? (
          <TextInput
            key={field}
            label={t(`field.${field}`)}
            dir="auto"
            maxLength={2_000}
            value={draft?.values[field] ?? ''}
            onChange={(event) => put({ values: { ...draft?.values, [field]: event.currentTarget.value } })}
          />
        ) : (
          <Textarea
            key={field}
            label={t(`field.${field}`)}
            rows={2}
            dir="auto"
            maxLength={2_000}
            value={draft?.values[field] ?? ''}
            onChange={(event) => put({ values: { ...draft?.values, [field]: event.currentTarget.value } })}
          />
        ),
      )}
      {text && draft ? (
        <Reading text={text} language={draft.language} values={{ ...factsIn(draft.language), ...draft.values }} />
      ) : null}
    </div>
  )
}

/** As it will read; what has no value yet stays in its braces. */
export function Reading({ text, language, values }: { text: string; language: string; values: Values }) {
  const { t } = useTranslation('messages')
  const lacking = unfilledIn(text, values)
  return (
    <figure className={css.reading}>
      <figcaption className="xs t3">{t('reads')}</figcaption>
      <p dir="auto" lang={language}>
        {fillMessage(text, values)}
      </p>
      {lacking.length > 0 ? (
        <p className="xs warn" role="status">
          {t('lacking', { names: lacking.map((name) => `{{${name}}}`).join(', ') })}
        </p>
      ) : null}
    </figure>
  )
}
