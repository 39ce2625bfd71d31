import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FilterChip } from '#client/ui/FilterChip.tsx'
import css from './delivery.module.css'
import { receiversQuery } from './delivery.queries.ts'
import { type DeliverySearch, searchFor, viewOf, views } from './delivery.search.ts'

/** Which deliveries are shown, and whose. */
export function DeliveryFilters({ search }: { search: DeliverySearch }) {
  const { t } = useTranslation('delivery')
  const navigate = useNavigate()
  const { data: receivers = [] } = useQuery(receiversQuery)
  const { receiver, ...rest } = searchOnly(search)
  const chosen = receivers.find(({ id }) => id === receiver)
  const go = (next: DeliverySearch) => void navigate({ to: '/deliveries', search: next, replace: true })
  return (
    <div className="row6 wrap">
      <nav className={css.views} aria-label={t('view.label')}>
        {views.map((view) => (
          <Link
            key={view}
            to="/deliveries"
            search={searchFor(view, search)}
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={viewOf(search) === view ? 'page' : undefined}
          >
            {t(`view.${view}`)}
          </Link>
        ))}
      </nav>
      {receivers.length > 1 || receiver ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <FilterChip
              name={t('filter.receiver')}
              value={chosen?.name ?? (receiver ? receiver.slice(-8) : t('filter.anyReceiver'))}
              onRemove={receiver ? () => go(rest) : undefined}
            />
          </Menu.Target>
          <Menu.Dropdown>
            {receivers.map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => go({ ...rest, receiver: id })}>
                <bdi>{name}</bdi>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </div>
  )
}

/** From the top: a changed filter begins a new list. */
function searchOnly({ cursor: _, ...filters }: DeliverySearch): DeliverySearch {
  return filters
}
