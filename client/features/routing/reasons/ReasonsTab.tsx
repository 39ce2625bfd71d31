import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { type Column, DataTable } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Panel } from '#client/ui/Panel.tsx'
import { ErrorState } from '#client/ui/states.tsx'
import { Ago } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { ReasonMapping, UnsortedCode } from '#shared/contract/routing.ts'
import css from '../routing.module.css'
import { reasonCodesQuery } from '../routing.queries.ts'
import { CodeForm } from './CodeForm.tsx'

export type OpenCode = { sourceName: string; code: string; policyId: string | null; isKnown: boolean }
const keyOf = ({ sourceName, code }: { sourceName: string; code: string }) => `${sourceName}\n${code}`

/** What senders' codes stand for, and those that stand for nothing yet. */
export function ReasonsTab() {
  const { t } = useTranslation('routing')
  const format = useFormat()
  const mayManage = useMay('queue.manage')
  const [open, setOpen] = useState<OpenCode | null>(null)
  const [find, setFind] = useState('')
  const { data, error, refetch } = useQuery(reasonCodesQuery)
  const mappedColumns = useMappedColumns()
  const unsortedColumns = useUnsortedColumns()
  if (error && !data) {
    return <ErrorState title={t('failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  if (!data) return <SkeletonText lines={8} />
  const wanted = find.trim().toLowerCase()
  const mapped = data.mappings.filter(({ code, sourceName }) => `${code} ${sourceName}`.toLowerCase().includes(wanted))
  const openId = open ? keyOf(open) : null
  const pressable = (row: ReasonMapping | UnsortedCode) =>
    setOpen({
      sourceName: row.sourceName,
      code: row.code,
      policyId: 'policyId' in row ? row.policyId : null,
      isKnown: true,
    })
  return (
    <div className={css.split}>
      <div className={css.main}>
        <Panel title={`${t('reasons.unsorted')} ${data.unsorted.length}`} isFlush>
          <p className="panelBody sm t2">
            {data.unsorted.length === 0
              ? t('reasons.unsorted.none')
              : t('reasons.unsorted.text', { looked: format.number(data.looked) })}
          </p>
          {data.unsorted.length > 0 ? (
            <div className={`${css.table} ${css.some}`}>
              <DataTable
                label={t('reasons.unsorted')}
                columns={unsortedColumns}
                rows={data.unsorted}
                rowId={keyOf}
                rowCount={data.unsorted.length}
                openId={openId}
                onOpen={mayManage ? pressable : undefined}
              />
            </div>
          ) : null}
        </Panel>
        <Panel
          title={`${t('reasons.mapped')} ${data.mappings.length}`}
          isFlush
          side={
            <>
              <TextInput
                aria-label={t('reasons.find')}
                placeholder={t('reasons.find')}
                value={find}
                onChange={(event) => setFind(event.currentTarget.value)}
              />
              {mayManage ? (
                <Button
                  leftSection={<IconPlus size={14} aria-hidden />}
                  onClick={() => setOpen({ sourceName: '', code: '', policyId: null, isKnown: false })}
                >
                  {t('reasons.add')}
                </Button>
              ) : null}
            </>
          }
        >
          <div className={css.table}>
            <DataTable
              label={t('reasons.mapped')}
              columns={mappedColumns}
              rows={mapped}
              rowId={keyOf}
              rowCount={mapped.length}
              openId={openId}
              onOpen={mayManage ? pressable : undefined}
            />
          </div>
          {mapped.length === 0 ? <p className="panelBody sm t3">{t('reasons.noMatch')}</p> : null}
        </Panel>
      </div>
      <div className={css.side}>
        {open ? (
          <CodeForm key={`${keyOf(open)} ${open.policyId}`} of={open} onClose={() => setOpen(null)} />
        ) : (
          <p className="sm t2">{t('reasons.text')}</p>
        )}
      </div>
    </div>
  )
}

function useCodeColumns<Row extends { code: string; sourceName: string }>(): Column<Row>[] {
  const { t } = useTranslation('routing')
  return [
    { id: 'code', header: t('reasons.code'), isMono: true, cell: ({ code }) => <bdi>{code}</bdi> },
    {
      id: 'source',
      header: t('reasons.source'),
      cell: ({ sourceName }) =>
        sourceName === '' ? <span className="t3">{t('reasons.everySource')}</span> : <bdi>{sourceName}</bdi>,
    },
  ]
}

function useUnsortedColumns(): Column<UnsortedCode>[] {
  const { t } = useTranslation('routing')
  const format = useFormat()
  return [
    ...useCodeColumns<UnsortedCode>(),
    { id: 'flags', header: t('reasons.flags'), isEnd: true, cell: ({ flags }) => format.number(flags) },
    {
      id: 'latest',
      header: t('reasons.latest'),
      isEnd: true,
      isWide: true,
      cell: ({ latestAt }) => <Ago at={latestAt} />,
    },
  ]
}

function useMappedColumns(): Column<ReasonMapping>[] {
  const { t } = useTranslation('routing')
  const { data: policies } = useQuery(policiesQuery)
  return [
    ...useCodeColumns<ReasonMapping>(),
    {
      id: 'clause',
      header: t('reasons.clause'),
      cell: ({ policyId }) => {
        const clause = policies?.get(policyId)
        return clause ? `${clause.code} ${clause.shortName}` : policyId
      },
    },
  ]
}
