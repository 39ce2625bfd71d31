import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { platformName } from '#client/ui/tags.tsx'
import { peopleQuery, policiesQuery, queuesQuery } from './reference-data.ts'
import { useSession } from './session.ts'

/** What a filter offers: values by the names people know them by. */
type Choice = { value: string; label: string }

/** Clauses and exemptions in the order of their codes. */
export function usePolicyChoices(kind: 'clause' | 'exemption' | 'any' = 'any'): Choice[] {
  const { data: policies } = useQuery(policiesQuery)
  return [...(policies?.values() ?? [])]
    .filter((policy) => kind === 'any' || policy.kind === kind)
    .map(({ id, code, shortName }) => ({ value: id, label: `${code} ${shortName}` }))
}

/** By name. */
export function usePeopleChoices(): Choice[] {
  const { data: people } = useQuery(peopleQuery)
  return [...(people?.values() ?? [])]
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label))
}

export function useQueueChoices(): Choice[] {
  const { data } = useQuery(queuesQuery)
  return data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
}

export function usePlatformChoices(): Choice[] {
  const { data } = useQuery(queuesQuery)
  return data?.platforms.map((platform) => ({ value: platform, label: platformName(platform) })) ?? []
}

/** What people call whoever did it; nobody is the system. */
export function useNameOf() {
  const { t } = useTranslation('ui')
  const me = useSession().person.id
  const { data: people } = useQuery(peopleQuery)
  return (personId: string | null) => {
    if (personId === null) return t('person.system')
    return personId === me ? t('person.you') : (people?.get(personId)?.name ?? personId.slice(-8))
  }
}
