import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { NoPermission } from '#client/ui/states.tsx'
import css from '../intake.module.css'
import { ImportFile } from './ImportFile.tsx'

/** A file of flags: what its columns say is shown before anything is taken in. */
export function ImportPage() {
  const { t } = useTranslation('intake')
  usePageTitle(t('import.title'))
  return useMay('import.create') ? <Import /> : <NoPermission />
}

function Import() {
  const { t } = useTranslation('intake')
  const [chosen, setChosen] = useState<{ file: File; count: number } | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const choose = (file: File | undefined) => {
    if (file) setChosen((before) => ({ file, count: (before?.count ?? 0) + 1 }))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped anywhere on the page; the button does the same
    <div
      className={`page ${css.form}`}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        choose(event.dataTransfer.files[0])
      }}
    >
      <header className="row">
        <h1>{t('import.title')}</h1>
        {chosen ? (
          <span className="row6 push">
            <bdi className="sm t2 cut">{chosen.file.name}</bdi>
            <Button onClick={() => input.current?.click()}>{t('import.other')}</Button>
          </span>
        ) : null}
      </header>
      {chosen ? null : <p className={`sm t2 ${css.about}`}>{t('import.about')}</p>}
      <input
        ref={input}
        hidden
        type="file"
        accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json,text/csv,application/x-ndjson"
        aria-label={t('import.choose')}
        onChange={(event) => {
          choose(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      {chosen ? (
        <ImportFile key={chosen.count} file={chosen.file} />
      ) : (
        <p className={`sm t2 ${css.drop}`}>
          <IconFileImport size={18} stroke={1.6} aria-hidden />
          {t('import.drop')}{' '}
          <Button size="compact-sm" onClick={() => input.current?.click()}>
            {t('import.choose')}
          </Button>
        </p>
      )}
    </div>
  )
}
