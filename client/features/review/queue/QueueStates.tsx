import { IconInboxOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { isFiltered as isFilteredBy, type QueueSearch } from '../queue.search.ts'
import { tabSearch, useTabCounts } from './QueueTabs.tsx'
import css from './queue.module.css'

/** Says why the list is empty and offers the next useful one. */
export function NothingHere({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const countOf = useTabCounts(search)
  const tab = search.tab ?? 'waiting'
  const isFiltered = isFilteredBy(search)
  const unfiltered: QueueSearch = tab === 'waiting' ? {} : { tab }
  const other = tab === 'waiting' ? 'decided' : 'waiting'
  const said = isFiltered
    ? 'filtered'
    : tab === 'mine' || tab === 'for_me'
      ? tab
      : tab === 'decided'
        ? 'decided'
        : 'done'
  return (
    <div className={css.scroll}>
      <EmptyState
        icon={IconInboxOff}
        title={t('empty.title')}
        action={
          isFiltered ? (
            <ButtonLink to="/queue" search={unfiltered}>
              {t('empty.clear')}
            </ButtonLink>
          ) : (
            <ButtonLink to="/queue" search={tabSearch(search, other)}>
              {t(other === 'decided' ? 'empty.showDecided' : 'empty.showTriage', { value: countOf(other) })}
            </ButtonLink>
          )
        }
      >
        {t(`empty.${said}`)}
      </EmptyState>
    </div>
  )
}

export function NotLoaded({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('queue')
  return (
    <div className={css.scroll}>
      <ErrorState title={t('error.title')} {...errorFacts(error)} kept={t('error.kept')} onRetry={onRetry} />
    </div>
  )
}
