import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { may } from '#shared/domain/permissions.ts'
import { decideReview } from './decisions/decide-review.ts'
import { supersedeDecision } from './decisions/supersede-decision.ts'
import { findFlags } from './desk/flags.queries.ts'
import { readDesk } from './desk/read-desk.ts'
import { findCounts } from './list/counts.queries.ts'
import { findReviews } from './list/list.queries.ts'
import { requireReview } from './scope.queries.ts'

export function reviewRoutes(router: Router, deps: Deps) {
  const { db } = deps
  serve(router, api.listReviews, ({ query, caller }) => findReviews(db, query, caller))
  serve(router, api.countReviews, ({ query, caller }) => findCounts(db, query, caller))
  serve(router, api.getReview, ({ params, caller }) => readDesk(deps, caller, params.reviewId))
  serve(router, api.listReviewFlags, async ({ params, query, caller }) => {
    await requireReview(db, params.reviewId, caller.scope)
    return findFlags(db, params.reviewId, query, may(caller.role, 'reporter.read'))
  })
  serve(router, api.supersedeDecision, ({ params, body, caller }) =>
    supersedeDecision(deps, caller, params.decisionId, body),
  )
  serve(router, api.decideReview, ({ params, body, caller }) => decideReview(deps, caller, params.reviewId, body))
}
