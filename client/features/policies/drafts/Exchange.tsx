import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { DataTable } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { exportPolicy, type ImportedClause, PolicyFile } from '#shared/contract/policy-drafts.ts'
import css from '../policies.module.css'
import { useImportPolicy } from '../policies.queries.ts'
import own from './drafts.module.css'

/** The policy out as a file, and in as drafts: first what would change, then the drafts of it. */
export function Exchange() {
  const { t } = useTranslation('drafts')
  const mayWrite = useMay('policy.manage')
  usePageTitle(t('exchange.title'))
  return (
    <div className={`${css.prose} ${own.wide}`}>
      <h1>{t('exchange.title')}</h1>
      <p>{t('exchange.text')}</p>
      <div className={own.exchange}>
        <Export />
        {mayWrite ? <Import /> : null}
      </div>
    </div>
  )
}

function Export() {
  const { t } = useTranslation('drafts')
  const read = useMutation({ mutationFn: () => call(exportPolicy, {}), onSuccess: saveFile })
  return (
    <div>
      <Button loading={read.isPending} onClick={() => read.mutate()}>
        {t('exchange.export')}
      </Button>
      {read.isError ? (
        <p className="sm bad" role="alert">
          {t('exchange.failed')}
        </p>
      ) : null}
    </div>
  )
}

function saveFile(file: PolicyFile) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `policy-${file.exportedAt.slice(0, 10)}.json`
  link.click()
  URL.revokeObjectURL(url)
}

function Import() {
  const { t } = useTranslation('drafts')
  const field = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<{ name: string; policy: PolicyFile } | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [clientId, setClientId] = useState('')
  const dry = useImportPolicy()
  const real = useImportPolicy()

  async function read(chosen: File) {
    setFile(null)
    setFault(null)
    real.reset()
    const parsed = PolicyFile.safeParse(await readJson(chosen))
    if (!parsed.success) return setFault(parsed.error.issues[0]?.path.join('.') || chosen.name)
    setFile({ name: chosen.name, policy: parsed.data })
    setClientId(crypto.randomUUID())
    dry.mutate({ clientId: crypto.randomUUID(), isDryRun: true, file: parsed.data })
  }

  return (
    <div className={own.import}>
      <Button loading={dry.isPending} onClick={() => field.current?.click()}>
        {t('exchange.choose')}
      </Button>
      <input
        ref={field}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t('exchange.choose')}
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (chosen) void read(chosen)
        }}
      />
      {fault ? (
        <p className="sm bad" role="alert">
          {t('exchange.invalid', { path: fault })}
        </p>
      ) : null}
      {dry.isError || real.isError ? (
        <p className="sm bad" role="alert">
          {t('exchange.failed')}
        </p>
      ) : null}
      {file && (real.data ?? dry.data) ? (
        <Outcome
          name={file.name}
          items={(real.data ?? dry.data)!.items}
          isDone={real.data !== undefined}
          isPending={real.isPending}
          onImport={() => real.mutate({ clientId, isDryRun: false, file: file.policy })}
        />
      ) : null}
    </div>
  )
}

type OutcomeProps = {
  name: string
  items: readonly ImportedClause[]
  isDone: boolean
  isPending: boolean
  onImport: () => void
}

function Outcome({ name, items, isDone, isPending, onImport }: OutcomeProps) {
  const { t } = useTranslation('drafts')
  const format = useFormat()
  const drafts = items.filter(({ what }) => what === 'new' || what === 'changed').length
  const same = items.filter(({ what }) => what === 'same').length
  const told = items.filter(({ what }) => what !== 'same')
  const numbers = { count: drafts, n: format.number(drafts) }
  return (
    <section className={own.outcome} aria-label={t('exchange.dry', { name })}>
      <h2>{t('exchange.dry', { name })}</h2>
      <p role="status">
        {isDone ? t('exchange.done', numbers) : drafts === 0 ? t('exchange.nothing') : null}{' '}
        {same > 0 ? t('exchange.same', { count: same, n: format.number(same) }) : null}
      </p>
      {told.length > 0 ? <Told items={told} /> : null}
      {isDone || drafts === 0 ? null : (
        <Button variant="filled" loading={isPending} onClick={onImport}>
          {t('exchange.import', numbers)}
        </Button>
      )}
    </section>
  )
}

function Told({ items }: { items: readonly ImportedClause[] }) {
  const { t } = useTranslation('drafts')
  return (
    <DataTable
      label={t('exchange.title')}
      rows={items.map((item, index) => ({ ...item, key: `${index} ${item.id}` }))}
      rowId={({ key }) => key}
      columns={[
        { id: 'code', header: t('column.code'), cell: ({ code }) => <span className="num">{code}</span> },
        { id: 'name', header: t('column.name'), cell: ({ shortName }) => <bdi>{shortName}</bdi>, isWide: true },
        {
          id: 'what',
          header: t('column.what'),
          cell: ({ what, problem }) =>
            problem ? `${t(`what.${what}`)}: ${t(`problem.${problem}`)}` : t(`what.${what}`),
        },
        { id: 'fields', header: t('column.fields'), cell: ({ fields }) => <span dir="ltr">{fields.join(', ')}</span> },
      ]}
    />
  )
}

async function readJson(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text())
  } catch {
    return null
  }
}
