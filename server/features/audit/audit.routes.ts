import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { listEvents } from '#shared/contract/events.ts'
import { findEvents } from './events.queries.ts'

export function auditRoutes(router: Router, { db }: Deps) {
  serve(router, listEvents, ({ query, caller }) => findEvents(db, query, caller))
}
