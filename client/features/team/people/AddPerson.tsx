import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useSession } from '#client/api/session.ts'
import { DateTime } from '#client/ui/time.tsx'
import { OneTimeSecret } from '../OneTimeSecret.tsx'
import { Refusal } from '../Refusal.tsx'
import { AccessFields, LanguageField } from './AccessFields.tsx'
import { everything } from './access-draft.ts'
import css from './people.module.css'
import { type Invitation, useInvite } from './people.queries.ts'
import { RoleField } from './RoleField.tsx'

type Props = {
  /** Filled in, for another link in place of one that was lost. */
  from?: Invitation
  onClose: () => void
}

/** Makes a link with which somebody chooses their own password. */
export function AddPerson({ from, onClose }: Props) {
  const { t } = useTranslation('people')
  const { scope } = useSession()
  const own = scope.queues?.map((queueId) => ({ queueId, mayTake: true }))
  const [draft, setDraft] = useState<Invitation>(
    from ?? {
      email: '',
      name: '',
      role: 'reviewer',
      access: own ? { seesAll: false, queues: own } : everything,
      languages: [],
    },
  )
  const [problems, setProblems] = useState<{ email?: string; name?: string }>({})
  const invite = useInvite()
  const change = (part: Partial<Invitation>) => {
    setDraft({ ...draft, ...part })
    setProblems({})
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const found = {
      ...(z.email().safeParse(draft.email.trim()).success ? {} : { email: t('problem.email') }),
      ...(draft.name.trim() ? {} : { name: t('problem.name') }),
    }
    setProblems(found)
    if (Object.keys(found).length === 0) invite.mutate({ ...draft, email: draft.email.trim() })
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={<span className="b">{t(invite.data ? 'link.title' : 'add.title', { name: draft.name })}</span>}
      closeButtonProps={{ 'aria-label': t('add.cancel') }}
      closeOnClickOutside={false}
    >
      {invite.data ? (
        <OneTimeSecret
          label={t('link.label')}
          secret={invite.data.link}
          copy={t('link.copy')}
          copied={t('link.copied')}
          done={t('link.done')}
          onDone={onClose}
        >
          {t('link.once')} {t('link.ends')} <DateTime at={invite.data.expiresAt} form="short" />.
        </OneTimeSecret>
      ) : (
        <form className={css.form} onSubmit={submit} noValidate>
          <div className={css.pair}>
            <TextInput
              data-autofocus
              label={t('add.email')}
              type="email"
              autoComplete="off"
              value={draft.email}
              error={problems.email}
              onChange={(event) => change({ email: event.currentTarget.value })}
            />
            <TextInput
              label={t('add.name')}
              autoComplete="off"
              maxLength={120}
              value={draft.name}
              error={problems.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          </div>
          <RoleField role={draft.role} onRole={(role) => change({ role })} />
          <AccessFields access={draft.access} onAccess={(access) => change({ access })} />
          <LanguageField languages={draft.languages} onLanguages={(languages) => change({ languages })} />
          <Refusal error={invite.error} />
          <div className="row6">
            <Button type="submit" variant="filled" loading={invite.isPending}>
              {t('add.make')}
            </Button>
            <Button onClick={onClose}>{t('add.cancel')}</Button>
          </div>
        </form>
      )}
    </Modal>
  )
}
