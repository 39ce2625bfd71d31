import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { type Column, DataTable } from '#client/ui/DataTable.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { ExportSchedule } from '#shared/contract/exports.ts'
import { Who } from './exports.columns.tsx'
import css from './exports.module.css'
import { schedulesQuery, useEndSchedule } from './exports.queries.ts'
import { useWhat } from './words.ts'

/** What is written of each period that ends; nothing where there is none. */
export function Schedules() {
  const { t } = useTranslation('exports')
  const { data: schedules = [] } = useQuery(schedulesQuery)
  const mayEnd = useMay('export.schedule')
  const end = useEndSchedule()
  if (schedules.length === 0) return null
  const columns: Column<ExportSchedule>[] = [
    { id: 'name', header: t('schedule.name'), cell: (row) => <Name row={row} /> },
    { id: 'every', header: t('form.every'), width: 110, cell: (row) => t(`every.${row.every}`) },
    { id: 'last', header: t('schedule.last'), isWide: true, width: 260, cell: (row) => <Last row={row} /> },
    {
      id: 'next',
      header: t('schedule.next'),
      isWide: true,
      width: 120,
      cell: (row) => <DateTime at={row.next.at} form="short" />,
    },
    { id: 'who', header: t('column.who'), isWide: true, width: 150, cell: (row) => <Who id={row.personId} /> },
    {
      id: 'acts',
      header: <span className="vh">{t('column.acts')}</span>,
      isEnd: true,
      width: 90,
      cell: (row) =>
        mayEnd ? (
          <Button
            size="compact-xs"
            aria-label={`${t('schedule.end')} ${row.name}`}
            disabled={end.isPending}
            onClick={() => end.mutate(row.id, { onSuccess: () => announce(t('schedule.ended')) })}
          >
            {t('schedule.end')}
          </Button>
        ) : null,
    },
  ]
  return (
    <Panel title={t('schedules')} isFlush className={css.files ?? ''}>
      <div className={css.table}>
        <DataTable label={t('schedules')} columns={columns} rows={schedules} rowId={({ id }) => id} />
      </div>
      {end.error ? (
        <p className="sm bad" role="alert">
          {t('refused.other')}
        </p>
      ) : null}
    </Panel>
  )
}

function Name({ row }: { row: ExportSchedule }) {
  const { t } = useTranslation('exports')
  const { title, filters } = useWhat(row)
  const facts = [row.folder && `${row.folder}/`, filters].filter(Boolean).join(' · ')
  return (
    <div className={css.what}>
      <span className="row6">
        <b>
          <bdi>{row.name}</bdi>
        </b>
        <span className="t2">{title}</span>
        <span className={css.format}>{row.format.toUpperCase()}</span>
        {row.halted ? (
          <Badge tone="bad">{t(row.halted === 'folder' ? 'schedule.halted.folder' : 'schedule.halted.person')}</Badge>
        ) : null}
      </span>
      {facts ? <bdi className="xs t2 cut">{facts}</bdi> : null}
    </div>
  )
}

function Last({ row: { kind, filter, last } }: { row: ExportSchedule }) {
  const { t } = useTranslation('exports')
  const { period } = useWhat({ kind, filter, ...(last && { period: { from: last.from, to: last.to } }) })
  if (!last) return <span className="t3">{t('schedule.none')}</span>
  return (
    <span className="row6">
      <span>{period}</span>
      {last.state === 'ended' ? null : (
        <Badge tone={last.state === 'broken' ? 'bad' : 'warn'}>{t(`state.${last.state}`)}</Badge>
      )}
    </span>
  )
}
