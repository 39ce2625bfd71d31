import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { findPolicies, findQueues } from './policies.queries.ts'

export function policiesRoutes(router: Router, { db }: Deps) {
  serve(router, listPolicies, async () => ({ items: await findPolicies(db) }))
  serve(router, listQueues, () => findQueues(db))
}
