import { ActionIcon, Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { type Column, DataTable } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Drill } from '#client/ui/links.tsx'
import { ErrorState } from '#client/ui/states.tsx'
import { Delayed, SkeletonRows } from '#client/ui/waiting.tsx'
import type { QueueSettings } from '#shared/contract/routing.ts'
import { Refused } from '../Refused.tsx'
import css from '../routing.module.css'
import { queueSettingsQuery, useOrderQueues } from '../routing.queries.ts'
import { readRoutingSearch } from '../routing.search.ts'
import { QueueForm } from './QueueForm.tsx'
import { Training } from './Training.tsx'

/** All queues, and the settings of one. */
export function QueuesTab() {
  const { t } = useTranslation('routing')
  const mayManage = useMay('queue.manage')
  const navigate = useNavigate()
  const { queue: openId } = readRoutingSearch(useSearch({ strict: false }))
  const { data, error, isPending, refetch } = useQuery(queueSettingsQuery)
  const order = useOrderQueues()
  const open = (queue?: string) => void navigate({ to: '/routing', search: queue ? { queue } : {}, replace: true })
  const queues = data?.items ?? []
  const columns = useColumns(queues, mayManage ? order.mutate : null)
  if (error && !data) {
    return <ErrorState title={t('failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  const shown = queues.find(({ id }) => id === openId)
  const isNew = openId === 'new' && mayManage
  return (
    <div className={css.split}>
      <div className={css.main}>
        {mayManage ? (
          <div className={css.head}>
            <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => open('new')}>
              {t('queues.add')}
            </Button>
          </div>
        ) : null}
        <Refused error={order.error} />
        <section className={`panel ${css.table}`}>
          <DataTable
            label={t('queues.label')}
            columns={columns}
            rows={queues}
            rowId={({ id }) => id}
            rowCount={queues.length}
            openId={openId ?? null}
            onOpen={({ id }) => open(id)}
            instead={
              isPending ? (
                <Delayed>
                  <SkeletonRows columns={[40, 30, 30, 20, 20, 20]} />
                </Delayed>
              ) : null
            }
          />
        </section>
      </div>
      <div className={css.side}>
        {shown || isNew ? (
          <QueueForm
            key={shown ? `${shown.id} ${shown.version}` : 'new'}
            queue={shown ?? null}
            onSaved={open}
            onClose={() => open()}
          />
        ) : null}
        <Training />
      </div>
    </div>
  )
}

function useColumns(
  queues: readonly QueueSettings[],
  onOrder: ((queueIds: string[]) => void) | null,
): Column<QueueSettings>[] {
  const { t } = useTranslation('routing')
  const format = useFormat()
  const ids = queues.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id)
  function swap(id: string, by: 1 | -1) {
    const from = ids.indexOf(id)
    const next = [...ids]
    next.splice(from, 1)
    next.splice(from + by, 0, id)
    onOrder?.(next)
  }
  const name: Column<QueueSettings> = {
    id: 'name',
    header: t('queues.name'),
    cell: (queue) => (
      <span className="row6">
        <span className="b cut">{queue.name}</span>
        {queue.isLastResort ? <Badge tone="accent">{t('queues.lastResort')}</Badge> : null}
        {queue.retiredAt ? <Badge tone="gone">{t('queues.retired')}</Badge> : null}
      </span>
    ),
  }
  const rest: Column<QueueSettings>[] = [
    {
      id: 'target',
      header: t('queues.target'),
      cell: ({ targetMs, sourceTargets }) => {
        const count = Object.keys(sourceTargets).length
        return (
          <span className="col">
            <span className="num">{format.span(targetMs)}</span>
            {count > 0 ? <span className="xs t3">{t('queues.alsoTargets', { count })}</span> : null}
          </span>
        )
      },
    },
    {
      id: 'languages',
      header: t('queues.languages'),
      isWide: true,
      cell: ({ languages }) =>
        languages.length === 0 ? (
          <span className="t3">{t('queues.allLanguages')}</span>
        ) : (
          <span className="cut">{languages.map((code) => format.language(code)).join(', ')}</span>
        ),
    },
    {
      id: 'waiting',
      header: t('queues.waiting'),
      isEnd: true,
      cell: ({ id, waiting }) => (
        <Drill to="/queue" search={{ queue: id }} className="num" onClick={(event) => event.stopPropagation()}>
          {format.number(waiting.value)}
          {waiting.exact ? '' : '+'}
        </Drill>
      ),
    },
    {
      id: 'rules',
      header: t('queues.rules'),
      isEnd: true,
      isWide: true,
      cell: ({ ruleCount }) => format.number(ruleCount),
    },
    {
      id: 'people',
      header: t('queues.people'),
      isEnd: true,
      isWide: true,
      cell: ({ people }) => <span className={people.length === 0 ? 'warn b' : ''}>{format.number(people.length)}</span>,
    },
  ]
  if (!onOrder) return [name, ...rest]
  const place: Column<QueueSettings> = {
    id: 'order',
    isWide: true,
    header: <span className="vh">{t('queues.order')}</span>,
    width: 64,
    cell: ({ id, name: label, retiredAt }) =>
      retiredAt ? null : (
        <span className={css.order}>
          <ActionIcon
            aria-label={t('queues.up', { name: label })}
            disabled={ids[0] === id}
            onClick={(event) => {
              event.stopPropagation()
              swap(id, -1)
            }}
          >
            <IconChevronUp size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label={t('queues.down', { name: label })}
            disabled={ids.at(-1) === id}
            onClick={(event) => {
              event.stopPropagation()
              swap(id, 1)
            }}
          >
            <IconChevronDown size={14} aria-hidden />
          </ActionIcon>
        </span>
      ),
  }
  return [name, ...rest, place]
}
