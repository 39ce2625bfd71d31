import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery, queuesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { platformName } from '#client/ui/tags.tsx'
import { type Dimension, noValue } from '#shared/contract/reports.ts'
import { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import { AccountStatus, SourceKind } from '#shared/domain/words.ts'

/** What people call a value: a short code, where it has one, and its name. */
export type Name = { code: string | null; name: string }

export function useNames() {
  const { t } = useTranslation('reports')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const { data: policies } = useQuery(policiesQuery)
  const { data: queues } = useQuery(queuesQuery)
  const plain = (name: string): Name => ({ code: null, name })
  return (dimension: Dimension, value: string): Name => {
    if (value === noValue) return plain(t(`none.${dimension}`))
    if (dimension === 'queue') return plain(queues?.items.find(({ id }) => id === value)?.name ?? value)
    if (dimension === 'clause') {
      const clause = policies?.get(value)
      return clause ? { code: clause.code, name: clause.shortName } : plain(value)
    }
    if (dimension === 'language') return { code: value, name: format.language(value) }
    if (dimension === 'platform') return plain(platformName(value))
    const source = SourceKind.safeParse(value)
    if (dimension === 'source') return plain(source.success ? ui(`source.${source.data}`) : value)
    const outcome = Outcome.safeParse(value)
    if (dimension === 'outcome') return plain(outcome.success ? t(`outcome.${outcome.data}`) : value)
    const status = AccountStatus.safeParse(value)
    if (dimension === 'accountStatus') return plain(status.success ? ui(`status.${status.data}`) : value)
    const post = PostMeasure.safeParse(value)
    if (post.success) return plain(ui(`outcome.${post.data}`))
    const account = AccountMeasure.safeParse(value)
    return plain(account.success ? ui(`measure.${account.data}`) : value)
  }
}

export const inOneLine = ({ code, name }: Name) => (code ? `${code} ${name}` : name)
