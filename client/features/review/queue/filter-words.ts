import { useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { peopleQuery, policiesQuery, queuesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { platformName } from '#client/ui/tags.tsx'
import {
  type ChipName,
  figuresIn,
  isList,
  isRange,
  isSwitch,
  isTime,
  type ListFilter,
  momentsIn,
  valuesIn,
} from '../filters.ts'
import type { QueueSearch } from '../queue.search.ts'
import { accountQuery, reporterQuery } from './queue.queries.ts'

/** What the filters in force say, in words. Names are looked up only for filters that need them. */
export function useFilterWords(search: QueueSearch) {
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const labelOf = useValueWords(search)
  const { data: account } = useQuery({ ...accountQuery(search.account ?? ''), enabled: search.account !== undefined })

  function span(from: string | undefined, to: string | undefined) {
    if (from === undefined) return to === undefined ? '' : ui('range.until', { to })
    if (to === undefined) return ui('range.since', { from })
    return from === to ? from : ui('range.between', { from, to })
  }
  return function summaryOf(name: ChipName): string {
    if (search[name] === undefined) return ''
    if (name === 'id') return t('facet.these', { count: valuesIn('id', search.id).length })
    if (isList(name)) {
      const labels = valuesIn(name, search[name]).map((value) => labelOf(name, value))
      const [first = '', ...others] = labels
      return others.length > 1 ? ui('choice.more', { first, count: others.length }) : labels.join(', ')
    }
    if (isSwitch(name)) return t(search[name] ? 'facet.yes' : 'facet.no')
    if (isRange(name)) {
      const { from, to } = figuresIn(name, search[name])
      const word = (figure: number | undefined) => (figure === undefined ? undefined : format.number(figure))
      return span(word(from), word(to))
    }
    if (isTime(name)) {
      const { from, to } = momentsIn(search[name])
      const word = (at: string | undefined) => at && format.date(at, 'short')
      return span(word(from), word(to))
    }
    if (name === 'subject') return t(`subject.${search.subject as 'post' | 'account'}`)
    if (name === 'account') return account?.handle ?? short(search.account!)
    return search[name] ?? ''
  }
}

/** What one value of a filter is called. */
export function useValueWords(search: QueueSearch) {
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const { data: queues } = useQuery(queuesQuery)
  const { data: policies } = useQuery(policiesQuery)
  const { data: people } = useQuery(peopleQuery)
  const mayKnow = useMay('reporter.read')
  const reporters = useQueries({
    queries: (mayKnow ? valuesIn('reporter', search.reporter) : []).map((id) => reporterQuery(id)),
  })
  return function labelOf(name: ListFilter, value: string): string {
    if (name === 'queue') return queues?.items.find(({ id }) => id === value)?.name ?? value
    if (name === 'policy' && value === 'unsorted') return t('policy.unsorted')
    if (name === 'policy' || name === 'exemption') {
      const policy = policies?.get(value)
      return policy ? `${policy.code} ${policy.shortName}` : value
    }
    if (name === 'decidedBy' || name === 'holder') return people?.get(value)?.name ?? value
    if (name === 'language') return format.language(value)
    if (name === 'platform') return platformName(value)
    if (name === 'accountStatus') return ui(`status.${value as 'active'}`)
    if (name === 'state') return ui(`state.${value as 'open'}`)
    if (name === 'source') return ui(`source.${value as 'classifier'}`)
    if (name === 'mediaKind') return t(`media.${value as 'image'}`)
    if (name === 'outcome') return t(`outcome.${value as 'violation'}`)
    const reporter = reporters.find(({ data }) => data?.id === value)?.data
    return reporter ? (reporter.name ?? reporter.externalId) : short(value)
  }
}

const short = (id: string) => `${id.slice(0, 8)}…`
