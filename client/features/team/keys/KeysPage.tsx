import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { DataTable } from '#client/ui/DataTable.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState, NoPermission } from '#client/ui/states.tsx'
import { Delayed, SkeletonRows } from '#client/ui/waiting.tsx'
import type { ApiKey } from '#shared/contract/keys.ts'
import css from '../people/people.module.css'
import { useKeyColumns } from './keys.columns.tsx'
import { keysQuery } from './keys.queries.ts'

const MakeKey = lazy(async () => ({ default: (await import('./MakeKey.tsx')).MakeKey }))
const RevokeKey = lazy(async () => ({ default: (await import('./RevokeKey.tsx')).RevokeKey }))

export function KeysPage() {
  const { t } = useTranslation('people')
  usePageTitle(t('keys.title'))
  return useMay('key.read') ? <Keys /> : <NoPermission />
}

function Keys() {
  const { t } = useTranslation('people')
  const { data: keys, error, isPending, refetch } = useQuery(keysQuery)
  const mayManage = useMay('key.manage')
  const [isMaking, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const columns = useKeyColumns(mayManage ? setRevoking : null)
  const add = mayManage ? (
    <Button variant="filled" onClick={() => setMaking(true)}>
      {t('keys.add')}
    </Button>
  ) : null

  if (error && !keys) {
    return <ErrorState heading="h1" title={t('keys.failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  return (
    <div className={css.list} style={{ height: '100%' }}>
      <header className="row">
        <h1>{t('keys.title')}</h1>
        {keys && keys.length > 0 ? (
          <span className="sm t2 num">
            {t('keys.count', { count: keys.filter(({ revokedAt }) => !revokedAt).length })}
          </span>
        ) : null}
        {keys && keys.length > 0 ? <span className="push">{add}</span> : null}
      </header>
      <p className="sm t2">{t('keys.about')}</p>
      {keys?.length === 0 ? (
        <EmptyState icon={IconKey} title={t('keys.none')} action={add}>
          {t('keys.none.text')}
        </EmptyState>
      ) : (
        <section className={`panel ${css.table}`}>
          <DataTable
            label={t('keys.title')}
            columns={columns}
            rows={keys ?? []}
            rowId={({ id }) => id}
            rowCount={keys?.length ?? -1}
            instead={
              isPending ? (
                <Delayed>
                  <SkeletonRows columns={[70, 60, 60, 60, 50, 50, 50]} count={4} />
                </Delayed>
              ) : null
            }
          />
        </section>
      )}
      <Suspense fallback={null}>
        {isMaking ? <MakeKey onClose={() => setMaking(false)} /> : null}
        {revoking ? <RevokeKey apiKey={revoking} onClose={() => setRevoking(null)} /> : null}
      </Suspense>
    </div>
  )
}
