import type { Db } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import { findReviewsInScope } from './reviews.queries.ts'

/** A review that a person may not see does not exist for them, though their own flag opened it. Keys are told. */
export async function withinScope(
  db: Db,
  results: (FlagResult | AppError)[],
  { key, scope }: Caller,
): Promise<(FlagResult | AppError)[]> {
  if (key || (scope.queues === null && scope.seesRestricted)) return results
  const ids = results.flatMap((result) => (result instanceof AppError ? [] : (result.reviewId ?? [])))
  if (ids.length === 0) return results
  const seen = await findReviewsInScope(db, ids, scope)
  return results.map((result) => {
    if (result instanceof AppError || !result.reviewId || seen.has(result.reviewId)) return result
    return { ...result, reviewId: null }
  })
}
