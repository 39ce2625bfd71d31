import { useTranslation } from 'react-i18next'
import type { Term } from '#client/ui/Priority.tsx'
import type { PriorityTerm } from '#shared/contract/reviews.ts'
import { AccountStatus, Severity, SourceKind } from '#shared/domain/words.ts'

/** The terms of a priority in words. `detail` is a code of ours or a figure; codes are worded, figures stay. */
export function usePriorityTerms() {
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  function detailOf({ code, detail }: PriorityTerm) {
    const source = code === 'source' ? SourceKind.safeParse(detail).data : undefined
    const severity = code === 'severity' ? Severity.safeParse(detail).data : undefined
    const status = code === 'account' ? AccountStatus.safeParse(detail).data : undefined
    // Kept with single precision.
    if (code === 'score') return String(Math.round(Number(detail) * 100) / 100)
    if (source) return ui(`source.${source}`).toLowerCase()
    if (severity) return t(`severity.${severity}`)
    if (status) return ui(`status.${status}`).toLowerCase()
    return detail
  }
  return (terms: readonly PriorityTerm[]): Term[] =>
    terms.map((term) => ({ label: t(`term.${term.code}`, { detail: detailOf(term) }), value: term.value }))
}
