import { randomUUID } from 'node:crypto'
import express from 'express'
import helmet from 'helmet'
import { policiesRoutes } from './features/policies/policies.routes.ts'
import { teamRoutes } from './features/team/team.routes.ts'
import { createCallers } from './http/caller.ts'
import type { Deps } from './http/deps.ts'
import { AppError, errorHandler } from './http/errors.ts'

/** The whole HTTP surface. `clientDir` is the built client; tests leave it out. */
export function createApp(deps: Deps, { clientDir }: { clientDir?: string } = {}) {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.use(helmet())
  app.use((_req, res, next) => {
    res.locals.requestId = randomUUID()
    res.set('x-request-id', res.locals.requestId)
    next()
  })
  const callers = createCallers(deps)
  app.use('/api', callers.middleware)
  const router = express.Router()
  router.use(express.json({ limit: '2mb' }))
  // One line for each feature, in the order of docs/domain.md.
  teamRoutes(router, deps)
  policiesRoutes(router, deps)
  app.use(router)
  app.use('/api', () => {
    throw new AppError('not_found', 'No such endpoint.')
  })
  if (clientDir) app.use(express.static(clientDir))
  app.use(errorHandler(deps.log))
  return app
}
