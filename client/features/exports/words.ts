import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import type { Export } from '#shared/contract/exports.ts'

type Asked = Pick<Export, 'kind' | 'filter'> & { period?: Export['period'] }

/** An export in words: which rows, of when, narrowed by what. */
export function useWhat({ kind, filter, period }: Asked) {
  const { t } = useTranslation('exports')
  const format = useFormat()
  const filters = Object.entries(filter).map(([name, value]) => `${name}: ${textOf(value)}`)
  const { from = null, to = null } = period ?? {}
  const day = (edge: string | null) => (edge ? format.date(`${edge.slice(0, 10)}T12:00:00Z`, 'date', 'utc') : '…')
  return {
    title: t(`kind.${kind}`),
    period: from || to ? (from === to ? day(from) : `${day(from)} – ${day(to)}`) : null,
    filters: filters.length > 0 ? filters.join(', ') : null,
  }
}

export const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(textOf).join(' / ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

/** 812 B, 34 kB, 5.2 MB */
export function useSize() {
  const { t } = useTranslation('exports')
  const format = useFormat()
  return (bytes: number | null) => {
    if (bytes === null) return null
    if (bytes < 1_000) return t('size.b', { n: format.number(bytes) })
    if (bytes < 1_000_000) return t('size.kb', { n: format.number(Math.round(bytes / 1_000)) })
    return t('size.mb', { n: format.number(Math.round(bytes / 100_000) / 10) })
  }
}
