import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { useNameOf } from './names.tsx'
import { sayData, sayValue, shorten } from './say-data.ts'

/** What an entry says happened, in words; of a kind that nobody worded, as the log has it. */
export function useKindWords() {
  const { t, i18n } = useTranslation('audit')
  return (kind: string) =>
    i18n.exists(`kind.${kind}`, { ns: 'audit' }) ? t(`kind.${kind}` as 'kind.review.held') : kind
}

/** Leads from one row to another, and tells a reader nothing. */
const links = new Set(['turnId', 'noteId', 'answersId', 'supersedesId'])
const isLink = (key: string) => links.has(key) || key.endsWith('Sha256')
const people = new Set(['holderId', 'toId', 'byId', 'personId', 'assigneeId', 'askerId'])
const isTime = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)

/** What an entry holds, in one line: people by name, moments as people write them, the rest as the log has it. */
export function useSayData() {
  const { t, i18n } = useTranslation('audit')
  const nameOf = useNameOf()
  const format = useFormat()
  const word = (key: string) => (i18n.exists(`data.${key}`, { ns: 'audit' }) ? t(`data.${key}` as 'data.reason') : key)
  function say(key: string, value: unknown) {
    if (people.has(key) && typeof value === 'string') return nameOf(value)
    if (key === 'mentions' && Array.isArray(value)) return value.map((id) => nameOf(String(id))).join(', ')
    return isTime(value) ? format.date(value, 'full', 'house') : sayValue(value, shorten)
  }
  return (data: Record<string, unknown>) =>
    sayData(data, (key, value) => (isLink(key) ? null : [word(key), say(key, value)]))
}
