import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery, queuesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { platformName } from '#client/ui/tags.tsx'
import { AccountStatus } from '#shared/domain/words.ts'
import type { Facet } from '../queue.search.ts'

export type Choice = { value: string; label: string }

/** What each filter offers, worded, in the order in which it is shown. */
export function useFacetChoices(): Record<Facet, Choice[]> {
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const { data: queues } = useQuery(queuesQuery)
  const { data: policies } = useQuery(policiesQuery)
  const clauses = [...(policies?.values() ?? [])].filter((policy) => policy.kind === 'clause')
  return {
    queue: queues?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [],
    policy: [
      ...clauses.map(({ id, code, shortName }) => ({ value: id, label: `${code} ${shortName}` })),
      { value: 'unsorted', label: t('policy.unsorted') },
    ],
    language: queues?.languages.map((code) => ({ value: code, label: format.language(code) })) ?? [],
    platform: queues?.platforms.map((platform) => ({ value: platform, label: platformName(platform) })) ?? [],
    accountStatus: AccountStatus.options.map((status) => ({ value: status, label: ui(`status.${status}`) })),
  }
}
