import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { getPolicyUse, listPolicies, listQueues } from '#shared/contract/policies.ts'
import { listReasons, writeReason } from '#shared/contract/reasons.ts'
import { draftRoutes } from './drafts/drafts.routes.ts'
import { countCitations, findPolicies, findQueues } from './policies.queries.ts'
import { findReasons } from './reasons/reasons.queries.ts'
import { writeReason as write } from './reasons/write-reason.ts'
import { rereviewRoutes } from './rereviews/rereviews.routes.ts'
import { getUse } from './use.queries.ts'

/** The counts read an index of all decisions, and every screen asks for the policies. */
const countsLastMs = 30_000
const dayMs = 86_400_000

export function policiesRoutes(router: Router, deps: Deps) {
  const { db, now } = deps
  let counted: { at: number; counts: Promise<Map<string, number>> } | null = null

  function recentCounts() {
    const at = now().getTime()
    if (!counted || at - counted.at > countsLastMs) {
      counted = { at, counts: countCitations(db) }
      counted.counts.catch(() => {
        counted = null
      })
    }
    return counted.counts
  }

  serve(router, listPolicies, async () => ({ items: await findPolicies(db, await recentCounts(), now()) }))
  draftRoutes(router, deps)
  rereviewRoutes(router, deps)
  serve(router, getPolicyUse, ({ params, query, caller }) => {
    // Whole days, so that what a figure opens counts the same for as long as it is read.
    const to = new Date(Math.ceil(now().getTime() / dayMs) * dayMs)
    return getUse(db, params.policyId, { from: new Date(to.getTime() - query.days * dayMs), to }, caller.scope)
  })
  serve(router, listQueues, ({ caller }) => findQueues(db, caller.scope))
  serve(router, listReasons, async () => ({ items: await findReasons(db) }))
  serve(router, writeReason, ({ body, caller }) => write(deps, caller, body))
}
