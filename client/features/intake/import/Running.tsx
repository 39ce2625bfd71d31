import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#client/api/call.ts'
import { announce } from '#client/ui/announce.tsx'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { Meter } from '#client/ui/Meter.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import css from '../intake.module.css'
import { noProgress, type Progress, type Run, runImport } from './run-import.ts'

type End = 'done' | 'stopped' | { refusal: string | null }

/** Runs as soon as it is on screen. Render with a key of its own for each run. */
export function Running({ run, onEnd }: { run: Run; onEnd: () => void }) {
  const { t } = useTranslation('intake')
  const format = useFormat()
  const { progress, rejects, end, stop } = useRun(run, onEnd)
  const { isDryRun } = run
  const running = t(isDryRun ? 'import.running.dry' : 'import.running')
  const title = end ? t(isDryRun ? 'import.done.dry' : 'import.done') : running
  const percent = Math.floor(progress.share * 100)
  return (
    <Panel title={title} side={end ? null : <Button onClick={stop}>{t('import.stop')}</Button>}>
      <div className={css.progress}>
        <Meter value={percent} of={100} label={t('import.percent', { percent })} tone={end ? 'ok-solid' : 'accent'} />
        <p className={`sm ${css.counts}`}>
          <span>{t('import.read', { count: progress.read, n: format.number(progress.read) })}</span>
          <span className="b">
            {t(isDryRun ? 'import.wouldAdd' : 'import.added', {
              count: progress.added,
              n: format.number(progress.added),
            })}
          </span>
          <span>{t('import.duplicates', { count: progress.duplicates, n: format.number(progress.duplicates) })}</span>
          <span className={progress.rejected > 0 ? 'bad' : undefined}>
            {t('import.rejected', { count: progress.rejected, n: format.number(progress.rejected) })}
          </span>
        </p>
        {end && end !== 'done' ? (
          <p className="sm bad" role="alert">
            {end === 'stopped' ? t('import.stopped') : (end.refusal ?? t('import.broke'))}
          </p>
        ) : null}
        {end && rejects.length > 0 ? <Rejects run={run} rejects={rejects} /> : null}
        {end === 'done' && !isDryRun && progress.added > 0 ? (
          <div className="row">
            <ButtonLink to="/queue" search={{ sort: 'newest' }}>
              {t('import.toQueue')}
            </ButtonLink>
          </div>
        ) : null}
      </div>
    </Panel>
  )
}

/** Goes on until it ends, is stopped, or nobody looks at it any more. */
function useRun(run: Run, onEnd: () => void) {
  const { t } = useTranslation('intake')
  const queryClient = useQueryClient()
  const [state, setState] = useState<{ progress: Progress; rejects: string[] }>({ progress: noProgress, rejects: [] })
  const [end, setEnd] = useState<End | null>(null)
  const stopping = useRef<AbortController>(null)
  const ended = useRef(onEnd)

  useEffect(() => {
    const controller = new AbortController()
    stopping.current = controller
    const { signal } = controller
    runImport(run, { signal, onProgress: (progress, rejects) => setState({ progress, rejects: [...rejects] }) })
      .then((): End => 'done')
      .catch((error): End => {
        if (signal.aborted) return 'stopped'
        return { refusal: error instanceof ApiError && error.status < 500 ? error.body.message : null }
      })
      .then((how) => {
        setEnd(how)
        ended.current()
        announce(t(run.isDryRun ? 'import.done.dry' : 'import.done'))
        if (!run.isDryRun) void queryClient.invalidateQueries({ queryKey: ['reviews'] })
      })
    return () => controller.abort()
  }, [run, queryClient, t])

  return { ...state, end, stop: () => stopping.current?.abort() }
}

function Rejects({ run, rejects }: { run: Run; rejects: readonly string[] }) {
  const { t } = useTranslation('intake')
  function download() {
    const isCsv = run.shape.format === 'csv'
    const url = URL.createObjectURL(new Blob([...rejects], { type: isCsv ? 'text/csv' : 'application/x-ndjson' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${run.file.name.replace(/\.\w+$/, '')}.rejected.${isCsv ? 'csv' : 'jsonl'}`
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <>
      <div className="row">
        <Button onClick={download}>{t('import.rejects')}</Button>
      </div>
      <p className="xs t3">{t('import.rejects.help')}</p>
    </>
  )
}
