import { Button, Checkbox, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Receiver } from '#shared/contract/deliveries.ts'
import css from './delivery.module.css'
import { useSaveReceiver } from './delivery.queries.ts'
import { SaveFailure } from './SaveFailure.tsx'

type Props = {
  /** Null: a new one. */
  receiver: Receiver | null
  /** `secret` comes with a new one. */
  onSaved: (receiver: Receiver, secret: string | null) => void
  onCancel: () => void
}

const join = (words: readonly string[] = []) => words.join(', ')
const split = (text: string) => [...new Set(text.split(/[,\s]+/).filter(Boolean))]

export function ReceiverForm({ receiver, onSaved, onCancel }: Props) {
  const { t } = useTranslation('delivery')
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const [fields, setFields] = useState({
    name: receiver?.name ?? '',
    url: receiver?.url ?? 'https://',
    platforms: join(receiver?.platforms),
    sources: join(receiver?.sources),
    isActive: receiver?.isActive ?? true,
  })
  const save = useSaveReceiver()

  /** Another wording is another act: only a repeat of the same one may be answered as the first. */
  function change(next: Partial<typeof fields>) {
    setFields({ ...fields, ...next })
    setClientId(crypto.randomUUID())
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const { name, url, isActive } = fields
    const platforms = split(fields.platforms)
    const sources = split(fields.sources)
    const body = { clientId, name, url, platforms, sources, isActive }
    save.mutate(
      { id: receiver?.id ?? null, ...body },
      { onSuccess: ({ receiver: saved, secret }) => onSaved(saved, secret) },
    )
  }

  return (
    <form className={css.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        label={t('form.name')}
        description={t('form.nameHelp')}
        required
        maxLength={100}
        value={fields.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('form.url')}
        description={t('form.urlHelp')}
        type="url"
        dir="ltr"
        required
        maxLength={2_000}
        value={fields.url}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <TextInput
        label={t('form.platforms')}
        description={t('form.platformsHelp')}
        dir="ltr"
        value={fields.platforms}
        onChange={(event) => change({ platforms: event.currentTarget.value })}
      />
      <TextInput
        label={t('form.sources')}
        description={t('form.sourcesHelp')}
        dir="ltr"
        value={fields.sources}
        onChange={(event) => change({ sources: event.currentTarget.value })}
      />
      <Checkbox
        label={t('form.active')}
        description={t('form.activeHelp')}
        checked={fields.isActive}
        onChange={(event) => change({ isActive: event.currentTarget.checked })}
      />
      {save.error ? <SaveFailure error={save.error} /> : null}
      <div className="row6">
        <Button type="submit" variant="filled" disabled={save.isPending}>
          {t(save.isPending ? 'form.saving' : 'form.save')}
        </Button>
        <Button onClick={onCancel}>{t('form.cancel')}</Button>
      </div>
    </form>
  )
}
