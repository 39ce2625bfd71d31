import { ActionIcon } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { DataTable } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { ErrorState, NoPermission } from '#client/ui/states.tsx'
import { Delayed, SkeletonRows } from '#client/ui/waiting.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import { AuditFoot } from './AuditFoot.tsx'
import { useEventColumns } from './audit.columns.tsx'
import css from './audit.module.css'
import { eventFactsQuery, eventsQuery } from './audit.queries.ts'
import { readAuditSearch } from './audit.search.ts'
import { EntryPanel } from './EntryPanel.tsx'
import { NothingFits } from './NothingFits.tsx'

export function AuditPage() {
  const { t } = useTranslation('audit')
  usePageTitle(t('title'))
  return useMay('event.read') ? <Log /> : <NoPermission />
}

function Log() {
  const { t } = useTranslation('audit')
  const format = useFormat()
  // Read once more: the router hands on what the route did not know.
  const search = readAuditSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const events = useQuery(eventsQuery(search))
  const facts = useQuery(eventFactsQuery(search))
  const columns = useEventColumns()
  const { entry, ...closed } = search
  const items = events.data?.items ?? []
  const open = (seq: number) =>
    navigate({ to: '/audit', search: seq === entry ? closed : { ...search, entry: seq }, replace: true })
  const refresh = () => void Promise.all([events.refetch(), facts.refetch()])

  return (
    <div className={css.split} data-open={entry !== undefined || undefined}>
      <div className={css.list}>
        <header className="row">
          <h1>{t('title')}</h1>
          {events.data ? (
            <span className="sm t2 num">{t('head', { seq: format.number(events.data.head) })}</span>
          ) : null}
          <ActionIcon className="push" aria-label={t('refresh')} title={t('refresh')} onClick={refresh}>
            <IconRefresh size={15} />
          </ActionIcon>
        </header>
        <AuditFilters search={search} known={facts.data?.facets ?? null} />
        {events.isError && items.length === 0 ? (
          <ErrorState
            title={t('failed.title')}
            {...errorFacts(events.error)}
            kept={t('failed.kept')}
            onRetry={refresh}
          />
        ) : events.data && items.length === 0 ? (
          <NothingFits isFiltered={Object.keys(closed).length > 0} />
        ) : (
          <section className={`panel ${css.table}`} aria-busy={events.isPlaceholderData}>
            <DataTable
              label={t('title')}
              columns={columns}
              rows={items}
              rowId={({ seq }) => String(seq)}
              rowCount={facts.data?.count?.exact ? facts.data.count.value : -1}
              openId={entry === undefined ? null : String(entry)}
              onOpen={({ seq }) => open(seq)}
              instead={
                events.isPending ? (
                  <Delayed>
                    <SkeletonRows columns={[60, 80, 70, 80, 70, 90, 60]} count={15} />
                  </Delayed>
                ) : null
              }
            />
          </section>
        )}
        <AuditFoot search={search} page={events.data} count={facts.data?.count ?? null} />
      </div>
      {entry === undefined ? null : (
        <EntryPanel
          key={entry}
          seq={entry}
          event={items.find(({ seq }) => seq === entry)}
          onClose={() => navigate({ to: '/audit', search: closed, replace: true })}
        />
      )}
    </div>
  )
}
