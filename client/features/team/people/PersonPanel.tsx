import { ActionIcon, Button, Checkbox } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Face } from '#client/ui/Face.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { TeamMember } from '#shared/contract/people.ts'
import { Refusal } from '../Refusal.tsx'
import { Sessions } from '../sessions/Sessions.tsx'
import { AccessFields, LanguageField } from './AccessFields.tsx'
import { isSame } from './access-draft.ts'
import { ComeAndGo } from './ComeAndGo.tsx'
import css from './people.module.css'
import { type PersonChange, useChangePerson } from './people.queries.ts'
import { RoleField } from './RoleField.tsx'
import { SkillsForm } from './SkillsForm.tsx'

type Props = { person: TeamMember; onClose: () => void }

/** One person with all that can be changed of them. Render with a key of id and version: a newer state starts anew. */
export function PersonPanel({ person, onClose }: Props) {
  const { t } = useTranslation('people')
  const { person: me } = useSession()
  const mayManage = useMay('person.manage')
  const isMe = me.id === person.id
  return (
    <aside className={css.panel} aria-label={person.name}>
      <header className={css.head}>
        <Face id={person.id} name={person.name} size={32} isPlain />
        <div className="col">
          <h2 className="cut">
            <bdi>{person.name}</bdi> {isMe ? <span className="t3">({t('person.you')})</span> : null}
          </h2>
          <bdi className="sm t2 cut">{person.email}</bdi>
        </div>
        <ActionIcon className="push" aria-label={t('person.close')} onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </header>
      <p className="xs t3">
        {t('person.since')} <DateTime at={person.joinedAt} form="date" />
      </p>
      {person.disabledAt ? (
        <p>
          <Badge tone="gone">
            {t('person.out')} <DateTime at={person.disabledAt} form="short" />
          </Badge>
        </p>
      ) : null}
      {mayManage ? <RoleForm person={person} /> : <Fact name={t('role.label')}>{t(`role.${person.role}`)}</Fact>}
      <AccessForm person={person} />
      {person.role === 'reviewer' || person.role === 'supervisor' ? <SkillsForm person={person} /> : null}
      <RestrictedForm person={person} isMe={isMe} />
      {mayManage || isMe ? <Sessions personId={person.id} isMe={isMe} /> : null}
      {mayManage ? <ComeAndGo person={person} isMe={isMe} /> : null}
    </aside>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={css.part}>
      <h3>{name}</h3>
      <p className="sm">{children}</p>
    </section>
  )
}

function RoleForm({ person }: { person: TeamMember }) {
  const { t } = useTranslation('people')
  const [role, setRole] = useState(person.role)
  const save = useChangePerson(person)
  return (
    <section className={css.part}>
      <RoleField role={role} onRole={setRole} />
      <Refusal error={save.error} />
      {role === person.role ? null : (
        <div className="row6">
          <Button
            variant="filled"
            loading={save.isPending}
            onClick={() =>
              save.mutate(
                { kind: 'role', role, version: person.version },
                { onSuccess: () => announce(t('role.saved', { name: person.name, role: t(`role.${role}`) })) },
              )
            }
          >
            {t('role.save')}
          </Button>
          <Button onClick={() => setRole(person.role)}>{t('access.undo')}</Button>
        </div>
      )}
    </section>
  )
}

function AccessForm({ person }: { person: TeamMember }) {
  const { t } = useTranslation('people')
  const mayAssign = useMay('person.assign')
  const mayManage = useMay('person.manage')
  const isReadOnly = !mayAssign || (!mayManage && person.role !== 'reviewer')
  const [access, setAccess] = useState(person.access)
  const [languages, setLanguages] = useState(person.languages)
  const save = useChangePerson(person)
  const isChanged = !isSame(access, person.access) || languages.join() !== person.languages.join()
  const act: PersonChange & { version: number } = { kind: 'access', access, languages, version: person.version }
  return (
    <section className={css.part}>
      <h3>{t('access.title')}</h3>
      <AccessFields access={access} onAccess={setAccess} isReadOnly={isReadOnly} />
      <LanguageField languages={languages} onLanguages={setLanguages} isReadOnly={isReadOnly} />
      {isReadOnly ? <p className="xs t3">{t('person.readOnly')}</p> : null}
      <Refusal error={save.error} />
      {isChanged ? (
        <>
          {person.heldCount > 0 ? <p className="xs t3">{t('access.givesBack')}</p> : null}
          <div className="row6">
            <Button
              variant="filled"
              loading={save.isPending}
              onClick={() => save.mutate(act, { onSuccess: () => announce(t('access.saved')) })}
            >
              {t('access.save')}
            </Button>
            <Button
              onClick={() => {
                setAccess(person.access)
                setLanguages(person.languages)
              }}
            >
              {t('access.undo')}
            </Button>
          </div>
        </>
      ) : null}
    </section>
  )
}

/** Given and taken at once: there is nothing to weigh up besides. */
function RestrictedForm({ person, isMe }: { person: TeamMember; isMe: boolean }) {
  const { t } = useTranslation('people')
  const mayManage = useMay('person.manage')
  const save = useChangePerson(person)
  const { seesRestricted, version } = person
  return (
    <section className={css.part}>
      <h3>{t('restricted.title')}</h3>
      <p className="xs t2">{t('restricted.text')}</p>
      {mayManage ? (
        <Checkbox
          size="xs"
          label={t('restricted.give')}
          description={isMe && !seesRestricted ? t('restricted.self') : undefined}
          checked={
            save.isPending ? save.variables.kind === 'restricted' && save.variables.seesRestricted : seesRestricted
          }
          disabled={(isMe && !seesRestricted) || save.isPending}
          onChange={() =>
            save.mutate(
              { kind: 'restricted', seesRestricted: !seesRestricted, version },
              { onSuccess: () => announce(t(seesRestricted ? 'restricted.off' : 'restricted.on')) },
            )
          }
        />
      ) : (
        <p className="sm">{t(seesRestricted ? 'restricted.on' : 'restricted.off')}</p>
      )}
      <Refusal error={save.error} />
    </section>
  )
}
