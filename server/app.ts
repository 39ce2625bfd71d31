import express from 'express'
import { accountsRoutes } from './features/accounts/accounts.routes.ts'
import { appealsRoutes } from './features/appeals/appeals.routes.ts'
import { auditRoutes } from './features/audit/audit.routes.ts'
import { boardRoutes } from './features/board/board.routes.ts'
import { deliveryRoutes } from './features/delivery/delivery.routes.ts'
import { glossaryRoutes } from './features/glossary/glossary.routes.ts'
import { inboxRoutes } from './features/inbox/inbox.routes.ts'
import { intakeRoutes } from './features/intake/intake.routes.ts'
import { lookupRoutes } from './features/lookup/lookup.routes.ts'
import { uploadRoutes } from './features/media/media.routes.ts'
import { messagesRoutes } from './features/messages/messages.routes.ts'
import { policiesRoutes } from './features/policies/policies.routes.ts'
import { reportersRoutes } from './features/reporters/reporters.routes.ts'
import { reportingRoutes } from './features/reporting/exports/exports.routes.ts'
import { figuresRoutes } from './features/reporting/figures/figures.routes.ts'
import { bulkRoutes } from './features/review/bulk/bulk.routes.ts'
import { confirmingRoutes } from './features/review/confirming/confirming.routes.ts'
import { decisionListRoutes } from './features/review/decisions/decision-list.routes.ts'
import { supersedeIn } from './features/review/decisions/supersede-decision.ts'
import { undoDecision } from './features/review/decisions/undo-decision.ts'
import { leaseRoutes } from './features/review/lease/lease.routes.ts'
import { mediaRoutes } from './features/review/media/media.routes.ts'
import { notesRoutes } from './features/review/notes/notes.routes.ts'
import { reviewRoutes } from './features/review/review.routes.ts'
import { safetyRoutes } from './features/review/safety/safety.routes.ts'
import { turnsRoutes } from './features/review/turns/turns.routes.ts'
import { routingRoutes } from './features/routing/routing.routes.ts'
import { teamRoutes } from './features/team/team.routes.ts'
import { translationRoutes } from './features/translation/translation.routes.ts'
import { viewsRoutes } from './features/views/views.routes.ts'
import { wellbeingRoutes } from './features/wellbeing/wellbeing.routes.ts'
import { createCallers } from './http/caller.ts'
import type { Deps } from './http/deps.ts'
import { AppError, errorHandler } from './http/errors.ts'
import { noStore, securityHeaders } from './http/headers.ts'
import { healthRoutes } from './http/health.ts'
import { openApiRoutes } from './http/openapi.routes.ts'
import { onlyOurHost, onlyOurOrigin } from './http/origin.ts'
import { requestLimit } from './http/request-limit.ts'
import { requestLog } from './http/request-log.ts'
import { screens } from './http/screens.ts'
import { createLive, type Live } from './live/feed.ts'
import { liveRoutes } from './live/live.routes.ts'
import { wakeAfterChange } from './live/wake.ts'

type Around = {
  /** The built client. */
  clientDir?: string
  /** Hears of every change. */
  wake?: () => void
  /** Feeds the live streams; left out, one that finds changes by itself. */
  live?: Live
}

/** The whole HTTP surface; tests leave out what is around it. */
export function createApp(deps: Deps, { clientDir, wake, live = createLive(deps) }: Around = {}) {
  const { settings, log } = deps
  const callers = createCallers(deps)
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.set('trust proxy', settings.trustedProxies)
  app.use(healthRoutes(deps))
  app.use(requestLog(log), securityHeaders(settings), onlyOurHost(settings))
  app.use('/api', noStore, onlyOurOrigin(settings), callers.middleware, requestLimit(settings))
  if (wake) app.use('/api', wakeAfterChange(wake))
  const router = express.Router()
  // One line for each feature, in the order of docs/domain.md.
  teamRoutes(router, deps, callers)
  intakeRoutes(router, deps)
  uploadRoutes(router, deps)
  reviewRoutes(router, deps)
  lookupRoutes(router, deps)
  deliveryRoutes(router, deps)
  leaseRoutes(router, deps)
  turnsRoutes(router, deps)
  bulkRoutes(router, deps)
  viewsRoutes(router, deps)
  boardRoutes(router, deps)
  notesRoutes(router, deps)
  inboxRoutes(router, deps)
  confirmingRoutes(router, deps)
  decisionListRoutes(router, deps)
  messagesRoutes(router, deps)
  appealsRoutes(router, deps, { supersedeIn, undoDecision })
  accountsRoutes(router, deps)
  reportersRoutes(router, deps)
  mediaRoutes(router, deps)
  safetyRoutes(router, deps)
  translationRoutes(router, deps)
  wellbeingRoutes(router, deps)
  policiesRoutes(router, deps)
  glossaryRoutes(router, deps)
  routingRoutes(router, deps)
  auditRoutes(router, deps)
  liveRoutes(router, deps, live, callers)
  reportingRoutes(router, deps)
  figuresRoutes(router, deps)
  openApiRoutes(router)
  app.use(router)
  app.use('/api', () => {
    throw new AppError('not_found', 'No such endpoint.')
  })
  if (clientDir) app.use(screens(clientDir))
  app.use(errorHandler(log))
  return app
}
