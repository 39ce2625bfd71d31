import type { z } from 'zod'
import { getTranslations } from '#server/features/translation/translation.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { findProposals } from '../confirming/proposals.queries.ts'
import { findStrikes } from '../decisions/house.queries.ts'
import { getDesk } from './desk.queries.ts'

/**
 * One review as this person is shown it, whichever request asks.
 *
 * @throws AppError `not_found`, also when it lies outside the scope
 */
export async function readDesk(
  { db, settings, now }: Deps,
  caller: Caller,
  reviewId: string,
): Promise<z.input<typeof ReviewDetail>> {
  const desk = await getDesk(db, reviewId, caller.scope, { personId: caller.id })
  const [translations, proposals, strikes] = await Promise.all([
    getTranslations(db, settings, desk.snapshot),
    findProposals(db, reviewId),
    findStrikes(db, desk.account.id, caller.scope, now()),
  ])
  const account = { ...desk.account, strikes }
  return { ...desk, account, proposals, translations, correctMs: settings.correctMs }
}
