import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { type Caller, serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { readDesk } from '../desk/read-desk.ts'
import { claimReview } from './claim-review.ts'
import { releaseReview } from './release-review.ts'
import { renewLease } from './renew-lease.ts'
import { renewLeases } from './renew-leases.ts'
import { takeNext } from './take-next.ts'

export function leaseRoutes(router: Router, deps: Deps) {
  serve(router, api.takeNext, async ({ body, caller }) => {
    const { items } = await takeNext(deps, caller, body)
    if (!body.details) return { items }
    // Read when it is taken: a repeat of the request shows each as it is by then.
    return { items: await Promise.all(items.map((item) => withDetail(deps, caller, item))) }
  })
  serve(router, api.claimReview, ({ params, body, caller }) =>
    claimReview(deps, caller, params.reviewId, body.clientId),
  )
  serve(router, api.renewLease, ({ params, caller }) => renewLease(deps, caller, params.reviewId))
  serve(router, api.renewLeases, ({ body, caller }) => renewLeases(deps, caller, body))
  serve(router, api.releaseReview, ({ params, body, caller }) =>
    releaseReview(deps, caller, params.reviewId, body.clientId),
  )
}

/** Who lost sight of it meanwhile is told so when they open it. */
async function withDetail<Item extends { reviewId: string }>(deps: Deps, caller: Caller, item: Item) {
  const detail = await readDesk(deps, caller, item.reviewId).catch((err) => {
    if (err instanceof AppError && err.code === 'not_found') return null
    throw err
  })
  return { ...item, detail }
}
