import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { findByText } from './lookup.queries.ts'

export function lookupRoutes(router: Router, { db }: Deps) {
  serve(router, api.lookUp, ({ query, caller }) => findByText(db, query.text, caller.scope))
}
