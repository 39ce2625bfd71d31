import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { getDecision, listDecisions } from '#shared/contract/decision-list.ts'
import { findDecisionList, getDecisionDetail } from './decision-list.queries.ts'

export function decisionListRoutes(router: Router, { db }: Deps) {
  serve(router, listDecisions, ({ query, caller }) => findDecisionList(db, query, caller))
  serve(router, getDecision, ({ params, caller }) => getDecisionDetail(db, params.decisionId, caller.scope))
}
