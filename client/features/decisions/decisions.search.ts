import { readSearch, type SearchOf } from '#client/ui/list/list-search.ts'
import { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import { OutboxState } from '#shared/domain/words.ts'

export const measureKinds = [...PostMeasure.options, ...AccountMeasure.options]

/** What the address of the list may say; `whose` is left out for everybody's. */
export const decisionsSpec = {
  whose: ['mine'],
  sort: ['oldest'],
  decidedBy: 'list',
  outcome: Outcome.options,
  clause: 'list',
  exemption: 'list',
  measure: measureKinds,
  delivery: OutboxState.options,
  queue: 'list',
  superseded: 'switch',
  account: 'text',
  from: 'time',
  to: 'time',
} as const
export type DecisionsSearch = SearchOf<typeof decisionsSpec>

export const readDecisionsSearch = (raw: Record<string, unknown>): DecisionsSearch => readSearch(decisionsSpec, raw)
