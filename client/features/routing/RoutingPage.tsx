import { IconRoute } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '#client/api/session.ts'
import { ListTab, ListTabs } from '#client/ui/list/ListTabs.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, NoPermission } from '#client/ui/states.tsx'
import { PriorityTab } from './priority/PriorityTab.tsx'
import { QueuesTab } from './queues/QueuesTab.tsx'
import { ReasonsTab } from './reasons/ReasonsTab.tsx'
import css from './routing.module.css'
import { type RoutingTab, readRoutingSearch, routingTabs } from './routing.search.ts'
import { RulesTab } from './rules/RulesTab.tsx'

const parts: Record<RoutingTab, () => React.JSX.Element> = {
  queues: QueuesTab,
  rules: RulesTab,
  priority: PriorityTab,
  reasons: ReasonsTab,
}

/** Where flags wait and why there: queues, rules, what makes them urgent, and what senders' codes stand for. */
export function RoutingPage() {
  const { t } = useTranslation('routing')
  usePageTitle(t('title'))
  const { scope } = useSession()
  if (!useMay('queue.read')) return <NoPermission heading="h1" />
  if (scope.queues !== null) {
    return (
      <EmptyState icon={IconRoute} title={t('title')} heading="h1">
        {t('whole')}
      </EmptyState>
    )
  }
  return <Parts />
}

function Parts() {
  const { t } = useTranslation('routing')
  const { tab = 'queues' } = readRoutingSearch(useSearch({ strict: false }))
  const Part = parts[tab]
  return (
    <div className={css.screen}>
      <h1 className="vh">{t('title')}</h1>
      <ListTabs label={t('tabs')}>
        {routingTabs.map((each) => (
          <ListTab key={each} to="/routing" search={each === 'queues' ? {} : { tab: each }} isOn={each === tab}>
            {t(`tab.${each}`)}
          </ListTab>
        ))}
      </ListTabs>
      <Part />
    </div>
  )
}
