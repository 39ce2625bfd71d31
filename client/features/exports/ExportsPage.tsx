import { Button } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { DataTable } from '#client/ui/DataTable.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState, NoPermission } from '#client/ui/states.tsx'
import { Delayed, SkeletonRows } from '#client/ui/waiting.tsx'
import type { Export } from '#shared/contract/exports.ts'
import { useExportColumns } from './exports.columns.tsx'
import css from './exports.module.css'
import { exportsQuery, useCancelExport } from './exports.queries.ts'
import { readExportSearch } from './exports.search.ts'
import { ManifestPanel } from './ManifestPanel.tsx'
import { NewExport } from './NewExport.tsx'
import { Schedules } from './Schedules.tsx'

export function ExportsPage() {
  const { t } = useTranslation('exports')
  usePageTitle(t('title'))
  return useMay('export.create') ? <Exports /> : <NoPermission />
}

function Exports() {
  const { t } = useTranslation('exports')
  const search = readExportSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const list = useInfiniteQuery(exportsQuery)
  const cancel = useCancelExport()
  const [isNew, setNew] = useState(search.kind !== undefined)
  const [shown, setShown] = useState<Export | null>(null)
  const [first] = list.data?.pages ?? []
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = useExportColumns({
    onCancel: (row) => cancel.mutate(row.id, { onSuccess: () => announce(t('cancelled')) }),
    onManifest: (row) => setShown(shown?.id === row.id ? null : row),
  })
  function close() {
    setNew(false)
    void navigate({ to: '/exports', search: {}, replace: true })
  }
  const ask = (
    <Button variant="filled" onClick={() => setNew(true)}>
      {t('new')}
    </Button>
  )
  return (
    <div className={css.page}>
      <header className="row">
        <h1>{t('title')}</h1>
        <span className="push">{isNew ? null : ask}</span>
      </header>
      {isNew ? (
        <NewExport
          key={JSON.stringify(search)}
          search={search}
          timeZone={first?.timeZone ?? null}
          hasFolder={first?.hasFolder ?? null}
          onDone={close}
        />
      ) : null}
      {shown ? <ManifestPanel key={shown.id} row={shown} onClose={() => setShown(null)} /> : null}
      {list.isError && rows.length === 0 ? (
        <ErrorState title={t('failed.title')} {...errorFacts(list.error)} onRetry={() => void list.refetch()} />
      ) : first && rows.length === 0 ? (
        <EmptyState icon={IconFileExport} title={t('none')} action={isNew ? null : ask}>
          {t('none.text')}
        </EmptyState>
      ) : (
        <Panel title={t('files')} isFlush className={css.files ?? ''}>
          <div className={css.table}>
            <DataTable
              label={t('files')}
              columns={columns}
              rows={rows}
              rowId={({ id }) => id}
              openId={shown?.id ?? null}
              instead={
                list.isPending ? (
                  <Delayed>
                    <SkeletonRows columns={[80, 60, 40, 70, 60, 70]} count={6} />
                  </Delayed>
                ) : null
              }
            />
          </div>
          {list.hasNextPage ? (
            <div className={css.more}>
              <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          ) : null}
        </Panel>
      )}
      {cancel.error ? (
        <p className="sm bad" role="alert">
          {t('cancel.failed')}
        </p>
      ) : null}
      <Schedules />
    </div>
  )
}
