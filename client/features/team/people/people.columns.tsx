import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { queuesQuery } from '#client/api/reference-data.ts'
import { Badge } from '#client/ui/Badge.tsx'
import type { Column } from '#client/ui/DataTable.tsx'
import { Face } from '#client/ui/Face.tsx'
import { LangTag } from '#client/ui/tags.tsx'
import { Ago } from '#client/ui/time.tsx'
import type { QueueAccess, TeamMember } from '#shared/contract/people.ts'
import css from './people.module.css'

export function usePeopleColumns(): Column<TeamMember>[] {
  const { t } = useTranslation('people')
  const sayQueues = useQueueWords()
  return [
    {
      id: 'person',
      header: t('col.person'),
      cell: ({ id, name, email, disabledAt }) => (
        <span className={css.who} data-out={disabledAt ? true : undefined}>
          <Face id={id} name={name} isPlain />
          <bdi className="b cut">{name}</bdi>
          <bdi className="sm t3 cut">{email}</bdi>
        </span>
      ),
    },
    {
      id: 'role',
      header: t('col.role'),
      width: 150,
      cell: ({ role, seesRestricted }) => (
        <span className="row6">
          {t(`role.${role}`)}
          {seesRestricted ? (
            <span title={t('restricted')} role="img" aria-label={t('restricted')} className="warn row4">
              <IconLock size={13} aria-hidden />
            </span>
          ) : null}
        </span>
      ),
    },
    {
      id: 'queues',
      header: t('col.queues'),
      isWide: true,
      cell: ({ access }) => {
        const words = sayQueues(access)
        return (
          <span className="sm t2" title={words}>
            {words}
          </span>
        )
      },
    },
    {
      id: 'languages',
      header: t('col.languages'),
      isWide: true,
      width: 130,
      cell: ({ languages }) => (
        <span className="row4">
          {languages.map((code) => (
            <LangTag key={code} code={code} />
          ))}
        </span>
      ),
    },
    {
      id: 'seen',
      header: t('col.seen'),
      width: 110,
      cell: ({ lastSeenAt, disabledAt }) => {
        if (disabledAt) return <Badge tone="gone">{t('seen.out')}</Badge>
        return lastSeenAt ? <Ago at={lastSeenAt} /> : <span className="t3">{t('seen.never')}</span>
      },
    },
    {
      id: 'held',
      header: t('col.held'),
      isEnd: true,
      isWide: true,
      width: 64,
      cell: ({ heldCount }) => heldCount || '',
    },
  ]
}

/** Queues by their names, those that are only read said so. */
export function useQueueWords() {
  const { t } = useTranslation('people')
  const { data } = useQuery(queuesQuery)
  const nameOf = (id: string) => data?.items.find((queue) => queue.id === id)?.name ?? id
  return ({ seesAll, queues }: QueueAccess) => {
    const taken = queues.filter(({ mayTake }) => mayTake)
    if (seesAll) return queues.length === 0 ? t('queues.all') : t('queues.allTakes', { count: taken.length })
    if (queues.length === 0) return t('queues.none')
    return queues
      .map(({ queueId, mayTake }) => (mayTake ? nameOf(queueId) : t('queues.reads', { name: nameOf(queueId) })))
      .join(', ')
  }
}
