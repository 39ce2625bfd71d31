import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, errorFacts } from '#client/api/call.ts'
import { Panel } from '#client/ui/Panel.tsx'
import { ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { ImportReading } from '#shared/contract/imports.ts'
import type { ImportField } from '#shared/domain/import-fields.ts'
import { type ChangeReading, Columns } from './Columns.tsx'
import { FirstRows } from './FirstRows.tsx'
import { NotText } from './file-text.ts'
import { Running } from './Running.tsx'
import { lookAt, type Run } from './run-import.ts'

/** Render with a key of its own for each file. */
export function ImportFile({ file }: { file: File }) {
  const { t } = useTranslation('intake')
  const [id] = useState(() => crypto.randomUUID())
  const [chosen, setChosen] = useState<Partial<ImportReading>>({})
  const [run, setRun] = useState<{ run: Run; count: number } | null>(null)
  const [isRunning, setRunning] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['import', id, chosen],
    queryFn: ({ signal }) => lookAt(file, chosen, signal),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  if (error && !data) return <Unread error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonText lines={6} />
  const { shape, missing, rows } = data
  // What was chosen a moment ago counts already, though its rows are still being read.
  const reading = { ...data.reading, ...chosen }
  const change: ChangeReading = (make) =>
    setChosen((before) => {
      const now = { ...data.reading, ...before }
      return { ...now, ...make(now) }
    })
  const start = (isDryRun: boolean) => {
    setRunning(true)
    setRun((before) => ({ run: { file, shape, reading, isDryRun }, count: (before?.count ?? 0) + 1 }))
  }
  return (
    <>
      {shape.format === 'csv' ? <Columns {...{ shape, reading, isDisabled: isRunning }} onChange={change} /> : null}
      {missing.length > 0 ? (
        <p className="sm bad" role="alert">
          {t('import.missing', { fields: missing.map((group) => wordGroup(t, group)).join(t('import.and')) })}
        </p>
      ) : null}
      <div className="row">
        <Button variant="filled" disabled={isRunning || missing.length > 0} onClick={() => start(false)}>
          {t('import.run')}
        </Button>
        <Button disabled={isRunning || missing.length > 0} onClick={() => start(true)}>
          {t('import.dryRun')}
        </Button>
      </div>
      {run ? <Running key={run.count} run={run.run} onEnd={() => setRunning(false)} /> : null}
      <Panel title={t('import.rows')} isFlush>
        <FirstRows rows={rows} />
      </Panel>
    </>
  )
}

type Words = ReturnType<typeof useTranslation<'intake'>>['t']

function wordGroup(t: Words, group: readonly ImportField[]) {
  const names = group.map((field) => t(`field.${field}`))
  return names.join(t('import.or'))
}

function Unread({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('intake')
  const isRefused = error instanceof NotText || (error instanceof ApiError && error.status < 500)
  if (!isRefused) return <ErrorState title={t('import.unread')} {...errorFacts(error)} onRetry={onRetry} />
  return (
    <p className="sm bad" role="alert">
      {t('import.unread')}: {error instanceof NotText ? t('import.notText') : error.body.message} {t('import.kept')}
    </p>
  )
}
