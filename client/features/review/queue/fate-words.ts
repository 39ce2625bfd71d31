import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import type { Fate } from './list-context.ts'

/** What became of a review since its row was read, in words. */
export function useFateWords() {
  const { t } = useTranslation('queue')
  const me = useSession().person.id
  const { data: people } = useQuery(peopleQuery)
  const nameOf = (id: string) => (id === me ? t('fate.you') : (people?.get(id)?.name ?? t('fate.somebody')))
  return (fate: Fate): string => {
    if (!fate) return t('fate.gone')
    if (fate.state === 'decided') return t('fate.decided', { name: nameOf(fate.decidedById ?? '') })
    if (fate.state !== 'open') return t(`fate.${fate.state}`)
    return fate.holderId ? t('fate.claimed', { name: nameOf(fate.holderId) }) : t('fate.left')
  }
}
