import { ActionIcon, Button } from '@mantine/core'
import { IconRefresh, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { DataTable } from '#client/ui/DataTable.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState, NoPermission } from '#client/ui/states.tsx'
import { Delayed, SkeletonRows } from '#client/ui/waiting.tsx'
import { DeliveryFilters } from './DeliveryFilters.tsx'
import { DeliveryFoot } from './DeliveryFoot.tsx'
import { useDeliveryColumns } from './delivery.columns.tsx'
import css from './delivery.module.css'
import { deliveriesQuery, deliveryCountQuery, useRetry } from './delivery.queries.ts'
import { type DeliverySearch, readDeliverySearch, searchFor, viewOf } from './delivery.search.ts'

export function DeliveriesPage() {
  const { t } = useTranslation('delivery')
  usePageTitle(t('title'))
  return useMay('delivery.read') ? <Deliveries /> : <NoPermission />
}

function Deliveries() {
  const { t } = useTranslation('delivery')
  const search = readDeliverySearch(useSearch({ strict: false }))
  const deliveries = useQuery(deliveriesQuery(search))
  const { data: count = null } = useQuery(deliveryCountQuery(search))
  const mayRetry = useMay('delivery.retry')
  const retry = useRetry()
  const items = deliveries.data?.items ?? []
  const retriable = items.filter((row) => row.canRetry).map((row) => row.id)

  const send = (ids: readonly string[]) =>
    retry.mutate(ids, { onSuccess: (sent) => announce(t('retried', { count: sent })) })
  const columns = useDeliveryColumns(mayRetry ? (row) => send([row.id]) : null, retry.isPending)

  return (
    <div className={css.page}>
      <header className="row">
        <h1>{t('title')}</h1>
        <span className="row6 push">
          {mayRetry && retriable.length > 1 ? (
            <Button disabled={retry.isPending} onClick={() => send(retriable)}>
              {t(retry.isPending ? 'retrying' : 'retryAll', { count: retriable.length })}
            </Button>
          ) : null}
          <ButtonLink to="/receivers">{t('toReceivers')}</ButtonLink>
          <ActionIcon aria-label={t('refresh')} title={t('refresh')} onClick={() => void deliveries.refetch()}>
            <IconRefresh size={15} />
          </ActionIcon>
        </span>
      </header>
      <DeliveryFilters search={search} />
      {retry.error ? <RetryFailed error={retry.error} /> : null}
      {deliveries.isError && items.length === 0 ? (
        <ErrorState
          title={t('failed.title')}
          {...errorFacts(deliveries.error)}
          kept={t('failed.kept')}
          onRetry={() => void deliveries.refetch()}
        />
      ) : deliveries.data && items.length === 0 ? (
        <NothingThere search={search} />
      ) : (
        <section className={`panel ${css.table}`} aria-busy={deliveries.isPlaceholderData}>
          <DataTable
            label={t('title')}
            columns={columns}
            rows={items}
            rowId={({ id }) => id}
            rowCount={count?.exact ? count.value : -1}
            instead={
              deliveries.isPending ? (
                <Delayed>
                  <SkeletonRows columns={[70, 60, 80, 80, 90, 40, 70]} count={8} />
                </Delayed>
              ) : null
            }
          />
        </section>
      )}
      <DeliveryFoot search={search} page={deliveries.data} count={count} />
    </div>
  )
}

function RetryFailed({ error }: { error: unknown }) {
  const { t } = useTranslation('delivery')
  const code = errorCode(error)
  const isKnown = code === 'not_failed' || code === 'already_superseded'
  return (
    <p className="sm bad" role="alert">
      {t(isKnown ? `retry.failed.${code}` : 'retry.failed')}
    </p>
  )
}

function NothingThere({ search }: { search: DeliverySearch }) {
  const { t } = useTranslation('delivery')
  const view = viewOf(search)
  return (
    <EmptyState
      icon={IconSend}
      title={t(`empty.${view}`)}
      action={
        view === 'all' ? null : (
          <ButtonLink to="/deliveries" search={searchFor('all', search)}>
            {t('empty.showAll')}
          </ButtonLink>
        )
      }
    >
      {t(`empty.${view}.text`)}
    </EmptyState>
  )
}
