import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { type Term, TermContent } from '#shared/contract/glossary.ts'
import css from './glossary.module.css'
import { useImportTerms } from './glossary.queries.ts'

const File = z.object({ terms: z.array(TermContent).min(1).max(500) })

/** The glossary as a file, out and in. What is in force goes out; what is there already stays as it is. */
export function Exchange({ terms }: { terms: readonly Term[] }) {
  const mayManage = useMay('glossary.manage')
  return (
    <>
      <Export terms={terms} />
      {mayManage ? <Import /> : null}
    </>
  )
}

function Export({ terms }: { terms: readonly Term[] }) {
  const { t } = useTranslation('glossary')
  function save() {
    const inForce = terms.filter(({ isRetired }) => !isRetired)
    const text = JSON.stringify({ terms: inForce.map((term) => TermContent.parse(term)) }, null, 2)
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = 'glossary.json'
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <Button onClick={save} disabled={terms.length === 0}>
      {t('exchange.export')}
    </Button>
  )
}

function Import() {
  const { t } = useTranslation('glossary')
  const format = useFormat()
  const field = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string | null>(null)
  const send = useImportTerms()

  async function read(file: globalThis.File) {
    setFault(null)
    const parsed = File.safeParse(await readJson(file))
    if (!parsed.success) return setFault(parsed.error.issues[0]?.path.join('.') || file.name)
    send.mutate({ clientId: crypto.randomUUID(), terms: parsed.data.terms })
  }

  return (
    <>
      <Button loading={send.isPending} onClick={() => field.current?.click()}>
        {t('exchange.import')}
      </Button>
      <input
        ref={field}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t('exchange.import')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) void read(file)
        }}
      />
      <div role="status" className={css.told}>
        {fault ? <p className="sm bad">{t('exchange.invalid', { path: fault })}</p> : null}
        {send.isError ? <p className="sm bad">{t('exchange.failed')}</p> : null}
        {send.data && !fault ? (
          <p className="sm t2">
            {t('exchange.done', { count: send.data.added, n: format.number(send.data.added) })}{' '}
            {send.data.known.length > 0
              ? t('exchange.known', { count: send.data.known.length, n: format.number(send.data.known.length) })
              : null}
          </p>
        ) : null}
      </div>
    </>
  )
}

async function readJson(file: globalThis.File): Promise<unknown> {
  try {
    return JSON.parse(await file.text())
  } catch {
    return null
  }
}
