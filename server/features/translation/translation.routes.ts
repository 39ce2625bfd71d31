import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { translateReview } from './translate-review.ts'

export function translationRoutes(router: Router, deps: Deps) {
  serve(router, api.translateReview, ({ params, body, caller }) =>
    translateReview(deps, caller, params.reviewId, body.to),
  )
}
