import { useTranslation } from 'react-i18next'
import { useSession } from '#client/api/session.ts'
import type { BulkItem } from '#shared/contract/bulk.ts'

/** What is wrong with a decision or a move, by the field that it is wrong in. */
const faults = { ladderReason: 'why.ladder', queueId: 'why.queue', 'measures.0': 'why.post' } as const

/** Why an item was refused, and by whom. */
export function useWhy() {
  const { t, i18n } = useTranslation('bulk')
  const { t: queue } = useTranslation('queue')
  const me = useSession().person.id
  return ({ code, byId, byName, issues }: BulkItem): string => {
    if (code === 'invalid_request') {
      const fault = issues?.map(({ path }) => faults[path as keyof typeof faults]).find((word) => word !== undefined)
      return t(fault ?? 'why.invalid')
    }
    const name = byId === me ? queue('row.you') : (byName ?? t(byId === null ? 'why.somebody' : 'why.system'))
    const key = `why.${code}`
    return i18n.exists(key, { ns: 'bulk' }) ? t(key as 'why.held_by_other', { name }) : t('why.invalid')
  }
}
