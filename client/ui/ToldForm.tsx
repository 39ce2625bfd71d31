import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  reference: string
  /** The line that was raised. */
  line: string
  onSend: (answer: { clientId: string; told: string; toldAt: string | null }) => void
  onClose: () => void
  isSending: boolean
  /** In words. */
  failure: string | null
}

/** Who was told of a threat to life and when, or why nobody was. */
export function ToldForm({ reference, line, onSend, onClose, isSending, failure }: Props) {
  const { t } = useTranslation('safety')
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const [fields, setFields] = useState({ told: '', at: localNow(), isNone: false })
  const [problems, setProblems] = useState<{ told?: string; at?: string }>({})

  /** Another wording is another act. */
  function change(part: Partial<typeof fields>) {
    setFields({ ...fields, ...part })
    setProblems({})
    setClientId(crypto.randomUUID())
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const told = fields.told.trim()
    const at = new Date(fields.at)
    const found = {
      ...(told ? {} : { told: t('answer.missing') }),
      ...(fields.isNone || !Number.isNaN(at.getTime()) ? {} : { at: t('answer.time') }),
    }
    setProblems(found)
    if (Object.keys(found).length > 0) return
    onSend({ clientId, told, toldAt: fields.isNone ? null : at.toISOString() })
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={<span className="b">{t('answer.title', { reference })}</span>}
      closeButtonProps={{ 'aria-label': t('answer.cancel') }}
      closeOnClickOutside={false}
    >
      <form className="col" style={{ gap: 12 }} onSubmit={submit} noValidate>
        <p className="sm">
          <bdi dir="auto">{line}</bdi>
        </p>
        <TextInput
          data-autofocus
          label={t(fields.isNone ? 'answer.why' : 'answer.who')}
          description={fields.isNone ? undefined : t('answer.who.hint')}
          maxLength={500}
          value={fields.told}
          error={problems.told}
          onChange={(event) => change({ told: event.currentTarget.value })}
        />
        {fields.isNone ? null : (
          <TextInput
            label={t('answer.when')}
            type="datetime-local"
            value={fields.at}
            error={problems.at}
            onChange={(event) => change({ at: event.currentTarget.value })}
          />
        )}
        <Checkbox
          size="xs"
          label={t('answer.none')}
          checked={fields.isNone}
          onChange={(event) => change({ isNone: event.currentTarget.checked })}
        />
        {failure ? (
          <p className="sm bad" role="alert">
            {failure}
          </p>
        ) : null}
        <div className="row6">
          <Button type="submit" variant="filled" loading={isSending}>
            {t('answer.send')}
          </Button>
          <Button onClick={onClose}>{t('answer.cancel')}</Button>
        </div>
      </form>
    </Modal>
  )
}

/** Now, as the field for a local time takes it. */
function localNow() {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
