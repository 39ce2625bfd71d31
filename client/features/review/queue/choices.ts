import { useQuery } from '@tanstack/react-query'
import { peopleQuery, policiesQuery, queuesQuery } from '#client/api/reference-data.ts'
import type { Choice } from '#client/ui/ChoiceList.tsx'
import { Outcome } from '#shared/domain/outcomes.ts'
import { AccountStatus, MediaKind, ReviewState, SourceKind } from '#shared/domain/words.ts'
import type { ListFilter } from '../filters.ts'
import type { QueueSearch } from '../queue.search.ts'
import { useValueWords } from './filter-words.ts'

/** What a filter of several values offers, worded, in the order in which it is shown. Reporters are asked for by name. */
export function useChoices(search: QueueSearch): (name: ListFilter) => Choice[] {
  const labelOf = useValueWords(search)
  const { data: queues } = useQuery(queuesQuery)
  const { data: policies } = useQuery(policiesQuery)
  const { data: people } = useQuery(peopleQuery)
  const policyIds = (kind: 'clause' | 'exemption') =>
    [...(policies?.values() ?? [])].filter((policy) => policy.kind === kind).map(({ id }) => id)
  const values: { [F in ListFilter]: () => readonly string[] } = {
    queue: () => queues?.items.map(({ id }) => id) ?? [],
    state: () => ReviewState.options,
    policy: () => [...policyIds('clause'), 'unsorted'],
    language: () => queues?.languages ?? [],
    platform: () => queues?.platforms ?? [],
    accountStatus: () => AccountStatus.options,
    source: () => SourceKind.options,
    reporter: () => [],
    mediaKind: () => MediaKind.options,
    exemption: () => policyIds('exemption'),
    outcome: () => Outcome.options,
    decidedBy: () => [...(people?.keys() ?? [])],
    holder: () => [...(people?.keys() ?? [])],
    id: () => [],
  }
  const byName = new Set<ListFilter>(['language', 'platform', 'decidedBy', 'holder'])
  return (name) => {
    const choices = values[name]().map((value) => ({ value, label: labelOf(name, value) }))
    return byName.has(name) ? choices.sort((a, b) => a.label.localeCompare(b.label)) : choices
  }
}
