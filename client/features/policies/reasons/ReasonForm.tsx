import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { useWriteReason } from '#client/api/reasons.ts'
import { announce } from '#client/ui/announce.tsx'
import { useFormat } from '#client/ui/format.ts'
import { type CannedReason, ReasonUse } from '#shared/contract/reasons.ts'
import { placeholders, unknownPlaceholders } from '#shared/domain/canned-reasons.ts'
import css from './reasons.module.css'

/** Those that reviewers' screens speak, and English. */
const languages = ['en', 'ru', 'kk', 'ar'] as const

type Props = { reason: CannedReason | null; policyId: string; onDone: () => void }

/** Writes a canned reason, or its next version. What is typed stays until it is saved. */
export function ReasonForm({ reason, policyId, onDone }: Props) {
  const { t } = useTranslation('reasons')
  const format = useFormat()
  const write = useWriteReason()
  const [clientId] = useState(() => crypto.randomUUID())
  const [name, setName] = useState(reason?.name ?? '')
  const [uses, setUses] = useState<ReasonUse[]>(reason?.uses ?? ['rationale'])
  const [isGeneral, setGeneral] = useState(reason ? reason.policyId === null : false)
  const [texts, setTexts] = useState<Record<string, string>>(reason?.texts ?? { en: '' })
  const [isTried, setTried] = useState(false)
  const left = languages.filter((language) => !(language in texts))
  const fault = faultOf({ name, uses, texts })

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (fault || write.isPending) return
    const filled = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))
    write.mutate(
      {
        clientId,
        policyId: isGeneral ? null : (reason?.policyId ?? policyId),
        uses,
        name,
        texts: filled,
        supersedesId: reason?.id ?? null,
      },
      {
        onSuccess: () => {
          announce(t('saved'))
          onDone()
        },
      },
    )
  }
  return (
    <form
      className={css.form}
      onSubmit={submit}
      aria-label={t(reason ? 'change.of' : 'add', { name: reason?.name ?? '' })}
    >
      <TextInput
        data-autofocus
        autoFocus
        label={t('name')}
        description={t('nameHint')}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <fieldset className={css.uses}>
        <legend className="sm b">{t('uses')}</legend>
        {ReasonUse.options.map((use) => (
          <Checkbox
            key={use}
            label={t(`use.${use}`)}
            checked={uses.includes(use)}
            onChange={({ currentTarget: { checked } }) =>
              setUses(checked ? [...uses, use] : uses.filter((each) => each !== use))
            }
          />
        ))}
        <Checkbox
          label={t('allClauses')}
          checked={isGeneral}
          onChange={(event) => setGeneral(event.currentTarget.checked)}
        />
      </fieldset>
      {Object.entries(texts).map(([language, text]) => (
        <Textarea
          key={language}
          dir="auto"
          lang={language}
          rows={3}
          maxLength={2_000}
          label={t('words', { language: format.language(language) })}
          value={text}
          onChange={(event) => setTexts({ ...texts, [language]: event.currentTarget.value })}
        />
      ))}
      <p className="xs t3">{t('wordsHint', { list: placeholders.map((each) => `{${each}}`).join(', ') })}</p>
      {left.length > 0 ? (
        <Select
          aria-label={t('addLanguage')}
          placeholder={t('addLanguage')}
          data={left.map((language) => ({ value: language, label: format.language(language) }))}
          value={null}
          onChange={(language) => language && setTexts({ ...texts, [language]: '' })}
        />
      ) : null}
      {isTried && fault ? (
        <p className="xs bad" role="alert">
          {t(`fault.${fault.kind}`, { names: fault.names })}
        </p>
      ) : null}
      {write.isError ? (
        <p className="xs bad" role="alert">
          {t(errorCode(write.error) === 'already_superseded' ? 'failed.superseded' : 'failed.save')}
        </p>
      ) : null}
      <div className="row">
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="submit" variant="filled" className="push" disabled={write.isPending}>
          {reason ? t('saveVersion', { n: reason.version + 1 }) : t('save')}
        </Button>
      </div>
    </form>
  )
}

type Typed = { name: string; uses: readonly string[]; texts: Record<string, string> }

function faultOf({ name, uses, texts }: Typed) {
  const words = Object.values(texts).filter((text) => text.trim() !== '')
  const unknown = words.flatMap(unknownPlaceholders)
  if (name.trim() === '') return { kind: 'name', names: '' } as const
  if (uses.length === 0) return { kind: 'uses', names: '' } as const
  if (words.length === 0) return { kind: 'words', names: '' } as const
  if (unknown.length > 0) return { kind: 'placeholder', names: unknown.map((each) => `{${each}}`).join(', ') } as const
  return null
}
