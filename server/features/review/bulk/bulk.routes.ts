import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { readBulk } from './read-bulk.ts'
import { runBulk } from './run-bulk.ts'
import { undoBulk } from './undo-bulk.ts'

export function bulkRoutes(router: Router, deps: Deps) {
  serve(router, api.runBulk, ({ body, caller }) => runBulk(deps, caller, body))
  serve(router, api.undoBulk, ({ params, body, caller }) => undoBulk(deps, caller, params.bulkId, body.clientId))
  serve(router, api.getBulk, ({ params, caller }) => readBulk(deps, caller, params.bulkId))
}
