import { ActionIcon, Button } from '@mantine/core'
import { IconCalendarRepeat, IconDownload, IconFileCertificate, IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { addressOf } from '#client/api/call.ts'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import { Badge } from '#client/ui/Badge.tsx'
import type { Column } from '#client/ui/DataTable.tsx'
import { Face } from '#client/ui/Face.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Meter } from '#client/ui/Meter.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { Tone } from '#client/ui/tone.ts'
import { downloadExport, type Export, type ExportState } from '#shared/contract/exports.ts'
import css from './exports.module.css'
import { useSize, useWhat } from './words.ts'

type Acts = { onCancel: (row: Export) => void; onManifest: (row: Export) => void }

export function useExportColumns({ onCancel, onManifest }: Acts): Column<Export>[] {
  const { t } = useTranslation('exports')
  const format = useFormat()
  const size = useSize()
  const me = useSession().person.id
  return [
    { id: 'what', header: t('column.what'), cell: (row) => <What row={row} /> },
    { id: 'state', header: t('column.state'), width: 150, cell: (row) => <State row={row} /> },
    {
      id: 'rows',
      header: t('column.rows'),
      isEnd: true,
      isWide: true,
      width: 96,
      cell: (row) => format.number(row.rows),
    },
    { id: 'size', header: t('column.size'), isEnd: true, isWide: true, width: 100, cell: (row) => size(row.bytes) },
    { id: 'who', header: t('column.who'), isWide: true, width: 150, cell: (row) => <Who id={row.personId} /> },
    {
      id: 'asked',
      header: t('column.asked'),
      isWide: true,
      width: 136,
      cell: (row) => <DateTime at={row.askedAt} form="short" />,
    },
    {
      id: 'acts',
      header: <span className="vh">{t('column.acts')}</span>,
      isEnd: true,
      width: 172,
      cell: (row) => <RowActs row={row} isMine={row.personId === me} onCancel={onCancel} onManifest={onManifest} />,
    },
  ]
}

function What({ row }: { row: Export }) {
  const { t } = useTranslation('exports')
  const { title, period, filters } = useWhat(row)
  const facts = [period, filters].filter(Boolean).join(' · ')
  return (
    <div className={css.what}>
      <span className="row6">
        <b>{title}</b>
        <span className={css.format}>{row.format.toUpperCase()}</span>
        {row.scheduleId ? (
          <span className="row4 xs t3">
            <IconCalendarRepeat size={12} aria-hidden /> <span className="hideS">{t('scheduled')}</span>
          </span>
        ) : null}
        {row.isClosed ? (
          <span className="row4 xs t3" title={t('closed.text')}>
            <IconLock size={12} aria-hidden /> {t('closed')}
          </span>
        ) : null}
      </span>
      {facts ? (
        <bdi className="xs t2 cut" title={facts}>
          {facts}
        </bdi>
      ) : null}
    </div>
  )
}

const tones: Record<ExportState, Tone> = {
  queued: 'warn',
  running: 'note',
  ended: 'ok',
  broken: 'bad',
  cancelled: 'gone',
}
const failures = ['not_finished', 'broken_off', 'too_many_rows', 'no_export_folder'] as const

function State({ row }: { row: Export }) {
  const { t } = useTranslation('exports')
  const { state, failure, expiresAt, rows, expectedRows } = row
  const known = failures.find((each) => each === failure)
  const isGone = state === 'ended' && expiresAt === null && row.scheduleId === null
  return (
    <div className={css.state}>
      <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
      {state === 'running' && expectedRows ? (
        <Meter value={rows} of={Math.max(rows, expectedRows)} label={t('progress')} />
      ) : null}
      {state === 'broken' ? <span className="xs t2">{t(known ? `failure.${known}` : 'failure.other')}</span> : null}
      {state === 'ended' && expiresAt ? (
        <span className="xs t3">
          {t('until')} <DateTime at={expiresAt} form="day" />
        </span>
      ) : null}
      {isGone ? <span className="xs t3">{t('notKept')}</span> : null}
    </div>
  )
}

export function Who({ id }: { id: string | null }) {
  const { t } = useTranslation('exports')
  const { data: people } = useQuery(peopleQuery)
  if (id === null) return <span className="t2">{t('console')}</span>
  const name = people?.get(id)?.name ?? id
  return (
    <span className="row6">
      <Face id={id} name={name} size={18} isPlain />
      <bdi className="cut">{name}</bdi>
    </span>
  )
}

function RowActs({ row, isMine, onCancel, onManifest }: Acts & { row: Export; isMine: boolean }) {
  const { t } = useTranslation('exports')
  const { title } = useWhat(row)
  const isUnfinished = row.state === 'queued' || row.state === 'running'
  return (
    <span className={css.acts}>
      {isUnfinished && isMine ? (
        <Button size="compact-xs" aria-label={`${t('cancel')} ${title}`} onClick={() => onCancel(row)}>
          {t('cancel')}
        </Button>
      ) : null}
      {row.state === 'ended' ? (
        <ActionIcon aria-label={`${t('manifest')} ${title}`} title={t('manifest')} onClick={() => onManifest(row)}>
          <IconFileCertificate size={16} />
        </ActionIcon>
      ) : null}
      {row.isDownloadable ? (
        <Button
          component="a"
          size="compact-xs"
          href={addressOf(downloadExport, { params: { exportId: row.id } })}
          download
          aria-label={`${t('download')} ${title}`}
          leftSection={<IconDownload size={13} aria-hidden />}
        >
          <span className="hideS">{t('download')}</span>
        </Button>
      ) : null}
    </span>
  )
}
