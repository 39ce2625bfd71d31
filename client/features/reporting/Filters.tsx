import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePlatformChoices, usePolicyChoices, useQueueChoices } from '#client/api/choices.ts'
import { queuesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { type ListFilter, ListFilters } from '#client/ui/list/ListFilters.tsx'
import { valuesIn, withValues } from '#client/ui/list/list-search.ts'
import { noValue } from '#shared/contract/reports.ts'
import { SourceKind } from '#shared/domain/words.ts'
import { type Comparison, comparisons, type Period } from './range.ts'
import css from './reports.module.css'
import { type FilterName, filterNames, type ReportSearch } from './reports.search.ts'
import { usePlaces } from './use-axis.ts'

type Props = { search: ReportSearch; go: (next: ReportSearch) => void }

/** What the report is narrowed to; filters narrow each other, values of one are alternatives. */
export function Filters({ search, go }: Props) {
  const { t } = useTranslation('reports')
  const choices = useChoices()
  const filters = filterNames.map(
    (name): ListFilter => ({
      kind: 'values',
      name,
      label: t(`dimension.${name}`),
      choices: choices[name],
      chosen: valuesIn(search[name]),
      onChange: (chosen) => go(withValues(search, { [name]: chosen.join(',') })),
    }),
  )
  return <ListFilters filters={filters} />
}

function useChoices(): Record<FilterName, { value: string; label: string }[]> {
  const { t } = useTranslation('reports')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const queue = useQueueChoices()
  const clauses = usePolicyChoices('clause')
  const platform = usePlatformChoices()
  const { data } = useQuery(queuesQuery)
  return {
    queue,
    clause: [...clauses, { value: noValue, label: t('none.clause') }],
    language: [
      ...(data?.languages.map((value) => ({ value, label: format.language(value) })) ?? []),
      { value: noValue, label: t('none.language') },
    ],
    platform,
    source: SourceKind.options.map((value) => ({ value, label: ui(`source.${value}`) })),
  }
}

type AgainstProps = { comparison: Comparison; against: Period | null; onChange: (comparison: Comparison) => void }

/** The period that figures are held against. */
export function Against({ comparison, against, onChange }: AgainstProps) {
  const { t } = useTranslation('reports')
  const placeOf = usePlaces()
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <button type="button" className={css.chip}>
          {t('against')} <b>{against ? placeOf(against).name : t('against.none')}</b>
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {comparisons.map((each) => (
          <Menu.Item key={each} aria-current={each === comparison ? 'true' : undefined} onClick={() => onChange(each)}>
            {t(`against.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
