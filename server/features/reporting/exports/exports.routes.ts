import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { jobRoutes } from './jobs.routes.ts'
import { scheduleRoutes } from './schedules/schedules.routes.ts'
import { streamRoutes } from './stream.routes.ts'

export function reportingRoutes(router: Router, deps: Deps) {
  streamRoutes(router, deps)
  jobRoutes(router, deps)
  scheduleRoutes(router, deps)
}
