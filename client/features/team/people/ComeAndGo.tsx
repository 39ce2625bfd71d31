import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { TeamMember } from '#shared/contract/people.ts'
import { OneTimeSecret } from '../OneTimeSecret.tsx'
import { Refusal } from '../Refusal.tsx'
import css from './people.module.css'
import { useChangePerson, useResetLink } from './people.queries.ts'

/** Shut out, let in again, or a way back for somebody who forgot their password. */
export function ComeAndGo({ person, isMe }: { person: TeamMember; isMe: boolean }) {
  return person.disabledAt ? (
    <LetIn person={person} />
  ) : (
    <>
      {isMe ? null : <ResetLink person={person} />}
      <ShutOut person={person} />
    </>
  )
}

function ShutOut({ person }: { person: TeamMember }) {
  const { t } = useTranslation('people')
  const [isAsking, setAsking] = useState(false)
  const save = useChangePerson(person)
  const { name, version } = person
  return (
    <section className={css.part}>
      <h3>{t('out.action')}</h3>
      <p className="xs t2">{t('out.text')}</p>
      <Refusal error={save.error} />
      <div className="row6">
        {isAsking ? (
          <>
            <Button
              className={css.danger}
              loading={save.isPending}
              onClick={() =>
                save.mutate({ kind: 'disable', version }, { onSuccess: () => announce(t('out.done', { name })) })
              }
            >
              {t('out.confirm', { name })}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('out.cancel')}</Button>
          </>
        ) : (
          <Button onClick={() => setAsking(true)}>{t('out.action')}</Button>
        )}
      </div>
    </section>
  )
}

function LetIn({ person: { name, version, ...person } }: { person: TeamMember }) {
  const { t } = useTranslation('people')
  const save = useChangePerson({ ...person, version })
  return (
    <section className={css.part}>
      <h3>{t('in.action')}</h3>
      <p className="xs t2">{t('in.text')}</p>
      <Refusal error={save.error} />
      <div>
        <Button
          loading={save.isPending}
          onClick={() =>
            save.mutate({ kind: 'enable', version }, { onSuccess: () => announce(t('in.done', { name })) })
          }
        >
          {t('in.action')}
        </Button>
      </div>
    </section>
  )
}

function ResetLink({ person }: { person: TeamMember }) {
  const { t } = useTranslation('people')
  const reset = useResetLink(person.id)
  if (reset.data) {
    return (
      <section className={css.part}>
        <h3>{t('link.title', { name: person.name })}</h3>
        <OneTimeSecret
          label={t('link.label')}
          secret={reset.data.link}
          copy={t('link.copy')}
          copied={t('link.copied')}
          done={t('link.done')}
          onDone={() => reset.reset()}
        >
          {t('link.once')} {t('link.ends')} <DateTime at={reset.data.expiresAt} form="short" />.
        </OneTimeSecret>
      </section>
    )
  }
  return (
    <section className={css.part}>
      <h3>{t('reset.action')}</h3>
      <p className="xs t2">{t('reset.text')}</p>
      <Refusal error={reset.error} />
      <div>
        <Button loading={reset.isPending} onClick={() => reset.mutate(null)}>
          {t('reset.action')}
        </Button>
      </div>
    </section>
  )
}
