import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { CopyId } from '#client/ui/CopyId.tsx'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { LogEvent } from '#shared/contract/events.ts'
import { LogTime } from './audit.columns.tsx'
import css from './audit.module.css'
import { eventQuery } from './audit.queries.ts'
import { Subject, useNameOf } from './names.tsx'
import { factsOf, sayValue } from './say-data.ts'
import { useKindWords } from './words.ts'

type Props = {
  seq: number
  /** The entry, where the page on screen has it. */
  event: LogEvent | undefined
  onClose: () => void
}

/** One entry with all it holds. */
export function EntryPanel({ seq, event: onPage, onClose }: Props) {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const { data } = useQuery({ ...eventQuery(seq), enabled: !onPage })
  const event = onPage ?? data
  const title = t('entry.title', { seq: format.number(seq) })
  return (
    <aside className={css.entry} aria-label={title}>
      <div className="row">
        <h2 className="num">{title}</h2>
        <ActionIcon className="push" aria-label={t('entry.close')} onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </div>
      {event ? <Facts event={event} /> : null}
      {event === null ? <p className="t2">{t('entry.missing')}</p> : null}
      {event === undefined ? <SkeletonText lines={6} /> : null}
    </aside>
  )
}

function Facts({ event }: { event: LogEvent }) {
  const { t } = useTranslation('audit')
  const nameOf = useNameOf()
  const kindOf = useKindWords()
  const { house } = useFormat()
  const { data: people } = useQuery(peopleQuery)
  const { personId, subject } = event
  const person = personId ? people?.get(personId) : undefined
  return (
    <>
      <dl className={css.facts}>
        <Fact name={t('entry.time', { zone: house })}>
          <LogTime at={event.at} day="date" />
        </Fact>
        <Fact name={t('entry.action')}>
          {kindOf(event.kind)} <span className="mono t3">{event.kind}</span>
        </Fact>
        <Fact name={t('entry.by')}>
          {person ? `${person.name}, ${person.role}` : nameOf(personId)}
          {personId ? <CopyId id={personId} /> : null}
        </Fact>
        {event.keyId ? (
          <Fact name={t('entry.key')}>
            <CopyId id={event.keyId} />
          </Fact>
        ) : null}
        <Fact name={t('entry.on')}>
          <Subject subject={subject} />
          <CopyId id={subject.id} />
        </Fact>
        {subject.version === null ? null : <Fact name={t('entry.version')}>{subject.version}</Fact>}
        <Fact name={t('entry.id')}>
          <span className="mono">{event.id}</span>
        </Fact>
      </dl>
      <h3 className={css.heading}>{t('entry.data')}</h3>
      {Object.keys(event.data).length > 0 ? (
        <dl className={css.data}>
          {factsOf(event.data).map(([key, value]) => (
            <Fact key={key} name={key}>
              {sayValue(value) || <span className="t3">{t('entry.none')}</span>}
            </Fact>
          ))}
        </dl>
      ) : (
        <p className="t3 sm">{t('entry.noData')}</p>
      )}
      <div className="row6 wrap">
        {subject.reference ? (
          <ButtonLink to="/reviews/$reviewId" params={{ reviewId: subject.id }}>
            {t('entry.openReview', { reference: subject.reference })}
          </ButtonLink>
        ) : null}
        <ButtonLink to="/audit" search={{ subjectKind: subject.kind, subjectId: subject.id, entry: event.seq }}>
          {t('entry.onlySubject')}
        </ButtonLink>
      </div>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
