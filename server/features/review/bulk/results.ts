import { AppError } from '#server/http/errors.ts'
import type { BulkItem } from '#shared/contract/bulk.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { toReference } from '../review.queries.ts'

type Review = { id: string; number: number; version: number }

/** What became of an item that was done, or would be. */
export const toDone = ({ id, number }: Pick<Review, 'id' | 'number'>, version: number): BulkItem => ({
  reviewId: id as ReviewId,
  reference: toReference(number),
  version,
  code: null,
  byId: null,
  byName: null,
  at: null,
})

/** Why an item was refused, and by whom. @throws whatever is no refusal */
export function toRefused(review: Review, error: unknown): BulkItem {
  if (!(error instanceof AppError)) throw error
  const { code, conflict, issues } = error
  return {
    ...toDone(review, review.version),
    code,
    byId: conflict?.byId ?? null,
    byName: conflict?.byName ?? null,
    at: conflict?.at ?? null,
    ...(issues && { issues }),
  }
}

/** One that there is not for the caller. */
export const toMissing = (reviewId: string): BulkItem => ({
  ...toDone({ id: reviewId, number: 0 }, 0),
  reference: '',
  code: 'not_found',
})

export const countOf = (items: readonly BulkItem[]) => {
  const refused = items.filter(({ code }) => code !== null).length
  return { done: items.length - refused, refused }
}

/** As the tables keep it. */
export const toRow = ({ reviewId, code, byId, at, version }: BulkItem) => ({
  review_id: reviewId,
  code,
  refused_by: byId,
  refused_at: at === null ? null : new Date(at),
  version,
})
