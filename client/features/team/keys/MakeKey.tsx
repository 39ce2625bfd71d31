import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '#client/api/session.ts'
import { KeyRole } from '#shared/contract/keys.ts'
import { SourceKind } from '#shared/domain/words.ts'
import { OneTimeSecret } from '../OneTimeSecret.tsx'
import { AccessFields } from '../people/AccessFields.tsx'
import { everything } from '../people/access-draft.ts'
import css from '../people/people.module.css'
import { RoleField } from '../people/RoleField.tsx'
import { Refusal } from '../Refusal.tsx'
import { type NewKey, useMakeKey } from './keys.queries.ts'

/** Makes a key for a program. It is on the screen once, here. */
export function MakeKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people')
  const { t: ui } = useTranslation('ui')
  const { scope } = useSession()
  const own = scope.queues?.map((queueId) => ({ queueId, mayTake: true }))
  const [draft, setDraft] = useState<NewKey>({
    name: '',
    role: 'reviewer',
    sourceNames: [],
    sourceKinds: [],
    access: own ? { seesAll: false, queues: own } : everything,
  })
  const [names, setNames] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const make = useMakeKey()
  const change = (part: Partial<NewKey>) => {
    setDraft({ ...draft, ...part })
    setProblem(null)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!draft.name.trim()) return setProblem(t('problem.name'))
    const sourceNames = [...new Set(names.split(',').map((name) => name.trim()))].filter(Boolean)
    make.mutate({ ...draft, name: draft.name.trim(), sourceNames })
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={<span className="b">{t(make.data ? 'keys.made' : 'keys.add', { name: draft.name.trim() })}</span>}
      closeButtonProps={{ 'aria-label': t('add.cancel') }}
      closeOnClickOutside={false}
    >
      {make.data ? (
        <OneTimeSecret
          label={t('keys.secret')}
          secret={make.data.secret}
          copy={t('keys.copy')}
          copied={t('link.copied')}
          done={t('link.done')}
          onDone={onClose}
        >
          {t('keys.once')}
        </OneTimeSecret>
      ) : (
        <form className={css.form} onSubmit={submit} noValidate>
          <TextInput
            data-autofocus
            label={t('keys.name')}
            description={t('keys.name.hint')}
            autoComplete="off"
            maxLength={100}
            value={draft.name}
            error={problem}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <RoleField
            role={draft.role}
            roles={KeyRole.options}
            hint={t('keys.role.hint')}
            onRole={(role) => change({ role: KeyRole.parse(role) })}
          />
          <TextInput
            label={t('keys.names')}
            description={t('keys.names.hint')}
            autoComplete="off"
            spellCheck={false}
            value={names}
            onChange={(event) => setNames(event.currentTarget.value)}
          />
          <Checkbox.Group
            label={t('keys.kinds')}
            value={draft.sourceKinds}
            onChange={(kinds) => change({ sourceKinds: kinds as SourceKind[] })}
          >
            <div className={css.kinds}>
              {SourceKind.options.map((kind) => (
                <Checkbox key={kind} size="xs" value={kind} label={ui(`source.${kind}`)} />
              ))}
            </div>
          </Checkbox.Group>
          <AccessFields access={draft.access} onAccess={(access) => change({ access })} />
          <Refusal error={make.error} />
          <div className="row6">
            <Button type="submit" variant="filled" loading={make.isPending}>
              {t('keys.make')}
            </Button>
            <Button onClick={onClose}>{t('add.cancel')}</Button>
          </div>
        </form>
      )}
    </Modal>
  )
}
