import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { may } from '#shared/domain/permissions.ts'
import { answerThreat, raiseThreat } from './raise-threat.ts'
import { restrictMedia, restrictReview } from './restrict.ts'
import { findOpenThreats, findThreatsOf } from './threats.queries.ts'

export function safetyRoutes(router: Router, deps: Deps) {
  const { db } = deps
  serve(router, api.restrictReview, ({ params, body, caller }) => restrictReview(deps, caller, params.reviewId, body))
  serve(router, api.restrictMedia, ({ params, body, caller }) => restrictMedia(deps, caller, params.sha256, body))
  serve(router, api.raiseThreat, ({ params, body, caller }) => raiseThreat(deps, caller, params.reviewId, body))
  serve(router, api.listThreats, ({ query, caller }) =>
    query.reviewId
      ? findThreatsOf(db, query.reviewId, caller.scope)
      : findOpenThreats(db, caller.scope, { isInCharge: may(caller.role, 'threat.answer') }),
  )
  serve(router, api.answerThreat, ({ params, body, caller }) => answerThreat(deps, caller, params.threatId, body))
}
