import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { undoDecision } from '../decisions/undo-decision.ts'
import { assignReview } from './assign-review.ts'
import { escalateReview } from './escalate-review.ts'
import { handOver } from './hand-over.ts'
import { findHeld } from './held.queries.ts'
import { holdReview } from './hold-review.ts'
import { moveReview } from './move-review.ts'
import { resumeReview } from './resume-review.ts'
import { returnReview } from './return-review.ts'
import { skipReview } from './skip-review.ts'
import { takeOver } from './take-over.ts'

export function turnsRoutes(router: Router, deps: Deps) {
  const { db, now, settings } = deps
  serve(router, api.holdReview, ({ params, body, caller }) => holdReview(deps, caller, params.reviewId, body))
  serve(router, api.resumeReview, ({ params, body, caller }) => resumeReview(deps, caller, params.reviewId, body))
  serve(router, api.escalateReview, ({ params, body, caller }) => escalateReview(deps, caller, params.reviewId, body))
  serve(router, api.returnReview, ({ params, body, caller }) => returnReview(deps, caller, params.reviewId, body))
  serve(router, api.handOver, ({ params, body, caller }) => handOver(deps, caller, params.reviewId, body))
  serve(router, api.moveReview, ({ params, body, caller }) => moveReview(deps, caller, params.reviewId, body))
  serve(router, api.skipReview, ({ params, body, caller }) => skipReview(deps, caller, params.reviewId, body))
  serve(router, api.assignReview, ({ params, body, caller }) => assignReview(deps, caller, params.reviewId, body))
  serve(router, api.takeOver, ({ params, body, caller }) => takeOver(deps, caller, params.reviewId, body))
  serve(router, api.listHeld, async ({ caller }) => ({
    items: await findHeld(db, caller.scope, now()),
    cap: settings.leaseCap,
  }))
  serve(router, api.undoDecision, ({ params, body, caller }) =>
    undoDecision(deps, caller, params.decisionId, body.clientId),
  )
}
