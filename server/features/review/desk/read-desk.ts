import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { getDesk } from './desk.queries.ts'

/**
 * One review as this person is shown it, whichever request asks.
 *
 * @throws AppError `not_found`, also when it lies outside the scope
 */
export async function readDesk(
  { db, settings }: Deps,
  caller: Caller,
  reviewId: string,
): Promise<z.input<typeof ReviewDetail>> {
  return { ...(await getDesk(db, reviewId, caller.scope, { personId: caller.id })), correctMs: settings.correctMs }
}
