import { call } from '#client/api/call.ts'
import { type BulkAct, type BulkItem, runBulk, undoBulk } from '#shared/contract/bulk.ts'
import type { ReviewFilter } from '#shared/contract/review-filter.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { Ticked } from '../queue/selection.ts'
import { listQueryOf, type QueueSearch } from '../queue.search.ts'

/** What is ticked as the API takes it: by name, or by the filters of the list. */
export function choiceOf(search: QueueSearch, ticked: readonly Ticked[], except: ReadonlySet<ReviewId> | null) {
  if (except === null) return { items: ticked.map(({ id, version }) => ({ reviewId: id, version })) }
  const { sort: _, id: __, ...filter } = listQueryOf(search)
  return { filter: filter as ReviewFilter, except: [...except] }
}

type ChoiceInput = ReturnType<typeof choiceOf>

/** What would be done, and what not. */
export const tryBulk = (choice: ChoiceInput, act: BulkAct) =>
  call(runBulk, { body: { clientId: crypto.randomUUID(), dryRun: true, choice, act } })

/** Does it to those that were shown, at the versions that were shown: what came since is left alone. */
export function doBulk(shown: readonly BulkItem[], act: BulkAct, clientId: string) {
  const items = shown.filter(({ code }) => code !== 'not_found').map(({ reviewId, version }) => ({ reviewId, version }))
  return call(runBulk, { body: { clientId, choice: { items }, act } })
}

export const takeBack = (bulkId: string, clientId: string) => call(undoBulk, { params: { bulkId }, body: { clientId } })
