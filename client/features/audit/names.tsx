import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import { Face } from '#client/ui/Face.tsx'
import type { LogEvent } from '#shared/contract/events.ts'
import { shorten } from './say-data.ts'

/** What people call whoever did it; nobody is the system. */
export function useNameOf() {
  const { t } = useTranslation('audit')
  const { person: me } = useSession()
  const { data: people } = useQuery(peopleQuery)
  return (personId: string | null) => {
    if (personId === null || personId === 'system') return t('who.system')
    return personId === me.id ? t('who.you') : (people?.get(personId)?.name ?? shorten(personId))
  }
}

export function Who({ event: { personId, keyId } }: { event: LogEvent }) {
  const { t } = useTranslation('audit')
  const nameOf = useNameOf()
  const { data: people } = useQuery(peopleQuery)
  if (personId === null) return <span className="t3">{t('who.system')}</span>
  const full = people?.get(personId)?.name ?? nameOf(personId)
  return (
    <span className="row6">
      <Face id={personId} name={full} size={18} isPlain />
      <bdi className="cut">{nameOf(personId)}</bdi>
      {keyId ? <span className="xs t3">{t('who.program')}</span> : null}
    </span>
  )
}

const named = [
  'review',
  'account',
  'person',
  'decision',
  'export',
  'flag',
  'reporter',
  'media',
  'note',
  'reason',
  'post',
  'invitation',
  'key',
  'receiver',
  'term',
  'policy',
  'policy_draft',
  'rereview',
  'organisation',
  'appeal',
  'template',
] as const

/** The kind of a subject in words, or as the log has it. */
export function useSubjectKind() {
  const { t } = useTranslation('audit')
  return (kind: string) => {
    const known = named.find((each) => each === kind)
    return known ? t(`subject.${known}`) : kind
  }
}

/** A review leads to its desk; the rest is named. */
export function Subject({ subject }: { subject: LogEvent['subject'] }) {
  const kindOf = useSubjectKind()
  const nameOf = useNameOf()
  if (subject.reference) {
    return (
      <Link to="/reviews/$reviewId" params={{ reviewId: subject.id }} onClick={(event) => event.stopPropagation()}>
        {subject.reference}
      </Link>
    )
  }
  if (subject.kind === 'account' || subject.kind === 'decision') {
    const stop = (event: { stopPropagation: () => void }) => event.stopPropagation()
    const shown = `${kindOf(subject.kind)} ${shorten(subject.id)}`
    return subject.kind === 'account' ? (
      <Link to="/accounts/$accountId" params={{ accountId: subject.id }} title={subject.id} onClick={stop}>
        {shown}
      </Link>
    ) : (
      <Link to="/decisions/$decisionId" params={{ decisionId: subject.id }} title={subject.id} onClick={stop}>
        {shown}
      </Link>
    )
  }
  if (subject.kind === 'appeal') {
    return (
      <Link
        to="/appeals/$appealId"
        params={{ appealId: subject.id }}
        title={subject.id}
        onClick={(event) => event.stopPropagation()}
      >
        {`${kindOf(subject.kind)} ${shorten(subject.id)}`}
      </Link>
    )
  }
  const name = subject.kind === 'person' ? nameOf(subject.id) : shorten(subject.id)
  return (
    <span title={subject.id}>
      {kindOf(subject.kind)} <bdi className="t3">{name}</bdi>
    </span>
  )
}
