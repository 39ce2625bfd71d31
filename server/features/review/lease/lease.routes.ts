import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { claimReview } from './claim-review.ts'
import { releaseReview } from './release-review.ts'
import { renewLease } from './renew-lease.ts'
import { takeNext } from './take-next.ts'

export function leaseRoutes(router: Router, deps: Deps) {
  serve(router, api.takeNext, ({ body, caller }) => takeNext(deps, caller, body))
  serve(router, api.claimReview, ({ params, body, caller }) =>
    claimReview(deps, caller, params.reviewId, body.clientId),
  )
  serve(router, api.renewLease, ({ params, caller }) => renewLease(deps, caller, params.reviewId))
  serve(router, api.releaseReview, ({ params, body, caller }) =>
    releaseReview(deps, caller, params.reviewId, body.clientId),
  )
}
