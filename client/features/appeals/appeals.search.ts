import { readSearch, type SearchOf } from '#client/ui/list/list-search.ts'
import { AppealOutcome, Appellant } from '#shared/domain/appeals.ts'

/** What the address of the list may say; `tab` is left out for what waits. */
export const appealsSpec = {
  tab: ['mine', 'decided', 'all'],
  sort: ['due', 'oldest', 'newest'],
  clause: 'list',
  appellant: Appellant.options,
  outcome: AppealOutcome.options,
  queue: 'list',
  platform: 'list',
  overdue: 'switch',
  decision: 'text',
  account: 'text',
  from: 'time',
  to: 'time',
} as const
export type AppealsSearch = SearchOf<typeof appealsSpec>

export const readAppealsSearch = (raw: Record<string, unknown>): AppealsSearch => readSearch(appealsSpec, raw)

/** The decision that an appeal is to be filed against, when it is known. */
export function readNewAppealSearch(raw: Record<string, unknown>): { decision?: string } {
  return typeof raw.decision === 'string' && raw.decision !== '' ? { decision: raw.decision } : {}
}
