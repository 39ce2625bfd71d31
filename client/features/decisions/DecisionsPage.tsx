import { IconGavel } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { usePeopleChoices, usePolicyChoices, useQueueChoices } from '#client/api/choices.ts'
import { useMay } from '#client/api/session.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import type { ListFilter } from '#client/ui/list/ListFilters.tsx'
import { ListScreen } from '#client/ui/list/ListScreen.tsx'
import { ListTab, ListTabs } from '#client/ui/list/ListTabs.tsx'
import { valuesIn, withValues } from '#client/ui/list/list-search.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { Outcome } from '#shared/domain/outcomes.ts'
import { OutboxState } from '#shared/domain/words.ts'
import { useDecisionColumns } from './decisions.columns.tsx'
import { decisionsQuery, filterOf } from './decisions.queries.ts'
import { type DecisionsSearch, measureKinds, readDecisionsSearch } from './decisions.search.ts'

/** What was decided, by me or by everybody. A row opens the review as it was decided. */
export function DecisionsPage() {
  const { t } = useTranslation('decisions')
  const { t: words } = useTranslation('list')
  usePageTitle(t('title'))
  const search = readDecisionsSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const list = useInfiniteQuery(decisionsQuery(search))
  const columns = useDecisionColumns()
  const go = (next: DecisionsSearch) => void navigate({ to: '/decisions', search: next, replace: true })
  const filters = useFilters(search, go)
  const { whose, sort = 'newest' } = search
  const isFiltered = Object.keys(search).some((name) => name !== 'whose' && name !== 'sort')
  const other = whose ? {} : { whose: 'mine' }
  const swap = () => void navigate({ to: '/decisions', search: other })
  useKeys({ previousTab: swap, nextTab: swap })

  return (
    <ListScreen
      title={t(whose ? 'title.mine' : 'title.all')}
      tabs={
        <ListTabs label={t('title')}>
          <ListTab to="/decisions" search={{}} isOn={!whose}>
            {t('tab.all')}
          </ListTab>
          <ListTab to="/decisions" search={{ whose: 'mine' }} isOn={whose === 'mine'}>
            {t('tab.mine')}
          </ListTab>
        </ListTabs>
      }
      filters={filters}
      sort={{
        value: sort,
        choices: (['newest', 'oldest'] as const).map((value) => ({ value, label: words(`sort.${value}`) })),
        onChange: (value) => go(withValues(search, { sort: value === 'newest' ? undefined : value })),
      }}
      side={<ExportLink search={search} />}
      columns={columns}
      rowId={({ decision }) => decision.id}
      onOpen={({ decision }) => void navigate({ to: '/decisions/$decisionId', params: { decisionId: decision.id } })}
      list={list}
      listKey={JSON.stringify(search)}
      countOf={(count, value) => t('count', { count, value })}
      empty={{
        icon: IconGavel,
        title: t(isFiltered ? 'empty.filtered' : 'empty.title'),
        text: t(isFiltered ? 'empty.filteredText' : whose ? 'empty.mine' : 'empty.text'),
        action: isFiltered ? (
          <ButtonLink to="/decisions" search={whose ? { whose } : {}}>
            {words('clear')}
          </ButtonLink>
        ) : null,
      }}
      failed={{ title: t('failed'), ...errorFacts(list.error) }}
    />
  )
}

/** For those who may export: this list, with its filters. */
function ExportLink({ search }: { search: DecisionsSearch }) {
  const { t } = useTranslation('decisions')
  if (!useMay('export.create')) return null
  const { from, to, sort: _, ...filter } = filterOf(search)
  const days = { ...(from && { from: from.slice(0, 10) }), ...(to && { to: to.slice(0, 10) }) }
  return (
    <ButtonLink to="/exports" search={{ kind: 'decisions', ...days, filter }}>
      {t('export')}
    </ButtonLink>
  )
}

function useFilters(search: DecisionsSearch, go: (next: DecisionsSearch) => void): ListFilter[] {
  const { t } = useTranslation('decisions')
  const { t: words } = useTranslation('list')
  const { t: ui } = useTranslation('ui')
  const people = usePeopleChoices()
  const policies = withVersions(usePolicyChoices(), valuesIn(search.clause))
  const exemptions = usePolicyChoices('exemption')
  const queues = useQueueChoices()
  type Values = 'decidedBy' | 'outcome' | 'clause' | 'exemption' | 'measure' | 'delivery' | 'queue'
  const values = (name: Values, choices: { value: string; label: string }[]): ListFilter => ({
    kind: 'values',
    name,
    label: t(`filter.${name}`),
    choices,
    chosen: valuesIn(search[name]),
    onChange: (chosen) => go(withValues(search, { [name]: chosen.join(',') })),
  })
  return [
    ...(search.whose ? [] : [values('decidedBy', people)]),
    values(
      'outcome',
      Outcome.options.map((value) => ({ value, label: t(`outcome.${value}`) })),
    ),
    values('clause', policies),
    values('exemption', exemptions),
    values(
      'measure',
      measureKinds.map((value) => ({ value, label: t(`measure.${value}`) })),
    ),
    values(
      'delivery',
      OutboxState.options.map((value) => ({ value, label: t(`delivery.${value}`) })),
    ),
    values('queue', queues),
    {
      kind: 'one',
      name: 'superseded',
      label: t('filter.superseded'),
      choices: (['yes', 'no'] as const).map((value) => ({ value, label: words(value) })),
      chosen: search.superseded,
      onChange: (superseded) => go(withValues(search, { superseded })),
    },
    {
      kind: 'time',
      name: 'when',
      label: t('filter.when'),
      ...(search.from && { from: search.from }),
      ...(search.to && { to: search.to }),
      onChange: ({ from, to }) => go(withValues(search, { from, to })),
    },
    {
      kind: 'given',
      name: 'account',
      label: ui('filter.account'),
      value: search.account?.slice(-8),
      onChange: () => go(withValues(search, { account: undefined })),
    },
  ]
}

type Choice = { value: string; label: string }

/** `id@2` in the address is one version of a clause: offered as long as it is chosen. */
function withVersions(choices: Choice[], chosen: readonly string[]): Choice[] {
  const versions = chosen.flatMap((value) => {
    const [id, version] = value.split('@')
    const clause = choices.find((choice) => choice.value === id)
    return clause && version ? [{ value, label: `${clause.label} v${version}` }] : []
  })
  return [...versions, ...choices]
}
