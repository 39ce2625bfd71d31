import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { Badge } from '#client/ui/Badge.tsx'
import type { Column } from '#client/ui/DataTable.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { ApiKey } from '#shared/contract/keys.ts'
import { useQueueWords } from '../people/people.columns.tsx'
import css from '../people/people.module.css'

/** @param onRevoke null for those who only read */
export function useKeyColumns(onRevoke: ((key: ApiKey) => void) | null): Column<ApiKey>[] {
  const { t } = useTranslation('people')
  const { t: ui } = useTranslation('ui')
  const { data: people } = useQuery(peopleQuery)
  const sayQueues = useQueueWords()
  return [
    {
      id: 'name',
      header: t('keys.col.name'),
      cell: ({ name, start, revokedAt }) => (
        <span className={css.who} data-out={revokedAt ? true : undefined}>
          <bdi className="b cut">{name}</bdi>
          <bdi className="mono sm t3 cut">{start}…</bdi>
        </span>
      ),
    },
    { id: 'role', header: t('col.role'), width: 110, cell: ({ role }) => t(`role.${role}`) },
    {
      id: 'sources',
      header: t('keys.col.sources'),
      cell: ({ sourceNames, sourceKinds }) => {
        if (sourceNames.length === 0 || sourceKinds.length === 0)
          return <span className="t3">{t('keys.sources.none')}</span>
        const kinds = sourceKinds.map((kind) => ui(`source.${kind}`)).join(', ')
        return (
          <span className={css.sources} title={`${sourceNames.join(', ')}: ${kinds}`}>
            <bdi className="cut">{sourceNames.join(', ')}</bdi>
            <span className="sm t3 cut">{kinds}</span>
          </span>
        )
      },
    },
    {
      id: 'queues',
      header: t('col.queues'),
      isWide: true,
      width: 130,
      cell: ({ access }) => <span className="sm t2">{sayQueues(access)}</span>,
    },
    {
      id: 'made',
      header: t('keys.col.made'),
      isWide: true,
      width: 210,
      cell: ({ madeAt, madeById }) => (
        <span className="sm t2">
          <DateTime at={madeAt} form="date" /> {madeById ? people?.get(madeById)?.name : null}
        </span>
      ),
    },
    {
      id: 'used',
      header: t('keys.col.used'),
      width: 110,
      cell: ({ lastUsedAt, revokedAt }) => {
        if (revokedAt) return <Badge tone="gone">{t('keys.revoked')}</Badge>
        return lastUsedAt ? <Ago at={lastUsedAt} /> : <span className="t3">{t('keys.used.never')}</span>
      },
    },
    ...(onRevoke
      ? [
          {
            id: 'revoke',
            header: <span className="vh">{t('keys.revoke')}</span>,
            isEnd: true,
            width: 92,
            cell: (key: ApiKey) =>
              key.revokedAt ? null : (
                <Button aria-label={t('keys.revoke.of', { name: key.name })} onClick={() => onRevoke(key)}>
                  {t('keys.revoke')}
                </Button>
              ),
          },
        ]
      : []),
  ]
}
