import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import type { Receiver } from '#shared/contract/deliveries.ts'
import css from './delivery.module.css'
import { useRotate } from './delivery.queries.ts'
import { ReceiverForm } from './ReceiverForm.tsx'
import { SaveFailure } from './SaveFailure.tsx'

/** What an administrator is doing; the secret lives here only, and is gone with the dialog. */
export type ReceiverTask =
  | { kind: 'add' }
  | { kind: 'change'; receiver: Receiver }
  | { kind: 'rotate'; receiver: Receiver }
  | { kind: 'secret'; receiver: Receiver; secret: string }

type Props = { task: ReceiverTask; onTask: (task: ReceiverTask | null) => void }

/** Render with a key for each task. */
export function ReceiverDialogs({ task, onTask }: Props) {
  const { t } = useTranslation('delivery')
  const close = () => onTask(null)
  const name = 'receiver' in task ? task.receiver.name : ''
  const titles = {
    add: t('form.add'),
    change: t('form.change', { name }),
    rotate: t('rotate.title', { name }),
    secret: t('secret.title', { name }),
  }
  return (
    <Modal
      opened
      onClose={close}
      title={titles[task.kind]}
      closeButtonProps={{ 'aria-label': t('form.cancel') }}
      withCloseButton={task.kind !== 'secret'}
      closeOnClickOutside={false}
      closeOnEscape={task.kind !== 'secret'}
    >
      {content()}
    </Modal>
  )

  function content() {
    switch (task.kind) {
      case 'add':
      case 'change':
        return (
          <ReceiverForm
            receiver={task.kind === 'change' ? task.receiver : null}
            onSaved={(receiver, secret) => onTask(secret === null ? null : { kind: 'secret', receiver, secret })}
            onCancel={close}
          />
        )
      case 'rotate':
        return <RotateForm receiver={task.receiver} onTask={onTask} />
      case 'secret':
        return <Secret secret={task.secret} onDone={close} />
    }
  }
}

function RotateForm({ receiver, onTask }: { receiver: Receiver; onTask: Props['onTask'] }) {
  const { t } = useTranslation('delivery')
  const [clientId] = useState(() => crypto.randomUUID())
  const [hours, setHours] = useState('24')
  const rotate = useRotate(receiver.id)
  function submit(event: FormEvent) {
    event.preventDefault()
    rotate.mutate(
      { clientId, overlapHours: Number(hours) },
      { onSuccess: (made) => onTask({ kind: 'secret', ...made }) },
    )
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <p className="sm t2">{t('rotate.about')}</p>
      <TextInput
        label={t('rotate.overlap')}
        inputMode="numeric"
        pattern="[0-9]{1,3}"
        required
        value={hours}
        onChange={(event) => setHours(event.currentTarget.value)}
      />
      {rotate.error ? <SaveFailure error={rotate.error} /> : null}
      <div className="row6">
        <Button type="submit" variant="filled" disabled={rotate.isPending}>
          {t('rotate.make')}
        </Button>
        <Button onClick={() => onTask(null)}>{t('form.cancel')}</Button>
      </div>
    </form>
  )
}

function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useTranslation('delivery')
  const [isCopied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(secret)
    setCopied(true)
    announce(t('secret.copied'))
  }
  return (
    <div className={css.form}>
      <p className="sm">{t('secret.once')}</p>
      <TextInput
        label={t('secret.label')}
        className={css.secret}
        dir="ltr"
        readOnly
        value={secret}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="row6">
        <Button variant="filled" onClick={onDone}>
          {t('secret.done')}
        </Button>
        <Button onClick={() => void copy()}>{t(isCopied ? 'secret.copied' : 'secret.copy')}</Button>
      </div>
    </div>
  )
}
