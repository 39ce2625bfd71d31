import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Ago } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { PersonSession } from '#shared/contract/people.ts'
import css from '../people/people.module.css'
import { sessionsQuery, useEndSession } from '../people/people.queries.ts'
import { Refusal } from '../Refusal.tsx'
import { browserOf } from './browser.ts'

type Props = {
  personId: string
  /** One's own are asked for without a name, so that nobody needs a permission for them. */
  isMe: boolean
  /** On a page that is about nothing else. */
  isAlone?: boolean
}

/** Where somebody is signed in. */
export function Sessions({ personId, isMe, isAlone = false }: Props) {
  const { t } = useTranslation('people')
  const { data: sessions, error } = useQuery(sessionsQuery(isMe ? undefined : personId))
  const end = useEndSession()
  return (
    <section className={css.part}>
      {isAlone ? null : <h3>{t('sessions.title')}</h3>}
      {error ? <p className="sm bad">{t('sessions.failed')}</p> : null}
      {!sessions && !error ? <SkeletonText lines={2} /> : null}
      {sessions?.length === 0 ? <p className="sm t2">{t('sessions.none')}</p> : null}
      <ul className={css.sessions}>
        {sessions?.map((session) => (
          <li key={session.id}>
            <Where session={session} />
            <Button
              aria-label={t('sessions.end.of', { where: nameOf(session) })}
              loading={end.isPending && end.variables === session.id}
              onClick={() => end.mutate(session.id, { onSuccess: () => announce(t('sessions.ended')) })}
            >
              {t('sessions.end')}
            </Button>
          </li>
        ))}
      </ul>
      <Refusal error={end.error} />
    </section>
  )

  function nameOf({ userAgent }: PersonSession) {
    const { browser, system } = browserOf(userAgent)
    if (!browser) return t('sessions.unknown')
    return system ? t('sessions.on', { browser, system }) : browser
  }

  function Where({ session }: { session: PersonSession }) {
    return (
      <div className="grow">
        <p className="sm row6">
          <span className="cut" title={session.userAgent ?? undefined}>
            {nameOf(session)}
          </span>
          {session.isCurrent ? <Badge tone="ok">{t('sessions.current')}</Badge> : null}
        </p>
        <p className="xs t3 cut">
          {session.address ? <bdi className="mono">{session.address}</bdi> : null} {t('sessions.started')}{' '}
          <Ago at={session.startedAt} />, {t('sessions.seen')} <Ago at={session.lastSeenAt} />
        </p>
      </div>
    )
  }
}
